"""Members, needs and applications can be imported; needs that the operator's command brings in were raised by nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHECK = "ck_import_job_import_kind"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "import_job", type_="check")
    op.create_check_constraint(
        op.f(CHECK), "import_job", "kind in ('organisations', 'members', 'needs', 'applications')"
    )
    op.alter_column("need", "raised_by", existing_type=sa.Uuid(), nullable=True)


def downgrade() -> None:
    op.execute("delete from import_job where kind <> 'organisations'")
    op.drop_constraint(op.f(CHECK), "import_job", type_="check")
    op.create_check_constraint(op.f(CHECK), "import_job", "kind in ('organisations')")
    op.alter_column("need", "raised_by", existing_type=sa.Uuid(), nullable=False)
