"""What a network decides about itself: proposals, who may vote on them, votes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('network_decision',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('rulebook', 'chair', 'secretary', 'rest', 'close', 'stop_deciding', name='decision_kind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('way', sa.Enum('vote', 'meeting', 'second_person', name='decision_way', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('on_day', sa.Date(), nullable=True),
    sa.Column('accept_days', sa.Integer(), nullable=True),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('present_member_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('rule', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    sa.Column('proposed_by', sa.Uuid(), nullable=False),
    sa.Column('asked_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('open', 'adopted', 'done', 'rejected', 'dropped', name='decision_state', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('result', postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.Column('seconded_by', sa.Uuid(), nullable=True),
    sa.Column('objected_by', sa.Uuid(), nullable=True),
    sa.Column('objection', sa.Text(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'rulebook') = (accept_days is not null) and accept_days between 14 and 365", name=op.f('ck_network_decision_accept_days')),
    sa.CheckConstraint("(kind in ('rest', 'close')) = (on_day is not null)", name=op.f('ck_network_decision_on_day')),
    sa.CheckConstraint("(kind in ('rulebook', 'chair', 'secretary')) = (subject_id is not null)", name=op.f('ck_network_decision_subject')),
    sa.CheckConstraint("(way = 'meeting') = (met_on is not null)", name=op.f('ck_network_decision_meeting')),
    sa.CheckConstraint("state not in ('adopted', 'done') or (way = 'vote' and coalesce(result->>'outcome', '') = 'passed') or (way <> 'vote' and confirmed_by is not null) or (way = 'second_person' and coalesce(result->>'outcome', '') = 'silence')", name=op.f('ck_network_decision_made')),
    sa.CheckConstraint("way = 'vote' or kind in ('rest', 'close', 'stop_deciding') or (way = 'meeting' and kind = 'rulebook')", name=op.f('ck_network_decision_way')),
    sa.CheckConstraint('confirmed_by <> proposed_by and seconded_by not in (proposed_by, confirmed_by)', name=op.f('ck_network_decision_second_person')),
    sa.CheckConstraint('seconded_by is null or confirmed_by is not null', name=op.f('ck_network_decision_third_person')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['principal.id'], name=op.f('fk_network_decision_confirmed_by_principal')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_network_decision_network_id_network')),
    sa.ForeignKeyConstraint(['objected_by'], ['principal.id'], name=op.f('fk_network_decision_objected_by_principal')),
    sa.ForeignKeyConstraint(['proposed_by'], ['principal.id'], name=op.f('fk_network_decision_proposed_by_principal')),
    sa.ForeignKeyConstraint(['seconded_by'], ['principal.id'], name=op.f('fk_network_decision_seconded_by_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_decision'))
    )
    op.create_index('ix_network_decision_closes', 'network_decision', ['closes_at'], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index('ix_network_decision_network', 'network_decision', ['network_id', 'opened_at', 'id'], unique=False)
    op.create_index('uq_network_decision_waiting', 'network_decision', ['network_id', 'kind'], unique=True, postgresql_where=sa.text("state in ('open', 'adopted')"))
    op.create_table('network_decision_elector',
    sa.Column('decision_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['network_decision.id'], name=op.f('fk_network_decision_elector_decision_id_network_decision')),
    sa.ForeignKeyConstraint(['member_id'], ['network_member.id'], name=op.f('fk_network_decision_elector_member_id_network_member')),
    sa.PrimaryKeyConstraint('decision_id', 'member_id', name=op.f('pk_network_decision_elector'))
    )
    op.create_table('network_decision_vote',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=False),
    sa.Column('choice', sa.Enum('for', 'for_with_conditions', 'against', 'blank', name='choice', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('cast_by', sa.Uuid(), nullable=False),
    sa.Column('cast_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("choice <> 'for_with_conditions'", name=op.f('ck_network_decision_vote_plain')),
    sa.ForeignKeyConstraint(['cast_by'], ['principal.id'], name=op.f('fk_network_decision_vote_cast_by_principal')),
    sa.ForeignKeyConstraint(['decision_id'], ['network_decision.id'], name=op.f('fk_network_decision_vote_decision_id_network_decision')),
    sa.ForeignKeyConstraint(['member_id'], ['network_member.id'], name=op.f('fk_network_decision_vote_member_id_network_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_decision_vote')),
    sa.UniqueConstraint('decision_id', 'member_id', name=op.f('uq_network_decision_vote_decision_id_member_id'))
    )


def downgrade() -> None:
    op.drop_table('network_decision_vote')
    op.drop_table('network_decision_elector')
    op.drop_table('network_decision')
