"""An archived organisation's successor takes its place: in drafts, agreements, ties and networks."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

# Of a party whose place another has taken, that one has to have confirmed.
RECORDED = """
create or replace function guard_recorded_agreement() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (select from agreement_version v
        join agreement_party p on p.agreement_id = v.agreement_id and p.organisation_id <> v.proposed_for_organisation_id
        where v.agreement_id = new.id and v.number = new.version_in_force and v.signed_on_paper is not null{acting}
        and not exists (select from agreement_record_answer a where a.agreement_id = v.agreement_id
            and a.version_number = v.number and a.organisation_id = p.organisation_id
            and a.answer = 'confirmed')) then
        raise exception 'not every other party has confirmed what one recorded'
            using errcode = 'integrity_constraint_violation', constraint = 'ck_agreement_recorded';
    end if;
    return new;
end $$
"""
CHECKS = {
    "not_itself": "successor_id <> organisation_id",
    "succeeded": "succeeded_at is null or coalesce(successor_answer = 'accepted', false)",
    "successor_answered": "(successor_answer is null) = (successor_answered_by is null)",
    "successor_asked": "(successor_id is null) = (successor_asked_at is null)",
    "successor_named": "successor_answer is null or successor_id is not null",
}


def upgrade() -> None:
    op.create_table(
        "organisation_succession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("predecessor_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("predecessor_id <> successor_id", name=op.f("ck_organisation_succession_not_itself")),
        sa.CheckConstraint("until_at >= from_at", name=op.f("ck_organisation_succession_days")),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["organisation.id"], name=op.f("fk_organisation_succession_predecessor_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["organisation.id"], name=op.f("fk_organisation_succession_successor_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_succession")),
    )
    op.create_index("ix_organisation_succession_predecessor", "organisation_succession", ["predecessor_id"])
    op.create_index("ix_organisation_succession_successor", "organisation_succession", ["successor_id"])
    op.execute(
        "create trigger organisation_succession_kept before delete on organisation_succession for each row"
        " execute function refuse_change()"
    )
    op.execute(
        "create trigger organisation_succession_frozen before update on organisation_succession for each row"
        " when (old.until_at is not null or (new.id, new.predecessor_id, new.successor_id, new.from_at)"
        " is distinct from (old.id, old.predecessor_id, old.successor_id, old.from_at))"
        " execute function refuse_change()"
    )
    op.execute(
        "create trigger organisation_succession_no_truncate before truncate on organisation_succession"
        " for each statement execute function refuse_change()"
    )
    op.add_column("agreement_party", sa.Column("last_version", sa.Integer(), nullable=True))
    op.add_column("agreement_party", sa.Column("succeeded_by_id", sa.Uuid(), nullable=True))
    op.add_column(
        "agreement_party", sa.Column("after_version", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.create_foreign_key(
        op.f("fk_agreement_party_succeeded_by_id_organisation"),
        "agreement_party",
        "organisation",
        ["succeeded_by_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("ck_agreement_party_succeeded"), "agreement_party", "(last_version is null) = (succeeded_by_id is null)"
    )
    op.execute(RECORDED.format(acting="\n        and p.last_version is null"))
    op.add_column("organisation_archiving", sa.Column("successor_id", sa.Uuid(), nullable=True))
    op.add_column("organisation_archiving", sa.Column("successor_asked_at", sa.DateTime(timezone=True), nullable=True))
    answer = sa.Enum(
        "accepted", "declined", name="successor_answer", native_enum=False, create_constraint=True, length=60
    )
    op.add_column("organisation_archiving", sa.Column("successor_answer", answer, nullable=True))
    op.add_column("organisation_archiving", sa.Column("successor_answered_by", sa.Uuid(), nullable=True))
    op.add_column("organisation_archiving", sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True))
    for name, check in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_organisation_archiving_{name}"), "organisation_archiving", check)
    op.create_index(
        "ix_organisation_archiving_successor",
        "organisation_archiving",
        ["successor_id"],
        postgresql_where=sa.text("successor_id is not null"),
    )
    op.create_foreign_key(
        op.f("fk_organisation_archiving_successor_id_organisation"),
        "organisation_archiving",
        "organisation",
        ["successor_id"],
        ["id"],
    )
    op.create_foreign_key(
        op.f("fk_organisation_archiving_successor_answered_by_principal"),
        "organisation_archiving",
        "principal",
        ["successor_answered_by"],
        ["id"],
    )


def downgrade() -> None:
    for name in ("successor_id", "successor_asked_at", "successor_answer", "successor_answered_by", "succeeded_at"):
        op.drop_column("organisation_archiving", name)
    op.execute(RECORDED.format(acting=""))
    for name in ("last_version", "succeeded_by_id", "after_version"):
        op.drop_column("agreement_party", name)
    op.drop_table("organisation_succession")
