"""The gate stands on rows, one for each policy that concerns a case; decisions keep what they stood on."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

GATED = "('statement', 'letter_of_intent', 'commitment')"
MET = """
    exists (select from endorsement e where e.id = r.endorsement_id and e.application_id = r.application_id
        and e.version_number = new.version_number and e.network_id = r.endorsement_network_id
        and e.network_id = any(r.network_ids) and e.state = 'valid')
"""
GROUNDS = """
    jsonb_agg(jsonb_build_object('requirement_id', r.id, 'policy_id', r.policy_id, 'network_ids', to_jsonb(r.network_ids),
        'endorsement_id', e.id, 'endorsement_number', e.number, 'network_id', e.network_id, 'waiver_id', r.waiver_id,
        'release_ground', r.release_ground, 'release_reason', r.release_reason)
        order by r.id)
"""

TABLES = """
alter table partner_request
    add constraint uq_partner_request_stage unique (id, application_id, version_number, state),
    add column begun_on date,
    add column groups_confirmed_at timestamp with time zone,
    add column groups_confirmed_by uuid
        constraint fk_partner_request_groups_confirmed_by_principal references principal (id),
    add column decision_reason text,
    add column grounds jsonb,
    add column to_look_at varchar(60) constraint ck_partner_request_look_at
        check (to_look_at in ('revoked', 'superseded', 'new_version', 'expired', 'no_longer_asked',
        'application_withdrawn', 'call_added')),
    add column to_look_at_since timestamp with time zone,
    drop constraint ck_partner_request_partner_outcome,
    add constraint ck_partner_request_partner_outcome
        check (outcome in ('statement', 'letter_of_intent', 'commitment', 'none', 'not_taken_up'));
alter table former_decision
    add column decision_reason text,
    add column grounds jsonb,
    drop constraint ck_former_decision_partner_outcome,
    add constraint ck_former_decision_partner_outcome
        check (outcome in ('statement', 'letter_of_intent', 'commitment', 'none', 'not_taken_up'));
alter table gate_policy
    add column lets_open_conditions boolean not null default false,
    add column decided_by_body text,
    add column decided_on date,
    add column decision_section text,
    add column published_at timestamp with time zone;
