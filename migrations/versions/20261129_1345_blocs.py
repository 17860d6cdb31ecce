"""Members that share an owner or a signatory have one vote together, in ballots that are opened from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ballot_elector", sa.Column("bloc_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("ballot_elector", "bloc_id")
    # the version before refuses a rule that it does not know
    op.execute("update rulebook set rule = rule - 'shared_owners_apart'")
    op.execute("update ballot set rule = rule - 'shared_owners_apart'")
