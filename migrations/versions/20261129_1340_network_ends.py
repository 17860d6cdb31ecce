"""Why a handling lapsed."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        alter table handling add column lapse_reason varchar(60)
            constraint ck_handling_lapse_reason check (lapse_reason in ('call_over', 'network_closed', 'not_a_member'));
        update handling set lapse_reason = 'call_over' where state = 'lapsed';
        alter table handling add constraint ck_handling_lapsed_for
            check ((state = 'lapsed') = (lapse_reason is not null));
        """
    )


def downgrade() -> None:
    op.execute("alter table handling drop column lapse_reason")
