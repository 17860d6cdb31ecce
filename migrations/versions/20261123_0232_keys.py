"""Keys that are revoked, and status lists of fixed length."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Marks made before point at the first list in the order they were made. New ones are strewn over lists of their own.
NEXT_LIST = """
select setval('endorsement_status_index', (max(status_index) / 131072 + 1) * 131072::bigint, false)
from endorsement having max(status_index) is not null
"""


def upgrade() -> None:
    op.add_column("signing_key", sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("update signing_key set retired_at = compromised_at where compromised_at is not null and retired_at is null")
    op.create_check_constraint(
        op.f("ck_signing_key_bad_signs_no_more"),
        "signing_key",
        "retired_at is not null or (revoked_at is null and compromised_at is null)",
    )
    op.create_index(
        "ix_endorsement_ended", "endorsement", ["status_index"], unique=False, postgresql_where=sa.text("state <> 'valid'")
    )
    op.execute(NEXT_LIST)


def downgrade() -> None:
    op.drop_index("ix_endorsement_ended", table_name="endorsement", postgresql_where=sa.text("state <> 'valid'"))
    op.drop_constraint(op.f("ck_signing_key_bad_signs_no_more"), "signing_key", type_="check")
    op.drop_column("signing_key", "revoked_at")
