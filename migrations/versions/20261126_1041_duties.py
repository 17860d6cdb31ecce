"""What agreements ask of their parties over the years; agreements that expire, and those that go on from one another."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATE = "ck_agreement_agreement_state"
IN_FORCE = "ck_agreement_in_force"
RENEWS = "fk_agreement_renews_id_agreement"
INDEX = "ix_agreement_renews_id"


def upgrade() -> None:
    op.create_table(
        "agreement_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "confirmation",
                "report",
                "evaluation",
                "contact_check",
                "renewal",
                name="duty_kind",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="duty_state", native_enum=False, create_constraint=True, length=60),
            nullable=False,
        ),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("tell_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (done_at is not null)", name=op.f("ck_agreement_duty_done")),
        sa.CheckConstraint("opens_on <= due_on", name=op.f("ck_agreement_duty_opens")),
        sa.ForeignKeyConstraint(
            ["agreement_id", "organisation_id"],
            ["agreement_party.agreement_id", "agreement_party.organisation_id"],
            name="fk_agreement_duty_party",
        ),
        sa.ForeignKeyConstraint(["done_by"], ["principal.id"], name=op.f("fk_agreement_duty_done_by_principal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_duty")),
        sa.UniqueConstraint("agreement_id", "organisation_id", "kind", "year", "what", name="uq_agreement_duty"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index("ix_agreement_duty_open", "agreement_duty", ["organisation_id", "due_on"], postgresql_where=is_open)
    op.create_index("ix_agreement_duty_tell", "agreement_duty", ["tell_on"], postgresql_where=is_open)
    op.add_column("agreement", sa.Column("in_force_on", sa.Date(), nullable=True))
    op.add_column("agreement", sa.Column("confirmed_year", sa.Integer(), nullable=True))
    op.add_column("agreement", sa.Column("renews_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f(RENEWS), "agreement", "agreement", ["renews_id"], ["id"], postgresql_not_valid=True)
    op.execute(f"alter table agreement validate constraint {RENEWS}")
    op.execute(
        "update agreement set in_force_on = (select (max(signed_at) at time zone 'Europe/Helsinki')::date"
        " from agreement_signature where agreement_id = agreement.id and version_number = agreement.version_in_force)"
        " where version_in_force is not null"
    )
    _check(
        STATE,
        "state in ('draft', 'proposed', 'in_force', 'expiring', 'ended', 'renewed', 'terminated', 'cancelled')",
    )
    _check(
        IN_FORCE,
        "state not in ('in_force', 'expiring') or (version_in_force is not null and in_force_on is not null)",
    )
    # the service goes on meanwhile
    with op.get_context().autocommit_block():
        op.create_index(op.f(INDEX), "agreement", ["renews_id"], postgresql_concurrently=True)


def downgrade() -> None:
    op.execute("update agreement set state = 'in_force' where state = 'expiring'")
    op.execute("update agreement set state = 'ended' where state = 'renewed'")
    _check(STATE, "state in ('draft', 'proposed', 'in_force', 'ended', 'terminated', 'cancelled')")
    _check(IN_FORCE, "state <> 'in_force' or version_in_force is not null")
    op.drop_index(op.f(INDEX), table_name="agreement")
    op.drop_constraint(op.f(RENEWS), "agreement", type_="foreignkey")
    for name in ("renews_id", "confirmed_year", "in_force_on"):
        op.drop_column("agreement", name)
    op.drop_table("agreement_duty")


def _check(name: str, condition: str) -> None:
    op.drop_constraint(op.f(name), "agreement", type_="check")
    op.create_check_constraint(op.f(name), "agreement", condition, postgresql_not_valid=True)
    op.execute(f"alter table agreement validate constraint {name}")
