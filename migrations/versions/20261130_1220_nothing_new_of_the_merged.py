"""Nothing new names an organisation that was merged into another: not even what was begun at that very moment."""

from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

NAMES = {
    "agreement_party": ["organisation_id"],
    "agreement_template": ["organisation_id"],
    "application": ["applicant_id"],
    "application_applicant": ["organisation_id"],
    "application_authority": ["authority_id"],
    "contact": ["organisation_id"],
    "external_id": ["organisation_id"],
    "filing": ["funder_id"],
    "funding_call": ["funder_id"],
    "need": ["raised_for_organisation_id"],
    "network_authority": ["organisation_id"],
    "network_member": ["organisation_id"],
    "organisation_relation": ["organisation_id", "other_id"],
    "report": ["organisation_id"],
    "role_grant": ["scope_id", "for_organisation_id"],
    "seat": ["organisation_id"],
}
"""What a merge takes along, by its columns. A foreign key waits for a merge that is under way, and then lets it pass."""
REFUSE = """
create function refuse_merged() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    name text;
    gone boolean;
begin
    foreach name in array tg_argv loop
        if tg_table_name = 'role_grant' then
            -- no foreign key waits for a merge here
            execute format('select from organisation where id in (select %I from fresh) for key share', name);
        end if;
        execute format('select exists (select from organisation o join fresh f on f.%I = o.id'
            ' where o.merged_into_id is not null)', name) into gone;
        if gone then
            raise exception 'the organisation is merged with another one'
                using errcode = 'check_violation', constraint = 'ck_merged';
        end if;
    end loop;
    return null;
end $$
"""


def upgrade() -> None:
    op.execute(REFUSE)
    for table, columns in NAMES.items():
        names = ", ".join(f"'{one}'" for one in columns)
        op.execute(
            f"create trigger {table}_of_merged after insert on {table} referencing new table as fresh"
            f" for each statement execute function refuse_merged({names})"
        )


def downgrade() -> None:
    for table in NAMES:
        op.execute(f"drop trigger {table}_of_merged on {table}")
    op.execute("drop function refuse_merged()")
