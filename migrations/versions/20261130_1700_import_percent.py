"""How much of an import's work is done."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import_job", sa.Column("percent", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("import_job", "percent")
