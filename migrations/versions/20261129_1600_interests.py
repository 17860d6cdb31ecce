"""Electors that are near the application: noted, and recused where the rulebook says so."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

NOTED = (
    ("ballot_elector", "umbrella"),
    ("ballot_elector", "same_call"),
    ("recusal", "asked"),
    ("recusal", "umbrella"),
    ("recusal", "same_call"),
)
RULES = ("umbrellas_stand_aside", "same_call_stands_aside")


def upgrade() -> None:
    for table, name in NOTED:
        op.add_column(table, sa.Column(name, sa.Boolean(), server_default=sa.text("false"), nullable=False))


def downgrade() -> None:
    for table, name in NOTED:
        op.drop_column(table, name)
    # the version before refuses a rule that it does not know
    for name in RULES:
        op.execute(f"update rulebook set rule = rule - '{name}'")
        op.execute(f"update ballot set rule = rule - '{name}'")
        op.execute(f"update network_decision set rule = rule - '{name}'")
