"""Letters that ask something and wait until there is room."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        alter table application_applicant add column tell_at timestamptz;
        alter table taken_out_applicant add column tell_at timestamptz;
        create table host_asking (
            group_id uuid not null,
            host_id uuid not null,
            asked_by uuid,
            told_at timestamptz,
            tell_at timestamptz,
            constraint pk_host_asking primary key (group_id, host_id),
            constraint fk_host_asking_group_id_organisation foreign key (group_id) references organisation (id),
            constraint fk_host_asking_host_id_organisation foreign key (host_id) references organisation (id),
            constraint fk_host_asking_asked_by_principal foreign key (asked_by) references principal (id),
            constraint ck_host_asking_told_or_waits check (told_at is not null or tell_at is not null)
        );
        create index ix_host_asking_host_id on host_asking (host_id);
        create index ix_host_asking_waits on host_asking (tell_at) where tell_at is not null;
        insert into host_asking (group_id, host_id, told_at)
        select e.subject_id, other.id, max(e.occurred_at)
        from event e cross join unnest(e.related) other (id)
        join organisation host on host.id = other.id
        join organisation asking on asking.id = e.subject_id
        where e.type = 'organisation.relation_asked'
        group by 1, 2;
        """
    )


def downgrade() -> None:
    op.execute(
        """
        drop table host_asking;
        alter table taken_out_applicant drop column tell_at;
        alter table application_applicant drop column tell_at;
        """
    )
