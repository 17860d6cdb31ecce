"""What is said of a tie in dispute: the second one's reason is kept, and what did not hold can be asked again."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

COLUMNS = ("application_id", "network_id", "authority_id", "principal_id", "organisation_id")


def _once(where: str) -> None:
    op.drop_index('uq_tie_question_once', table_name='tie_question')
    op.create_index('uq_tie_question_once', 'tie_question', list(COLUMNS), unique=True, postgresql_where=sa.text(where), postgresql_nulls_not_distinct=True)


def upgrade() -> None:
    op.add_column('tie_question', sa.Column('seconded_reason', sa.Text(), nullable=True))
    op.create_check_constraint(op.f('ck_tie_question_second_reason'), 'tie_question', 'seconded_reason is null or seconded_by is not null')
    _once('lapsed_at is null and (effect_at is null or holds)')


def downgrade() -> None:
    # the version before knows one reason, that of the answer, and one question of a pair that did not lapse: the last
    op.execute("update tie_question set settled_reason = seconded_reason where seconded_reason is not null and not holds")
    op.execute(
        """
        delete from tie_question q using tie_question later where q.application_id = later.application_id
           and q.network_id is not distinct from later.network_id
           and q.authority_id is not distinct from later.authority_id
           and q.principal_id = later.principal_id and q.organisation_id = later.organisation_id
           and q.lapsed_at is null and later.lapsed_at is null
           and (q.raised_at, q.id) < (later.raised_at, later.id)
        """
    )
    _once('lapsed_at is null')
    op.drop_constraint(op.f('ck_tie_question_second_reason'), 'tie_question', type_='check')
    op.drop_column('tie_question', 'seconded_reason')
