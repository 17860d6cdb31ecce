"""Fewer than two members that vote are no decision; a mark says how many decided."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "endorsement", sa.Column("turnout", postgresql.JSONB(astext_type=sa.Text()), nullable=True)
    )
    # a ballot that is open goes on by the rule that it was opened under
    op.execute("update ballot set rule = rule || '{\"one_is_enough\": true}' where state = 'open'")


def downgrade() -> None:
    op.execute("update ballot set rule = rule - 'one_is_enough'")
    op.execute("update rulebook set rule = rule - 'one_is_enough'")
    op.drop_column("endorsement", "turnout")
