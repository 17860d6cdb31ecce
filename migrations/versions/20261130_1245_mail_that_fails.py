"""Mail: HTML, headers, threads, what keeps a message from going out, and addresses from which mail comes back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None
MOMENT = sa.DateTime(timezone=True)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


COLUMNS = (
    sa.Column("html", sa.Text(), nullable=True),
    sa.Column("calendar", sa.Text(), nullable=True),
    sa.Column("sender", sa.Text(), nullable=True),
    sa.Column("root", sa.Text(), nullable=True),
    sa.Column("last_error", sa.Text(), nullable=True),
    sa.Column("trouble", _one_of("outbox_trouble", "server", "message"), nullable=True),
    sa.Column("failed_at", MOMENT, nullable=True),
    sa.Column("bounced_at", MOMENT, nullable=True),
    sa.Column("bounce", _one_of("bounce_kind", "hard", "soft"), nullable=True),
)


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("mail_outbox", column)
    headers = sa.Column(
        "headers", postgresql.JSONB(none_as_null=True), nullable=False, server_default=sa.text("'{}'::jsonb")
    )
    op.add_column("mail_outbox", headers)
    op.alter_column("mail_outbox", "headers", server_default=None)
    op.add_column("mail_outbox", sa.Column("identity", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("mail_outbox", "identity", server_default=None)
    # what was given up before would otherwise wait for ever
    op.execute(
        "update mail_outbox set failed_at = now(), trouble = 'server' where sent_at is null and not exists"
        " (select from procrastinate_jobs where task_name = 'mail.deliver' and status in ('todo', 'doing')"
        " and args ->> 'message_id' = mail_outbox.id::text)"
    )
    waiting = sa.text("sent_at is null and failed_at is null")
    op.create_index("ix_mail_outbox_waiting", "mail_outbox", ["created_at"], postgresql_where=waiting)
    failed = sa.text("failed_at is not null")
    op.create_index("ix_mail_outbox_failed", "mail_outbox", ["failed_at"], postgresql_where=failed)
    bounced = sa.text("bounced_at is not null")
    by_address = [sa.text("lower(recipient)"), "bounced_at"]
    op.create_index("ix_mail_outbox_bounced", "mail_outbox", by_address, postgresql_where=bounced)
    op.create_table(
        "mail_address",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("failed_at", MOMENT, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("said", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_mail_address")),
    )
    op.create_index("ix_mail_address_failing", "mail_address", ["failed_at"], postgresql_where=failed)


def downgrade() -> None:
    op.drop_table("mail_address")
    for name in ("bounced", "failed", "waiting"):
        op.drop_index(f"ix_mail_outbox_{name}", table_name="mail_outbox")
    for name in ("identity", "headers", *(column.name for column in reversed(COLUMNS))):
        op.drop_column("mail_outbox", name)
