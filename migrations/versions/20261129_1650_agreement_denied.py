"""A member that did not agree on a statement is named no more, be it the last of them."""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_handling_agreed"), "handling", type_="check")
    op.create_check_constraint(
        "agreed",
        "handling",
        "(agreed_how is null) = (agreed_on is null) and (agreed_how is not null or agreed_member_ids = '{}')",
    )


def downgrade() -> None:
    # the version before knows no statement on which nobody agreed
    op.execute("update handling set agreed_how = null, agreed_on = null where agreed_member_ids = '{}'")
    op.drop_constraint(op.f("ck_handling_agreed"), "handling", type_="check")
    op.create_check_constraint(
        "agreed",
        "handling",
        "(agreed_how is null) = (agreed_on is null) and (agreed_how is null or cardinality(agreed_member_ids) > 0)",
    )
