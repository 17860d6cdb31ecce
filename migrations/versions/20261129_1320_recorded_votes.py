"""Recorded votes say who gave them and are confirmed where they decide; members agree to an early close."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

CHECKS = (
    ("given", "(given_by is null) = (given_how is null) and (given_by is null) = (given_on is null)"),
    ("given_recorded", "recorded or given_by is null"),
    ("early_close", "not (recorded and early_close)"),
)


def upgrade() -> None:
    how = sa.Enum(
        "telephone", "mail", "in_person", name="given_how", native_enum=False, create_constraint=True, length=60
    )
    op.add_column("vote", sa.Column("given_by", sa.Text(), nullable=True))
    op.add_column("vote", sa.Column("given_how", how, nullable=True))
    op.add_column("vote", sa.Column("given_on", sa.Date(), nullable=True))
    op.add_column("vote", sa.Column("early_close", sa.Boolean(), nullable=False, server_default="false"))
    op.alter_column("vote", "early_close", server_default=None)
    for name, check in CHECKS:
        op.create_check_constraint(op.f(f"ck_vote_{name}"), "vote", check)
    op.add_column("ballot", sa.Column("recorded_confirmed", sa.Boolean(), nullable=True))
    op.add_column("ballot", sa.Column("recorded_confirmed_by", sa.Uuid(), nullable=True))
    op.add_column(
        "ballot",
        sa.Column("recorded_asked_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default="{}"),
    )
    op.alter_column("ballot", "recorded_asked_ids", server_default=None)
    op.create_foreign_key(
        op.f("fk_ballot_recorded_confirmed_by_principal"), "ballot", "principal", ["recorded_confirmed_by"], ["id"]
    )
    # what was counted stands; a ballot that is open goes on by the rule that it was opened under
    op.execute(
        "update ballot set recorded_confirmed = true where state = 'closed'"
        " and exists (select from vote where vote.ballot_id = ballot.id and vote.recorded)"
    )
    op.execute("update ballot set rule = rule || '{\"closes_early\": true}' where state = 'open'")


def downgrade() -> None:
    op.execute("update ballot set rule = rule - 'closes_early'")
    op.execute("update rulebook set rule = rule - 'closes_early'")
    op.drop_constraint(op.f("fk_ballot_recorded_confirmed_by_principal"), "ballot", type_="foreignkey")
    for column in ("recorded_asked_ids", "recorded_confirmed_by", "recorded_confirmed"):
        op.drop_column("ballot", column)
    for name, _ in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_vote_{name}"), "vote", type_="check")
    for column in ("early_close", "given_on", "given_how", "given_by"):
        op.drop_column("vote", column)
