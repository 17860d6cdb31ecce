"""Who named whom for an office stays on record when the office ends."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

OFFICES = "'coordinator', 'chair', 'secretary'"
FOLLOW = f"""
create or replace function office_term_follows() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        if new.role in ({OFFICES}) and new.scope_id is not null then
            insert into office_term (network_id, principal_id, role, from_at{{column}})
            values (new.scope_id, new.principal_id, new.role, new.created_at{{value}}) on conflict do nothing;
        end if;
        return null;
    end if;
    update office_term set until_at = greatest(from_at, clock_timestamp())
    where network_id = old.scope_id and principal_id = old.principal_id and role = old.role and until_at is null;
    return null;
end $$
"""


def upgrade() -> None:
    op.add_column("office_term", sa.Column("named_by", sa.Uuid(), nullable=True))
    op.execute(
        "update office_term t set named_by = (select g.granted_by from role_grant g where g.scope_id = t.network_id"
        " and g.principal_id = t.principal_id and g.role = t.role order by g.created_at limit 1)"
        " where t.until_at is null"
    )
    op.execute(FOLLOW.format(column=", named_by", value=", new.granted_by"))
    _freeze(", {}.named_by")
    op.execute(
        "create or replace trigger office_term_no_truncate before truncate on office_term for each statement"
        " execute function refuse_change()"
    )


def downgrade() -> None:
    op.execute("drop trigger office_term_no_truncate on office_term")
    op.execute(FOLLOW.format(column="", value=""))
    _freeze("")
    op.drop_column("office_term", "named_by")


def _freeze(more: str) -> None:
    new, old = (
        f"({row}.id, {row}.network_id, {row}.principal_id, {row}.role, {row}.from_at{more.format(row)})"
        for row in ("new", "old")
    )
    op.execute("drop trigger office_term_frozen on office_term")
    op.execute(
        "create trigger office_term_frozen before update on office_term for each row"
        f" when (old.until_at is not null or {new} is distinct from {old}) execute function refuse_change()"
    )
