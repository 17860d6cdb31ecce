"""Mail that asks something is counted; a proposal to revoke knows when it was told; a "no" can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_outbox", sa.Column("asked_by", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_mail_outbox_asked",
        "mail_outbox",
        ["created_at", "asked_by"],
        postgresql_where=sa.text("asked_by is not null"),
    )
    op.add_column("revocation", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    # whatever was proposed before was told at once
    op.execute("update revocation set told_at = proposed_at")
    op.add_column(
        "taken_out_applicant", sa.Column("agrees", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.alter_column("taken_out_applicant", "agrees", server_default=None)


def downgrade() -> None:
    op.drop_column("taken_out_applicant", "agrees")
    op.drop_column("revocation", "told_at")
    op.drop_index("ix_mail_outbox_asked", table_name="mail_outbox")
    op.drop_column("mail_outbox", "asked_by")
