"""A requirement that has begun is kept by the database; each applicant has a view of its own on a revocation."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

# By the database's own day: whoever may write rows cannot move it. 14 days: funding.service.gate_policies.NOTICE.
GUARDS = """
create function guard_gate_policy() returns trigger language plpgsql as $$
declare
    today date := (clock_timestamp() at time zone 'Europe/Helsinki')::date;
begin
    if old.starts_on > today and (tg_op = 'DELETE' or new.authority_id = old.authority_id) then
        return coalesce(new, old);
    end if;
    if tg_op = 'DELETE' then
        raise exception 'a requirement that has begun is not removed' using errcode = 'integrity_constraint_violation';
    end if;
    if (new.id, new.created_at, new.authority_id, new.network_ids, new.target_groups, new.area_ids, new.call_ids,
        new.starts_on, new.lets_open_conditions, new.decided_by_body, new.decided_on, new.decision_section,
        new.published_at) is distinct from (old.id, old.created_at, old.authority_id, old.network_ids,
        old.target_groups, old.area_ids, old.call_ids, old.starts_on, old.lets_open_conditions, old.decided_by_body,
        old.decided_on, old.decision_section, old.published_at) then
        raise exception 'what a requirement that has begun asks is not changed'
            using errcode = 'integrity_constraint_violation';
    end if;
    if new.ends_on is distinct from old.ends_on and (old.ends_on < today or new.ends_on < today + 14
        or (old.ends_on < today + 13 and coalesce(new.ends_on > old.ends_on, true))) then
        raise exception 'a requirement ends 14 days from today or later, and goes on longer only if told so in time'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger gate_policy_guarded before update or delete on gate_policy
    for each row execute function guard_gate_policy();
create trigger gate_policy_no_truncate before truncate on gate_policy
    for each statement execute function refuse_change();

create function policy_has_ended(policy uuid, released_at timestamptz) returns boolean language sql stable as $$
    select exists (select from gate_policy p where p.id = policy
        and p.ends_on < (least(released_at, clock_timestamp()) at time zone 'Europe/Helsinki')::date)
$$;
create trigger gate_requirement_released before update on gate_requirement for each row
    when (old.released_at is null and new.release_ground = 'policy_ended'
        and not policy_has_ended(new.policy_id, new.released_at))
    execute function refuse_change();

create trigger gate_requirement_undone before update on gate_requirement for each row
    when (old.released_at is null and new.released_at is not null and new.undone_version is not null
        and not acts_for_authority(new.released_by, new.id, 'decider'))
    execute function refuse_change();
"""

# Until now there was one view, of whoever spoke last.
VIEWS = """
alter table revocation
    add column views jsonb not null default '{}',
    drop constraint ck_revocation_view,
    drop constraint ck_revocation_asks;
update revocation r set views = jsonb_build_object(a.applicant_id,
    jsonb_build_object('view', r.view, 'given_at', r.view_at, 'given_by', r.view_by))
from handling h join application a on a.id = h.application_id where h.id = r.handling_id and r.view is not null;
alter table revocation
    alter column views drop default,
    drop column view,
    drop column view_at,
    drop column view_by,
    add constraint ck_revocation_asks check (not asks
        or (views <> '{}' and cause is not distinct from 'applicant_asks'));
"""

BACK = """
alter table revocation
    add column view text,
    add column view_at timestamp with time zone,
    add column view_by uuid constraint fk_revocation_view_by_principal references principal (id),
    drop constraint ck_revocation_asks;
update revocation set (view, view_at, view_by) = (select one.value ->> 'view', (one.value ->> 'given_at')::timestamptz,
    (one.value ->> 'given_by')::uuid from jsonb_each(views) one order by one.value ->> 'given_at' desc limit 1);
alter table revocation
    drop column views,
    add constraint ck_revocation_view check ((view is null) = (view_at is null)),
    add constraint ck_revocation_asks check (not asks
        or (view is not null and cause is not distinct from 'applicant_asks'));
drop trigger gate_requirement_released on gate_requirement;
drop trigger gate_requirement_undone on gate_requirement;
drop function policy_has_ended(uuid, timestamptz);
drop trigger gate_policy_no_truncate on gate_policy;
drop trigger gate_policy_guarded on gate_policy;
drop function guard_gate_policy();
"""


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    for step in (GUARDS, VIEWS):
        _run(step)


def downgrade() -> None:
    _run(BACK)
