"""The day by which an application that was returned, a supplement, and a signature are to come."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

_DAY = "(timezone('Europe/Helsinki', {}))::date + 14"
_LAST = "jsonb_array_length(supplements) - 1"


def upgrade() -> None:
    op.add_column("handling", sa.Column("answer_by", sa.Date(), nullable=True))
    op.execute(f"update handling set answer_by = {_DAY.format('updated_at')} where state = 'returned'")
    op.create_check_constraint(
        op.f("ck_handling_answer_by"), "handling", "state <> 'returned' or answer_by is not null"
    )
    asked = _DAY.format("(supplements -> -1 ->> 'asked_at')::timestamptz")
    op.execute(
        f"update partner_request set supplements = jsonb_set(supplements, array[({_LAST})::text, 'answer_by'],"
        f" to_jsonb({asked})) where state = 'supplement_asked' and supplements -> -1 ? 'asked_at'"
    )
    op.add_column("agreement_version", sa.Column("sign_by", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("agreement_version", "sign_by")
    op.execute(
        f"update partner_request set supplements = supplements #- array[({_LAST})::text, 'answer_by']"
        " where supplements -> -1 ? 'answer_by'"
    )
    op.drop_constraint(op.f("ck_handling_answer_by"), "handling")
    op.drop_column("handling", "answer_by")
