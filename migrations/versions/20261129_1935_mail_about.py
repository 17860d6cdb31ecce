"""What a mail is about, so that asking again and again writes to a mailbox once a day."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_outbox", sa.Column("about", sa.Text(), nullable=True))
    op.add_column("mail_outbox", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_mail_outbox_about",
        "mail_outbox",
        ["recipient", "about"],
        postgresql_where=sa.text("about is not null"),
    )


def downgrade() -> None:
    op.drop_index("ix_mail_outbox_about", table_name="mail_outbox")
    op.drop_column("mail_outbox", "due_at")
    op.drop_column("mail_outbox", "about")
