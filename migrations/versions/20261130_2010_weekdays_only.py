"""Whether somebody is written to on weekdays only."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_days",
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("weekdays_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id"], ["principal.id"], name=op.f("fk_notice_days_principal_id_principal")
        ),
        sa.PrimaryKeyConstraint("principal_id", name=op.f("pk_notice_days")),
    )


def downgrade() -> None:
    op.drop_table("notice_days")
