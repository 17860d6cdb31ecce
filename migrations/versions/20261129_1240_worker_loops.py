"""When each loop of the worker last did a round."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLE = """
create table worker_loop (
    name text not null constraint pk_worker_loop primary key,
    beat_at timestamptz not null,
    failed_at timestamptz,
    failure text
);
"""


def upgrade() -> None:
    op.execute(TABLE)


def downgrade() -> None:
    op.execute("drop table worker_loop")
