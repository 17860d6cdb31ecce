"""A counted ballot takes effect by itself; refused conditions make a vote blank; applicants ask for a ballot."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

COLUMNS = (
    ("handling", "returned_version", sa.Integer()),
    ("handling", "ballot_asked_at", sa.DateTime(timezone=True)),
    ("handling", "ballot_asked_by", sa.Uuid()),
    ("handling", "ballot_opens_at", sa.DateTime(timezone=True)),
    ("ballot", "takes_effect_at", sa.DateTime(timezone=True)),
    ("vote", "condition_answered_at", sa.DateTime(timezone=True)),
    ("vote", "stands", sa.Boolean()),
)
CHECKS = (
    (
        "handling",
        "ballot_asked",
        "(ballot_asked_at is null) = (ballot_asked_by is null)"
        " and (ballot_asked_at is null) = (ballot_opens_at is null)",
    ),
    ("ballot", "takes_effect", "state <> 'closed' or purpose <> 'give' or takes_effect_at is not null"),
    ("vote", "condition_answered", "(condition_taken is null) = (condition_answered_at is null)"),
    ("vote", "stands", "stands is null or not coalesce(condition_taken, true)"),
)


def upgrade() -> None:
    for table, column, kind in COLUMNS:
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.create_foreign_key(
        op.f("fk_handling_ballot_asked_by_principal"), "handling", "principal", ["ballot_asked_by"], ["id"]
    )
    op.execute("update handling set returned_version = version_number where state = 'returned'")
    # what waits to be concluded has its seven days from now on, and members whose condition was refused have theirs
    op.execute(
        "update ballot set takes_effect_at = case when handling.state = 'in_ballot' then now() else ballot.closed_at end"
        " + interval '7 days' from handling where handling.id = ballot.handling_id"
        " and ballot.state = 'closed' and ballot.purpose = 'give'"
    )
    op.execute(
        "update vote set condition_answered_at = case when handling.state = 'in_ballot' then now()"
        " else coalesce(ballot.closed_at, vote.cast_at) end"
        " from ballot join handling on handling.id = ballot.handling_id"
        " where ballot.id = vote.ballot_id and vote.condition_taken is not null"
    )
    for table, name, check in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, check)
    op.create_index(
        "ix_handling_ballot_opens",
        "handling",
        ["ballot_opens_at"],
        postgresql_where=sa.text("ballot_opens_at is not null"),
    )
    op.create_index("ix_ballot_effect", "ballot", ["takes_effect_at"], postgresql_where=sa.text("state = 'closed'"))


def downgrade() -> None:
    op.drop_index("ix_ballot_effect", table_name="ballot")
    op.drop_index("ix_handling_ballot_opens", table_name="handling")
    for table, name, _ in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.drop_constraint(op.f("fk_handling_ballot_asked_by_principal"), "handling", type_="foreignkey")
    for table, column, _ in reversed(COLUMNS):
        op.drop_column(table, column)
