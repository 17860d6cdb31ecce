"""People change their address, confirmed at both; accounts are erased by a mailed link."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

PURPOSES = ("login", "password_reset", "invitation")


def _purposes(*values):
    listed = ", ".join(f"'{one}'" for one in values)
    op.drop_constraint(op.f("ck_mailed_link_mailed_purpose"), "mailed_link", type_="check")
    op.create_check_constraint(op.f("ck_mailed_link_mailed_purpose"), "mailed_link", f"purpose in ({listed})")


def upgrade() -> None:
    _purposes(*PURPOSES, "erasure", "email_old", "email_new")
    op.create_table(
        "email_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("old_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_email_change_user_id_app_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_change")),
        sa.UniqueConstraint("user_id", name=op.f("uq_email_change_user_id")),
    )


def downgrade() -> None:
    op.drop_table("email_change")
    # the version before knows no such links
    op.execute("delete from mailed_link where purpose in ('erasure', 'email_old', 'email_new')")
    _purposes(*PURPOSES)
