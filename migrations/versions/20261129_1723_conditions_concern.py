"""A condition concerns parts of the application; that it is met can be objected to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

NOTES = """
update endorsement set condition_notes = coalesce((
    select jsonb_agg(
        jsonb_build_object(
            'parts', '[]'::jsonb,
            'member_ids', coalesce((
                select jsonb_agg(distinct asked.member_id) from (
                    select vote.member_id from vote join ballot on ballot.id = vote.ballot_id
                    where ballot.handling_id = endorsement.handling_id and ballot.purpose = 'give'
                        and vote.condition_taken and vote.condition = one ->> 'text'
                    union
                    select present.member_id from recorded_decision d, unnest(d.present_member_ids) as present (member_id)
                    where d.handling_id = endorsement.handling_id and d.confirmed_at is not null
                        and not (present.member_id = any (d.stood_aside_member_ids))
                        and d.conditions @> jsonb_build_array(jsonb_build_object('text', one -> 'text'))
                ) as asked
            ), '[]'::jsonb),
            'met_in', null
        ) order by place
    ) from jsonb_array_elements(endorsement.conditions) with ordinality as each (one, place)
), '[]'::jsonb)
where state = 'valid'
"""
"""Whose conditions those are that stand today; they name no part, so they concern how a thing is done."""


def upgrade() -> None:
    op.add_column(
        "vote", sa.Column("condition_parts", postgresql.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    op.alter_column("vote", "condition_parts", server_default=None)
    op.create_check_constraint(
        op.f("ck_vote_condition_parts"), "vote", "condition is not null or condition_parts = '{}'"
    )
    op.add_column(
        "endorsement",
        sa.Column("condition_notes", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]"),
    )
    op.alter_column("endorsement", "condition_notes", server_default=None)
    op.execute(NOTES)
    state = sa.Enum(
        "open", "effective", "fell", name="claim_state", native_enum=False, create_constraint=True, length=60
    )
    op.create_table(
        "conditions_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handling_id", sa.Uuid(), nullable=False),
        sa.Column("endorsement_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("met", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_member_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("settle_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("state", state, nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (ended_at is null)", name=op.f("ck_conditions_claim_ended")),
        sa.CheckConstraint("cardinality(met) > 0", name=op.f("ck_conditions_claim_met")),
        sa.CheckConstraint(
            "settled_by is null or settled_by <> claimed_by", name=op.f("ck_conditions_claim_second_person")
        ),
        sa.ForeignKeyConstraint(
            ["handling_id"], ["handling.id"], name=op.f("fk_conditions_claim_handling_id_handling")
        ),
        sa.ForeignKeyConstraint(
            ["endorsement_id"], ["endorsement.id"], name=op.f("fk_conditions_claim_endorsement_id_endorsement")
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["principal.id"], name=op.f("fk_conditions_claim_claimed_by_principal")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["principal.id"], name=op.f("fk_conditions_claim_settled_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions_claim")),
    )
    op.create_index("ix_conditions_claim_mark", "conditions_claim", ["endorsement_id"])
    op.create_index(
        "uq_conditions_claim_open",
        "conditions_claim",
        ["handling_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "conditions_claim_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("agrees = (reason is null)", name=op.f("ck_conditions_claim_answer_reason")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["conditions_claim.id"], name=op.f("fk_conditions_claim_answer_claim_id_conditions_claim")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["network_member.id"], name=op.f("fk_conditions_claim_answer_member_id_network_member")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["principal.id"], name=op.f("fk_conditions_claim_answer_given_by_principal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conditions_claim_answer")),
        sa.UniqueConstraint("claim_id", "member_id", name=op.f("uq_conditions_claim_answer_claim_id_member_id")),
    )


def downgrade() -> None:
    op.drop_table("conditions_claim_answer")
    op.drop_table("conditions_claim")
    op.drop_column("endorsement", "condition_notes")
    op.drop_constraint(op.f("ck_vote_condition_parts"), "vote", type_="check")
    op.drop_column("vote", "condition_parts")
