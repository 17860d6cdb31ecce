"""Whether a handling is asked for a puumerkki or a statement; who agreed on the statement."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        alter table handling
            add column decides boolean not null default true,
            add column agreed_how varchar(60)
                constraint ck_handling_agreed_how check (agreed_how in ('meeting', 'in_writing')),
            add column agreed_on date,
            add column agreed_member_ids uuid[] not null default '{}',
            add constraint ck_handling_agreed check ((agreed_how is null) = (agreed_on is null)
                and (agreed_how is null or cardinality(agreed_member_ids) > 0));
        update handling set decides = false where state = 'stated' or exists (
            select from network where network.id = handling.network_id and not network.decides);
        alter table handling alter column decides drop default, alter column agreed_member_ids drop default;
        """
    )


def downgrade() -> None:
    op.execute(
        """
        alter table handling drop column decides, drop column agreed_how, drop column agreed_on,
            drop column agreed_member_ids
        """
    )
