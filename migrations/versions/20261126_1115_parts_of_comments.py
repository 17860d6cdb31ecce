"""Comments on one part of a thing."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comment", sa.Column("part", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("comment", "part")
