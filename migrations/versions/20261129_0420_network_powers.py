"""What members gave members take back; conditions say when; networks give notice; who was chosen is kept."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEPT = (
    "number",
    "network_id",
    "application_id",
    "handling_id",
    "version_number",
    "snapshot",
    "digest",
    "status_index",
    "issued_at",
    "valid_from",
)
ONCE = ("credential", "kid", "valid_until", "prolonged_at")
"""What changes with the one prolongation, and with nothing else."""
PROLONGED = (
    "old.prolonged_at is null and new.prolonged_at is not null and old.state = 'valid' and new.state = 'valid'"
    " and new.valid_until > old.valid_until"
)


def _same(*columns):
    return " and ".join(f"new.{one} is not distinct from old.{one}" for one in columns)


def _freeze(unless):
    op.execute("drop trigger endorsement_frozen on endorsement")
    op.execute(
        "create trigger endorsement_frozen before update on endorsement for each row"
        f" when (not ({unless})) execute function refuse_change()"
    )


def _enum(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=60)


def upgrade() -> None:
    _create_tables()
    _keep_choices()
    _say_when()
    op.add_column(
        "ballot",
        sa.Column("purpose", _enum("ballot_purpose", "give", "revoke"), nullable=False, server_default="give"),
    )
    op.alter_column("ballot", "purpose", server_default=None)
    op.add_column("endorsement", sa.Column("prolonged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("endorsement", sa.Column("told_until", sa.Date(), nullable=True))
    op.create_index(
        "ix_endorsement_until", "endorsement", ["valid_until"], postgresql_where=sa.text("state = 'valid'")
    )
    _freeze(f"({_same(*KEPT)}) and (({_same(*ONCE)}) or ({PROLONGED}))")


def _keep_choices() -> None:
    """Who is chair or secretary today counts as chosen, since it was not recorded. The event log knows who invited."""
    op.add_column(
        "role_grant",
        sa.Column("chosen_by", _enum("chosen_by", "migration", "network_decision", "meeting"), nullable=True),
    )
    op.add_column("role_grant", sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "update role_grant set chosen_by = 'migration', chosen_at = created_at"
        " where scope_kind = 'network' and role in ('chair', 'secretary')"
    )
    op.create_check_constraint(
        op.f("ck_role_grant_chosen"), "role_grant", "(chosen_by is null) = (chosen_at is null)"
    )
    op.add_column("app_user", sa.Column("invited_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_app_user_invited_by_principal"), "app_user", "principal", ["invited_by"], ["id"])
    op.create_index(op.f("ix_app_user_invited_by"), "app_user", ["invited_by"])
    op.execute(
        "update app_user set invited_by = e.actor_id from event e join principal p on p.id = e.actor_id"
        " where e.subject_id = app_user.id and e.type = 'user.created' and e.actor_id <> app_user.id"
    )


def _say_when() -> None:
    """Conditions that were taken before are to be met before the authority begins."""
    op.add_column("vote", sa.Column("condition_when", _enum("met_when", "before", "later"), nullable=True))
    op.execute("update vote set condition_when = 'before' where condition_taken")
    op.create_check_constraint(
        op.f("ck_vote_condition_when"), "vote", "coalesce(condition_taken, false) = (condition_when is not null)"
    )
    op.execute(
        "update endorsement set conditions = (select jsonb_agg(one || jsonb_build_object('when', 'before') order by place)"
        " from jsonb_array_elements(conditions) with ordinality as each (one, place)) where conditions <> '[]'::jsonb"
    )
    op.add_column("recorded_decision", sa.Column("dated", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.execute(
        "update recorded_decision set dated = coalesce((select"
        " jsonb_agg(jsonb_build_object('text', one, 'when', 'before') order by place)"
        " from unnest(conditions) with ordinality as each (one, place)), '[]'::jsonb)"
    )
    op.drop_column("recorded_decision", "conditions")
    op.alter_column("recorded_decision", "dated", new_column_name="conditions", nullable=False)


def _create_tables() -> None:
    op.create_table('network_change_notice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('network_id', sa.Uuid(), nullable=False),
    sa.Column('change', sa.Enum('stop_deciding', 'rest', 'close', name='network_change', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('told_by', sa.Uuid(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done', sa.Boolean(), nullable=True),
    sa.CheckConstraint('done is null or ended_at is not null', name=op.f('ck_network_change_notice_ended')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_network_change_notice_network_id_network')),
    sa.ForeignKeyConstraint(['told_by'], ['principal.id'], name=op.f('fk_network_change_notice_told_by_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_change_notice'))
    )
    op.create_index('uq_network_change_open', 'network_change_notice', ['network_id', 'change'], unique=True, postgresql_where=sa.text('ended_at is null'))
    op.create_table('role_choice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('meeting_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.Enum('chair', 'secretary', name='chosen_role', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('principal_id', sa.Uuid(), nullable=False),
    sa.Column('recorded_by', sa.Uuid(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_role_choice_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['principal_id'], ['principal.id'], name=op.f('fk_role_choice_principal_id_principal')),
    sa.ForeignKeyConstraint(['recorded_by'], ['principal.id'], name=op.f('fk_role_choice_recorded_by_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_choice')),
    sa.UniqueConstraint('meeting_id', 'role', 'principal_id', name=op.f('uq_role_choice_meeting_id_role_principal_id'))
    )
    op.create_table('network_change_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('notice_id', sa.Uuid(), nullable=False),
    sa.Column('authority_id', sa.Uuid(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_by', sa.Uuid(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(answered_at is null) = (answered_by is null)', name=op.f('ck_network_change_answer_answered')),
    sa.ForeignKeyConstraint(['answered_by'], ['principal.id'], name=op.f('fk_network_change_answer_answered_by_principal')),
    sa.ForeignKeyConstraint(['authority_id'], ['organisation.id'], name=op.f('fk_network_change_answer_authority_id_organisation')),
    sa.ForeignKeyConstraint(['notice_id'], ['network_change_notice.id'], name=op.f('fk_network_change_answer_notice_id_network_change_notice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_change_answer')),
    sa.UniqueConstraint('notice_id', 'authority_id', name=op.f('uq_network_change_answer_notice_id_authority_id'))
    )
    op.create_index(op.f('ix_network_change_answer_authority_id'), 'network_change_answer', ['authority_id'], unique=False)
    op.create_table('role_choice_confirmation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('choice_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=False),
    sa.Column('confirmed_by', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['choice_id'], ['role_choice.id'], name=op.f('fk_role_choice_confirmation_choice_id_role_choice')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['principal.id'], name=op.f('fk_role_choice_confirmation_confirmed_by_principal')),
    sa.ForeignKeyConstraint(['member_id'], ['network_member.id'], name=op.f('fk_role_choice_confirmation_member_id_network_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_choice_confirmation')),
    sa.UniqueConstraint('choice_id', 'confirmed_by', name=op.f('uq_role_choice_confirmation_choice_id_confirmed_by')),
    sa.UniqueConstraint('choice_id', 'member_id', name=op.f('uq_role_choice_confirmation_choice_id_member_id'))
    )
    op.create_table('prolongation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handling_id', sa.Uuid(), nullable=False),
    sa.Column('endorsement_id', sa.Uuid(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.Uuid(), nullable=False),
    sa.Column('asked_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('former_valid_until', sa.Date(), nullable=False),
    sa.Column('former_credential', sa.Text(), nullable=True),
    sa.Column('former_kid', sa.Text(), nullable=True),
    sa.CheckConstraint('(confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (former_credential is null) and (confirmed_at is null) = (former_kid is null)', name=op.f('ck_prolongation_confirmed')),
    sa.CheckConstraint('confirmed_by is null or confirmed_by <> proposed_by', name=op.f('ck_prolongation_second_person')),
    sa.CheckConstraint('valid_until > former_valid_until', name=op.f('ck_prolongation_longer')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['principal.id'], name=op.f('fk_prolongation_confirmed_by_principal')),
    sa.ForeignKeyConstraint(['endorsement_id'], ['endorsement.id'], name=op.f('fk_prolongation_endorsement_id_endorsement')),
    sa.ForeignKeyConstraint(['former_kid'], ['signing_key.kid'], name=op.f('fk_prolongation_former_kid_signing_key')),
    sa.ForeignKeyConstraint(['handling_id'], ['handling.id'], name=op.f('fk_prolongation_handling_id_handling')),
    sa.ForeignKeyConstraint(['proposed_by'], ['principal.id'], name=op.f('fk_prolongation_proposed_by_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prolongation')),
    sa.UniqueConstraint('endorsement_id', name=op.f('uq_prolongation_endorsement_id'))
    )
    op.create_index('ix_prolongation_handling', 'prolongation', ['handling_id'], unique=False)
    op.create_table('revocation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handling_id', sa.Uuid(), nullable=False),
    sa.Column('endorsement_id', sa.Uuid(), nullable=False),
    sa.Column('way', sa.Enum('ballot', 'meeting', 'cause', name='revocation_way', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('cause', sa.Enum('false_facts', 'applicant_asks', name='revocation_cause', native_enum=False, create_constraint=True, length=60), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('open', 'carried', 'dropped', name='revocation_state', native_enum=False, create_constraint=True, length=60), nullable=False),
    sa.Column('proposed_by', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('heard_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('view', sa.Text(), nullable=True),
    sa.Column('view_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('view_by', sa.Uuid(), nullable=True),
    sa.Column('asks', sa.Boolean(), nullable=False),
    sa.Column('ballot_id', sa.Uuid(), nullable=True),
    sa.Column('meeting_id', sa.Uuid(), nullable=True),
    sa.Column('present_member_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('stood_aside_member_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('asked_ids', postgresql.ARRAY(sa.Uuid()), nullable=False),
    sa.Column('confirmed_by', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("(state = 'open') = (ended_at is null)", name=op.f('ck_revocation_ended')),
    sa.CheckConstraint("(way = 'ballot') = (ballot_id is not null)", name=op.f('ck_revocation_ballot')),
    sa.CheckConstraint("(way = 'cause') = (cause is not null)", name=op.f('ck_revocation_cause')),
    sa.CheckConstraint("(way = 'meeting') = (meeting_id is not null)", name=op.f('ck_revocation_meeting')),
    sa.CheckConstraint("state <> 'carried' or way = 'ballot' or (confirmed_by is not null and confirmed_by <> proposed_by)", name=op.f('ck_revocation_second_person')),
    sa.CheckConstraint('(view is null) = (view_at is null)', name=op.f('ck_revocation_view')),
    sa.CheckConstraint("not asks or (view is not null and cause is not distinct from 'applicant_asks')", name=op.f('ck_revocation_asks')),
    sa.CheckConstraint("state <> 'carried' or cause is distinct from 'applicant_asks' or asks", name=op.f('ck_revocation_applicant_asks')),
    sa.ForeignKeyConstraint(['ballot_id'], ['ballot.id'], name=op.f('fk_revocation_ballot_id_ballot')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['principal.id'], name=op.f('fk_revocation_confirmed_by_principal')),
    sa.ForeignKeyConstraint(['endorsement_id'], ['endorsement.id'], name=op.f('fk_revocation_endorsement_id_endorsement')),
    sa.ForeignKeyConstraint(['handling_id'], ['handling.id'], name=op.f('fk_revocation_handling_id_handling')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_revocation_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['proposed_by'], ['principal.id'], name=op.f('fk_revocation_proposed_by_principal')),
    sa.ForeignKeyConstraint(['view_by'], ['principal.id'], name=op.f('fk_revocation_view_by_principal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revocation')),
    sa.UniqueConstraint('ballot_id', name=op.f('uq_revocation_ballot_id'))
    )
    op.create_index('ix_revocation_handling', 'revocation', ['handling_id', 'proposed_at'], unique=False)
    op.create_index('ix_revocation_mark_open', 'revocation', ['endorsement_id'], unique=False, postgresql_where=sa.text("state = 'open'"))
    op.create_index('uq_revocation_open', 'revocation', ['handling_id'], unique=True, postgresql_where=sa.text("state = 'open'"))


def downgrade() -> None:
    _freeze(_same(*KEPT, "credential", "kid", "valid_until"))
    op.drop_index("ix_endorsement_until", table_name="endorsement")
    op.drop_column("endorsement", "told_until")
    op.drop_column("endorsement", "prolonged_at")
    for table in (
        "revocation",
        "prolongation",
        "role_choice_confirmation",
        "role_choice",
        "network_change_answer",
        "network_change_notice",
    ):
        op.drop_table(table)
    # the version before knows ballots to give a mark only: these would count for one
    for table in ("vote", "recusal"):
        op.execute(f"delete from {table} where ballot_id in (select id from ballot where purpose = 'revoke')")
    op.execute("alter table ballot_elector disable trigger ballot_elector_kept")
    op.execute("delete from ballot_elector where ballot_id in (select id from ballot where purpose = 'revoke')")
    op.execute("alter table ballot_elector enable trigger ballot_elector_kept")
    op.execute("delete from ballot where purpose = 'revoke'")
    op.drop_column("ballot", "purpose")
    op.drop_constraint(op.f("ck_vote_condition_when"), "vote", type_="check")
    op.drop_column("vote", "condition_when")
    op.execute(
        "update endorsement set conditions = (select jsonb_agg(one - 'when' order by place)"
        " from jsonb_array_elements(conditions) with ordinality as each (one, place)) where conditions <> '[]'::jsonb"
    )
    op.add_column("recorded_decision", sa.Column("undated", postgresql.ARRAY(sa.Text()), nullable=True))
    op.execute(
        "update recorded_decision set undated = array(select one ->> 'text'"
        " from jsonb_array_elements(conditions) with ordinality as each (one, place) order by place)"
    )
    op.drop_column("recorded_decision", "conditions")
    op.alter_column("recorded_decision", "undated", new_column_name="conditions", nullable=False)
    op.drop_index(op.f("ix_app_user_invited_by"), table_name="app_user")
    op.drop_constraint(op.f("fk_app_user_invited_by_principal"), "app_user", type_="foreignkey")
    op.drop_column("app_user", "invited_by")
    op.drop_constraint(op.f("ck_role_grant_chosen"), "role_grant", type_="check")
    op.drop_column("role_grant", "chosen_at")
    op.drop_column("role_grant", "chosen_by")
