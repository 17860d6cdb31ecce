"""Agreements that everybody may see: an index of the versions that say so."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the service goes on meanwhile
    with op.get_context().autocommit_block():
        op.create_index(
            "ix_agreement_version_public",
            "agreement_version",
            ["created_at", "id"],
            postgresql_where=sa.text("content @> '{\"public\": true}'"),
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    op.drop_index("ix_agreement_version_public", table_name="agreement_version")
