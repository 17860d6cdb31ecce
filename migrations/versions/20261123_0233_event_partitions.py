"""The event log's partitions: rights on them, made ahead of time, and what of them went into archives."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# The application may not make tables. This one thing it may have done, in its owner's name: the years that follow the
# last partition, up to a moment that is at most twenty years ahead.
MAKE = """
create function make_event_partitions(up_to timestamptz) returns text[] language plpgsql
    security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '3s' as $$
declare
    goal int := extract(year from least(up_to, pg_catalog.now() + interval '20 years'));
    year int;
    made text[] := '{}';
begin
    perform pg_advisory_xact_lock(hashtext('puumerkki.event_partitions'));
    select max(extract(year from (regexp_match(pg_get_expr(c.relpartbound, c.oid), $r$TO \\('([^']+)'\\)$r$))[1]::timestamptz))
        into year from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'public.event'::regclass;
    year := coalesce(year, extract(year from pg_catalog.now())::int);
    while year <= goal loop
        execute format('create table public.%I partition of public.event for values from (%L) to (%L)',
            'event_p' || year, year || '-01-01 00:00+00', (year + 1) || '-01-01 00:00+00');
        if exists (select from pg_roles where rolname = 'puumerkki_app') then
            execute format('revoke all on public.%I from puumerkki_app', 'event_p' || year);
            execute format('grant select, insert on public.%I to puumerkki_app', 'event_p' || year);
        end if;
        made := made || ('event_p' || year);
        year := year + 1;
    end loop;
    return made;
end $$
"""

RIGHTS = """
revoke all on function make_event_partitions(timestamptz) from public;
do $$
declare part text;
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        grant execute on function make_event_partitions(timestamptz) to puumerkki_app;
        revoke insert, update, delete on event_archive, archived_event from puumerkki_app;
        for part in select inhrelid::regclass::text from pg_inherits where inhparent = 'event'::regclass loop
            execute 'revoke update, delete on ' || part || ' from puumerkki_app';
        end loop;
    end if;
end $$
"""

RIGHTS_BEFORE = """
do $$
declare part text;
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        for part in select inhrelid::regclass::text from pg_inherits where inhparent = 'event'::regclass loop
            execute 'grant update, delete on ' || part || ' to puumerkki_app';
        end loop;
    end if;
end $$
"""


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    op.create_table(
        "event_archive",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_seal", sa.BigInteger(), nullable=False),
        sa.Column("last_seal", sa.BigInteger(), nullable=False),
        sa.Column("first_position", sa.BigInteger(), nullable=False),
        sa.Column("last_position", sa.BigInteger(), nullable=False),
        sa.Column("partitions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_event_archive")),
    )
    op.create_table(
        "archived_event",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_archived_event")),
    )
    op.create_index("ix_archived_event_subject_id", "archived_event", ["subject_id"])
    for table in ("event_archive", "archived_event"):
        _run(
            f"create trigger {table}_append_only before update or delete on {table}"
            " for each row execute function refuse_change()"
        )
        _run(
            f"create trigger {table}_no_truncate before truncate on {table}"
            " for each statement execute function refuse_change()"
        )
    _run(MAKE)
    _run(RIGHTS)


def downgrade() -> None:
    _run(RIGHTS_BEFORE)
    _run("drop function make_event_partitions(timestamptz)")
    op.drop_table("archived_event")
    op.drop_table("event_archive")