update gate_policy set published_at = created_at;
alter table gate_policy alter column published_at set not null, alter column lets_open_conditions drop default;
alter table application add column area_ids uuid[] not null default '{}';
create table gate_requirement (
    id uuid not null constraint pk_gate_requirement primary key,
    created_at timestamp with time zone not null,
    partner_request_id uuid not null,
    application_id uuid not null,
    version_number integer not null,
    stage text not null,
    policy_id uuid constraint fk_gate_requirement_policy_id_gate_policy references gate_policy (id),
    network_ids uuid[] not null,
    lets_open_conditions boolean not null,
    cause varchar(60) not null constraint ck_gate_requirement_gate_cause
        check (cause in ('named', 'wider', 'missing', 'no_longer_fits', 'brought')),
    cause_version integer not null,
    endorsement_id uuid constraint fk_gate_requirement_endorsement_id_endorsement references endorsement (id),
    endorsement_network_id uuid,
    waiver_id uuid,
    released_at timestamp with time zone,
    released_by uuid constraint fk_gate_requirement_released_by_principal references principal (id),
    release_ground varchar(60) constraint ck_gate_requirement_release_ground
        check (release_ground in ('wider', 'missing', 'policy_ended', 'no_longer_fits', 'undone')),
    release_reason text,
    undone_version integer,
    brought_by uuid constraint fk_gate_requirement_brought_by_principal references principal (id),
    brought_reason text,
    gated boolean generated always as (case when stage in ('in_preparation', 'supplement_asked')
        and waiver_id is null and released_at is null then true end) stored,
    constraint uq_gate_requirement_partner_request_id_policy_id unique (partner_request_id, policy_id),
    constraint ck_gate_requirement_networks check (cardinality(network_ids) > 0),
    constraint ck_gate_requirement_gate check (gated is null or (endorsement_id is not null
        and endorsement_network_id is not null and endorsement_network_id = any(network_ids))),
    constraint ck_gate_requirement_release check (
        (released_at is null and released_by is null and release_reason is null and release_ground is null)
        or (released_at is not null and released_by is not null and release_reason is not null
        and release_ground is not null and (release_ground = 'policy_ended'
        or (release_ground = 'undone' and cause = 'brought') or release_ground = cause))),
    constraint ck_gate_requirement_brought check (
        (cause <> 'brought' or brought_by is not null) and (brought_by is null) = (brought_reason is null)),
    constraint fk_gate_requirement_stage foreign key (partner_request_id, application_id, version_number, stage)
        references partner_request (id, application_id, version_number, state) on update cascade,
    constraint fk_gate_requirement_gate
        foreign key (endorsement_id, application_id, version_number, endorsement_network_id, gated)
        references endorsement (id, application_id, version_number, network_id, in_force) deferrable
);
create index ix_gate_requirement_request on gate_requirement (partner_request_id);
create index ix_gate_requirement_endorsement on gate_requirement (endorsement_id);
create index ix_gate_requirement_policy on gate_requirement (policy_id);
create index ix_gate_requirement_networks on gate_requirement using gin (network_ids);
create table waiver (
    id uuid not null constraint pk_waiver primary key,
    created_at timestamp with time zone not null,
    requirement_id uuid not null constraint fk_waiver_requirement_id_gate_requirement references gate_requirement (id),
    version_number integer not null,
    ground varchar(60) not null constraint ck_waiver_waiver_ground
        check (ground in ('network_cannot', 'network_did_not_answer', 'law')),
    reason text not null,
    body text not null,
    decided_on date not null,
    section text not null,
    decided_by uuid not null constraint fk_waiver_decided_by_principal references principal (id),
    undone_at timestamp with time zone,
    undone_by uuid constraint fk_waiver_undone_by_principal references principal (id),
    undone_reason text,
    network_views jsonb not null,
    constraint uq_waiver_version unique (id, requirement_id, version_number),
    constraint ck_waiver_undone check ((undone_at is null) = (undone_by is null)),
    constraint ck_waiver_undone_reason check ((undone_at is null) = (undone_reason is null))
);
create index ix_waiver_requirement on waiver (requirement_id);
alter table gate_requirement add constraint fk_gate_requirement_waiver
    foreign key (waiver_id, id, version_number) references waiver (id, requirement_id, version_number);
"""

ROWS = f"""
insert into gate_requirement (id, created_at, partner_request_id, application_id, version_number, stage, network_ids,
    lets_open_conditions, cause, cause_version, endorsement_id, endorsement_network_id)
select gen_random_uuid(), created_at, id, application_id, version_number, state, network_ids, false, 'named',
    version_number, endorsement_id, endorsement_network_id
from partner_request where asks_mark and cardinality(network_ids) > 0;
update partner_request new set grounds = coalesce((select {GROUNDS} from gate_requirement r
    join endorsement e on e.id = r.endorsement_id where r.partner_request_id = new.id), '[]')
where state = 'decided';
update partner_request set begun_on = coalesce((select (max(occurred_at) at time zone 'Europe/Helsinki')::date
    from event where subject_id = partner_request.id and type = 'partner_request.begun'), updated_at::date)
where state in ('in_preparation', 'supplement_asked', 'decided');
insert into former_decision (id, created_at, partner_request_id, version_number, outcome, contributions,
    decided_by_body, decided_on, decision_section, appeal, decided_by)
select gen_random_uuid(), clock_timestamp(), id, version_number, outcome, contributions, decided_by_body, decided_on,
    decision_section, appeal, decided_by
from partner_request where state <> 'decided' and outcome is not null and decided_on is not null;
update partner_request set outcome = null, contributions = '[]', decided_by_body = null, decided_on = null,
    decision_section = null, appeal = null, decided_by = null
where state <> 'decided' and outcome is not null;
"""

OLD_GATE_GOES = """
drop trigger partner_request_policy_frozen on partner_request;
alter table partner_request
    drop column gated cascade,
    drop column asks_mark,
    drop column network_ids,
    drop column endorsement_id,
    drop column endorsement_network_id,
    add constraint ck_partner_request_undecided check (state = 'decided' or outcome is null),
    add constraint ck_partner_request_grounds check (state <> 'decided' or grounds is not null),
    add constraint ck_partner_request_to_look_at check ((to_look_at is null) = (to_look_at_since is null)
        and (to_look_at is null or state = 'decided'));
