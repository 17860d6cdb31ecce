"""Ties in dispute; who leads a handling, or acts in an authority's case, in place of somebody who is tied."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tie_question',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('application_id', sa.Uuid(), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=True),
    sa.Column('authority_id', sa.Uuid(), nullable=True),
    sa.Column('principal_id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('alleged', 'disputed', name='tie_question_kind', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('raised_by', sa.Uuid(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settle_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('holds', sa.Boolean(), nullable=True),
    sa.Column('settled_by', sa.Uuid(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_reason', sa.Text(), nullable=True),
    sa.Column('lapsed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'disputed') = (raised_by = principal_id)", name=op.f('ck_tie_question_raised')),
    sa.CheckConstraint('(holds is null) = (settled_at is null) and (settled_by is null) = (settled_at is null) and (settled_reason is null) = (settled_at is null)', name=op.f('ck_tie_question_settled')),
    sa.CheckConstraint('(network_id is null) <> (authority_id is null)', name=op.f('ck_tie_question_one_case')),
    sa.CheckConstraint('settled_at is null or lapsed_at is null', name=op.f('ck_tie_question_ended')),
    sa.CheckConstraint('settled_by not in (raised_by, principal_id)', name=op.f('ck_tie_question_second_person')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_tie_question_application_id_application')),
    sa.ForeignKeyConstraint(['authority_id'], ['organisation.id'], name=op.f('fk_tie_question_authority_id_organisation')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_tie_question_network_id_network')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_tie_question_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['principal_id'], ['principal.id'], name=op.f('fk_tie_question_principal_id_principal')),
    sa.ForeignKeyConstraint(['raised_by'], ['principal.id'], name=op.f('fk_tie_question_raised_by_principal')),
    sa.ForeignKeyConstraint(['settled_by'], ['principal.id'], name=op.f('fk_tie_question_settled_by_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tie_question')),
    sa.UniqueConstraint('application_id', 'network_id', 'authority_id', 'principal_id', 'organisation_id', name='uq_tie_question_once', postgresql_nulls_not_distinct=True)
    )
    op.create_index('ix_tie_question_open', 'tie_question', ['settle_by'], unique=False, postgresql_where=sa.text('settled_at is null and lapsed_at is null'))
    op.create_table('lead_choice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handling_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=False),
    sa.Column('principal_id', sa.Uuid(), nullable=False),
    sa.Column('chosen_by', sa.Uuid(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['chosen_by'], ['principal.id'], name=op.f('fk_lead_choice_chosen_by_principal')),
    sa.ForeignKeyConstraint(['handling_id'], ['handling.id'], name=op.f('fk_lead_choice_handling_id_handling')),
    sa.ForeignKeyConstraint(['member_id'], ['network_member.id'], name=op.f('fk_lead_choice_member_id_network_member')),
    sa.ForeignKeyConstraint(['principal_id'], ['principal.id'], name=op.f('fk_lead_choice_principal_id_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead_choice')),
    sa.UniqueConstraint('handling_id', 'member_id', name=op.f('uq_lead_choice_handling_id_member_id'))
    )
    op.add_column('handling', sa.Column('lead_id', sa.Uuid(), nullable=True))
    op.add_column('handling', sa.Column('lead_told_ids', postgresql.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False))
    op.create_foreign_key(op.f('fk_handling_lead_id_principal'), 'handling', 'principal', ['lead_id'], ['id'])
    op.create_table('case_handover',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('partner_request_id', sa.Uuid(), nullable=False),
    sa.Column('office', sa.Enum('officer', 'decider', name='case_office', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('principal_id', sa.Uuid(), nullable=True),
    sa.Column('given_by', sa.Uuid(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(principal_id is null) = (given_by is null) and (principal_id is null) = (given_at is null)', name=op.f('ck_case_handover_given')),
    sa.CheckConstraint('given_by <> principal_id', name=op.f('ck_case_handover_another')),
    sa.ForeignKeyConstraint(['given_by'], ['principal.id'], name=op.f('fk_case_handover_given_by_principal')),
    sa.ForeignKeyConstraint(['partner_request_id'], ['partner_request.id'], name=op.f('fk_case_handover_partner_request_id_partner_request')),
    sa.ForeignKeyConstraint(['principal_id'], ['principal.id'], name=op.f('fk_case_handover_principal_id_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_handover')),
    sa.UniqueConstraint('partner_request_id', 'office', name=op.f('uq_case_handover_partner_request_id_office'))
    )
    op.create_index('ix_case_handover_principal', 'case_handover', ['principal_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_case_handover_principal', table_name='case_handover')
    op.drop_table('case_handover')
    op.drop_constraint(op.f('fk_handling_lead_id_principal'), 'handling', type_='foreignkey')
    op.drop_column('handling', 'lead_told_ids')
    op.drop_column('handling', 'lead_id')
    op.drop_table('lead_choice')
    op.drop_index('ix_tie_question_open', table_name='tie_question', postgresql_where=sa.text('settled_at is null and lapsed_at is null'))
    op.drop_table('tie_question')
