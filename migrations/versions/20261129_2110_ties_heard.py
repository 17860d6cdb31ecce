"""A tie in dispute: who it is about answers, two settle what an applicant says, what lapsed is asked again once."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

COLUMNS = ("application_id", "network_id", "authority_id", "principal_id", "organisation_id")


def upgrade() -> None:
    op.add_column('tie_question', sa.Column('version_number', sa.Integer(), nullable=True))
    op.add_column('tie_question', sa.Column('answer', sa.Text(), nullable=True))
    op.add_column('tie_question', sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('tie_question', sa.Column('two_settle', sa.Boolean(), nullable=True))
    op.add_column('tie_question', sa.Column('seconded_by', sa.Uuid(), nullable=True))
    op.add_column('tie_question', sa.Column('effect_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(
        """
        update tie_question q set two_settle = false, effect_at = settled_at, version_number = coalesce(
            (select h.version_number from handling h
              where h.application_id = q.application_id and h.network_id = q.network_id),
            (select r.version_number from partner_request r
              where r.application_id = q.application_id and r.authority_id = q.authority_id))
        """
    )
    op.alter_column('tie_question', 'version_number', nullable=False)
    op.alter_column('tie_question', 'two_settle', nullable=False)
    op.create_foreign_key(op.f('fk_tie_question_seconded_by_principal'), 'tie_question', 'principal', ['seconded_by'], ['id'])
    op.drop_constraint(op.f('ck_tie_question_ended'), 'tie_question', type_='check')
    op.create_check_constraint(op.f('ck_tie_question_ended'), 'tie_question', 'effect_at is null or (settled_at is not null and lapsed_at is null)')
    op.create_check_constraint(op.f('ck_tie_question_seconded'), 'tie_question', 'seconded_by not in (raised_by, principal_id, settled_by)')
    op.create_check_constraint(op.f('ck_tie_question_answered'), 'tie_question', '(answer is null) = (answered_at is null)')
    op.drop_constraint('uq_tie_question_once', 'tie_question', type_='unique')
    op.create_index('uq_tie_question_once', 'tie_question', list(COLUMNS), unique=True, postgresql_where=sa.text('lapsed_at is null'), postgresql_nulls_not_distinct=True)
    op.drop_index('ix_tie_question_open', table_name='tie_question')
    op.create_index('ix_tie_question_open', 'tie_question', ['settle_by'], unique=False, postgresql_where=sa.text('effect_at is null and lapsed_at is null'))


def downgrade() -> None:
    op.drop_index('ix_tie_question_open', table_name='tie_question')
    op.drop_index('uq_tie_question_once', table_name='tie_question')
    op.drop_constraint(op.f('ck_tie_question_answered'), 'tie_question', type_='check')
    op.drop_constraint(op.f('ck_tie_question_seconded'), 'tie_question', type_='check')
    op.drop_constraint(op.f('ck_tie_question_ended'), 'tie_question', type_='check')
    # the version before knows one question of a pair, the last one, and none that was said and is not in effect
    op.execute(
        """
        delete from tie_question q using tie_question later where q.application_id = later.application_id
           and q.network_id is not distinct from later.network_id
           and q.authority_id is not distinct from later.authority_id
           and q.principal_id = later.principal_id and q.organisation_id = later.organisation_id
           and (q.raised_at, q.id) < (later.raised_at, later.id)
        """
    )
    op.execute(
        """
        update tie_question set holds = null, settled_at = null, settled_by = null, settled_reason = null
         where effect_at is null
        """
    )
    op.create_check_constraint(op.f('ck_tie_question_ended'), 'tie_question', 'settled_at is null or lapsed_at is null')
    op.create_unique_constraint('uq_tie_question_once', 'tie_question', list(COLUMNS), postgresql_nulls_not_distinct=True)
    op.create_index('ix_tie_question_open', 'tie_question', ['settle_by'], unique=False, postgresql_where=sa.text('settled_at is null and lapsed_at is null'))
    op.drop_constraint(op.f('fk_tie_question_seconded_by_principal'), 'tie_question', type_='foreignkey')
    for name in ('effect_at', 'seconded_by', 'two_settle', 'answered_at', 'answer', 'version_number'):
        op.drop_column('tie_question', name)