"""

GUARDS = f"""
create function guard_partner_request() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.state <> 'arrived' then
            raise exception 'a case begins as arrived' using errcode = 'integrity_constraint_violation';
        end if;
        new.grounds := null;
        return new;
    end if;
    if new.state <> 'decided' then
        if old.state = 'decided' then
            if new.state <> 'arrived' then
                raise exception 'a decided case is taken up again or stays'
                    using errcode = 'integrity_constraint_violation';
            end if;
            insert into former_decision (id, created_at, partner_request_id, version_number, outcome, contributions,
                decided_by_body, decided_on, decision_section, decision_reason, appeal, decided_by, grounds)
            values (gen_random_uuid(), clock_timestamp(), old.id, old.version_number, old.outcome, old.contributions,
                old.decided_by_body, old.decided_on, old.decision_section, old.decision_reason, old.appeal,
                old.decided_by, old.grounds);
        end if;
        return new;
    end if;
    if old.state = 'decided' then
        if (new.version_number, new.outcome, new.contributions, new.decided_by_body, new.decided_on,
            new.decision_section, new.decision_reason, new.appeal, new.decided_by, new.grounds)
            is distinct from (old.version_number, old.outcome, old.contributions, old.decided_by_body, old.decided_on,
            old.decision_section, old.decision_reason, old.appeal, old.decided_by, old.grounds) then
            raise exception 'a decision is not changed' using errcode = 'integrity_constraint_violation';
        end if;
        return new;
    end if;
    new.grounds := '[]';
    if new.outcome in {GATED} then
        if old.state not in ('in_preparation', 'supplement_asked') then
            raise exception 'this outcome is decided out of preparation'
                using errcode = 'integrity_constraint_violation';
        end if;
        perform from endorsement e join gate_requirement r on r.endorsement_id = e.id
            where r.partner_request_id = new.id and r.waiver_id is null and r.released_at is null for share of e;
        if exists (select from gate_requirement r where r.partner_request_id = new.id and r.waiver_id is null
            and r.released_at is null and not {MET})
            or exists (select from gate_requirement r where r.partner_request_id = new.id
            and r.cause_version <> new.version_number) then
            raise exception 'a policy that concerns the case is not met'
                using errcode = 'integrity_constraint_violation', constraint = 'ck_partner_request_gate';
        end if;
        new.grounds := coalesce((select {GROUNDS} from gate_requirement r
            left join endorsement e on e.id = r.endorsement_id and r.waiver_id is null and r.released_at is null
            where r.partner_request_id = new.id), '[]');
    elsif old.state = 'withdrawn' or (new.outcome = 'not_taken_up' and old.state not in ('arrived', 'referred')) then
        raise exception 'this outcome does not come out of this state'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger partner_request_guarded before insert or update on partner_request
    for each row execute function guard_partner_request();

create function acts_for_authority(who uuid, requirement uuid, variadic roles text[]) returns boolean
language sql stable as $$
    select exists (select from role_grant g join partner_request p on p.authority_id = g.scope_id
        join gate_requirement r on r.partner_request_id = p.id
        where r.id = requirement and g.principal_id = who and g.role = any(roles)
        and (g.expires_at is null or g.expires_at > now()))
$$;

-- Why a policy concerns a version is asked anew with the next one. On the same one it only becomes stricter, or a call
-- is named by nothing any more.
create function cause_may_change(old gate_requirement, new gate_requirement) returns boolean language sql stable as $$
    select case
        when new.cause = 'brought' or old.stage = 'decided' then false
        when old.cause = 'brought' then new.cause <> 'no_longer_fits'
        when new.cause_version > old.cause_version then true
        when array_position(array['no_longer_fits', 'missing', 'wider', 'named'], new.cause::text)
            > array_position(array['no_longer_fits', 'missing', 'wider', 'named'], old.cause::text) then true
        else new.cause = 'no_longer_fits' and exists (select from gate_policy p
            where p.id = new.policy_id and cardinality(p.call_ids) > 0
            and not exists (select from filing f where f.application_id = new.application_id
                and f.call_id = any(p.call_ids) and f.state <> 'withdrawn')
            and not exists (select from application_version v where v.application_id = new.application_id
                and v.number = new.version_number and (v.content ->> 'call_id')::uuid = any(p.call_ids)))
    end
$$;

create function guard_gate_requirement() returns trigger language plpgsql as $$
begin
    if new.version_number <> old.version_number then
        new.waiver_id := null;
    end if;
    if (new.cause <> old.cause and not cause_may_change(old, new))
        or (new.cause_version <> old.cause_version
        and (new.cause_version < old.cause_version or new.cause_version <> new.version_number))
        or (new.undone_version is distinct from old.undone_version
        and new.undone_version is distinct from new.version_number) then
        raise exception 'why a policy concerns a version is not changed'
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.released_at is null and new.released_at is not null then
        if not acts_for_authority(new.released_by, new.id, 'decider') and (new.undone_version = new.version_number
            or not acts_for_authority(new.released_by, new.id, 'officer')) then
            raise exception 'who releases a requirement does not act for the authority'
                using errcode = 'integrity_constraint_violation';
        end if;
        if new.release_ground = 'policy_ended' and not exists (select from gate_policy p where p.id = new.policy_id
            and p.ends_on < (new.released_at at time zone 'Europe/Helsinki')::date) then
            raise exception 'the policy has not ended' using errcode = 'integrity_constraint_violation';
        end if;
    end if;
    if (new.id, new.created_at, new.partner_request_id, new.application_id, new.policy_id, new.network_ids,
        new.lets_open_conditions, new.brought_by, new.brought_reason)
        is distinct from (old.id, old.created_at, old.partner_request_id, old.application_id, old.policy_id,
        old.network_ids, old.lets_open_conditions, old.brought_by, old.brought_reason)
        or (old.waiver_id is not null and new.waiver_id is distinct from old.waiver_id
        and new.version_number = old.version_number
        and not exists (select from waiver w where w.id = old.waiver_id and w.undone_at is not null))
        or (new.waiver_id is not null and new.waiver_id is distinct from old.waiver_id
        and exists (select from waiver w where w.id = new.waiver_id and w.undone_at is not null))
        or (old.stage = 'decided' and new.stage = 'decided'
        and (new.endorsement_id, new.endorsement_network_id, new.waiver_id, new.released_at, new.released_by,
        new.release_ground, new.release_reason) is distinct from (old.endorsement_id, old.endorsement_network_id,
        old.waiver_id, old.released_at, old.released_by, old.release_ground, old.release_reason)) then
        raise exception 'what a policy asks of a case is not changed'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger gate_requirement_guarded before update on gate_requirement
    for each row execute function guard_gate_requirement();
create trigger gate_requirement_kept before delete on gate_requirement
    for each row execute function refuse_change();
create trigger gate_requirement_no_truncate before truncate on gate_requirement
    for each statement execute function refuse_change();
create function guard_waiver() returns trigger language plpgsql as $$
begin
    if not acts_for_authority(case when tg_op = 'INSERT' then new.decided_by else new.undone_by end,
        new.requirement_id, 'decider') then
        raise exception 'who decides on a waiver is no decider of the authority'
            using errcode = 'integrity_constraint_violation';
    end if;
    if exists (select from gate_requirement r where r.id = new.requirement_id and r.stage = 'decided') then
        raise exception 'the case is decided' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger waiver_made before insert on waiver for each row execute function guard_waiver();
create trigger waiver_undone before update on waiver for each row
    when (old.undone_at is null and new.undone_at is not null) execute function guard_waiver();
create trigger waiver_frozen before update on waiver for each row
    when ((new.id, new.created_at, new.requirement_id, new.version_number, new.ground, new.reason, new.body,
        new.decided_on, new.section, new.decided_by) is distinct from (old.id, old.created_at, old.requirement_id,
        old.version_number, old.ground, old.reason, old.body, old.decided_on, old.section, old.decided_by)
        or (old.undone_at is not null and (new.undone_at, new.undone_by, new.undone_reason)
        is distinct from (old.undone_at, old.undone_by, old.undone_reason))) execute function refuse_change();
create trigger waiver_kept before delete on waiver for each row execute function refuse_change();
create trigger waiver_no_truncate before truncate on waiver for each statement execute function refuse_change();
create trigger former_decision_append_only before update or delete on former_decision
    for each row execute function refuse_change();
create trigger former_decision_no_truncate before truncate on former_decision
    for each statement execute function refuse_change();
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        grant select, insert, update on gate_requirement, waiver to puumerkki_app;
        revoke delete, truncate on gate_requirement, waiver from puumerkki_app;
    end if;
end $$;
"""

# A case that went on by a waiver, or was decided on a mark that has ended, has no gate in the former version.
BACK = """
drop trigger former_decision_no_truncate on former_decision;
drop trigger former_decision_append_only on former_decision;
drop trigger partner_request_guarded on partner_request;
drop function guard_partner_request();
alter table partner_request
    add column asks_mark boolean not null default false,
    add column network_ids uuid[] not null default '{}',
    add column endorsement_id uuid,
    add column endorsement_network_id uuid;
update partner_request p set asks_mark = true,
    network_ids = (select array_agg(distinct n) from gate_requirement r, unnest(r.network_ids) n
        where r.partner_request_id = p.id and r.waiver_id is null and r.released_at is null)
where exists (select from gate_requirement r
    where r.partner_request_id = p.id and r.waiver_id is null and r.released_at is null);
update partner_request p set endorsement_id = e.id, endorsement_network_id = e.network_id
from gate_requirement r join endorsement e on e.id = r.endorsement_id and e.state = 'valid'
where r.partner_request_id = p.id and p.asks_mark and e.version_number = p.version_number
    and p.state in ('in_preparation', 'supplement_asked', 'decided');
update partner_request set asks_mark = false where state = 'decided' and endorsement_id is null;
update partner_request set outcome = 'none' where outcome = 'not_taken_up';
update former_decision set outcome = 'none' where outcome = 'not_taken_up';
alter table gate_requirement drop constraint fk_gate_requirement_waiver;
drop table waiver;
drop function guard_waiver();
drop function cause_may_change(gate_requirement, gate_requirement);
drop table gate_requirement;
drop function guard_gate_requirement();
drop function acts_for_authority(uuid, uuid, text[]);
alter table partner_request alter column asks_mark drop default, alter column network_ids drop default,
    drop constraint uq_partner_request_stage,
    drop constraint ck_partner_request_to_look_at,
    drop constraint ck_partner_request_undecided,
    drop constraint ck_partner_request_grounds,
    drop column begun_on, drop column groups_confirmed_at, drop column groups_confirmed_by,
    drop column decision_reason, drop column grounds, drop column to_look_at, drop column to_look_at_since,
    drop constraint ck_partner_request_partner_outcome,
    add constraint ck_partner_request_partner_outcome
        check (outcome in ('statement', 'letter_of_intent', 'commitment', 'none')),
    add column gated boolean generated always as (case when asks_mark
        and state in ('in_preparation', 'supplement_asked', 'decided') then true end) stored,
    add constraint ck_partner_request_gate check (gated is null or (endorsement_id is not null
        and endorsement_network_id is not null and endorsement_network_id = any(network_ids))),
    add constraint fk_partner_request_endorsement_id_endorsement foreign key (endorsement_id)
        references endorsement (id),
    add constraint fk_partner_request_gate
        foreign key (endorsement_id, application_id, version_number, endorsement_network_id, gated)
        references endorsement (id, application_id, version_number, network_id, in_force) deferrable;
alter table former_decision drop column decision_reason, drop column grounds,
    drop constraint ck_former_decision_partner_outcome,
    add constraint ck_former_decision_partner_outcome
        check (outcome in ('statement', 'letter_of_intent', 'commitment', 'none'));
alter table gate_policy drop column lets_open_conditions, drop column decided_by_body, drop column decided_on,
    drop column decision_section, drop column published_at;
alter table application drop column area_ids;
create index ix_partner_request_endorsement on partner_request (endorsement_id);
create index ix_partner_request_networks on partner_request using gin (network_ids);
create trigger partner_request_policy_frozen before update on partner_request for each row
    when (old.asks_mark and (not new.asks_mark or new.network_ids is distinct from old.network_ids))
    execute function refuse_change();
"""


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    for step in (TABLES, ROWS, OLD_GATE_GOES, GUARDS):
        _run(step)


def downgrade() -> None:
    _run(BACK)
