"""What one party recorded as signed on paper binds nobody else before each other party has confirmed it."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

FORMER = "'draft', 'proposed', 'in_force', 'expiring', 'ended', 'renewed', 'terminated', 'cancelled'"

# What is in force now keeps its standing: only what comes into force from now on is asked about.
UP = f"""
alter table agreement drop constraint ck_agreement_agreement_state,
    add constraint ck_agreement_agreement_state check (state in ({FORMER}, 'recorded', 'disputed'));
create table agreement_record_answer (
    id uuid not null constraint pk_agreement_record_answer primary key,
    created_at timestamp with time zone not null,
    agreement_id uuid not null,
    version_number integer not null,
    organisation_id uuid not null,
    asked integer not null,
    asked_on date,
    ask_on date,
    answer varchar(60) constraint ck_agreement_record_answer_record_answer check (answer in ('confirmed', 'disputed')),
    answered_at timestamp with time zone,
    answered_by uuid constraint fk_agreement_record_answer_answered_by_principal references principal (id),
    reason text,
    constraint uq_agreement_record_answer unique (agreement_id, version_number, organisation_id),
    constraint ck_agreement_record_answer_answered
        check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)),
    constraint ck_agreement_record_answer_reason
        check ((reason is not null) = coalesce(answer = 'disputed', false)),
    constraint fk_agreement_record_answer_version foreign key (agreement_id, version_number)
        references agreement_version (agreement_id, number),
    constraint fk_agreement_record_answer_party foreign key (agreement_id, organisation_id)
        references agreement_party (agreement_id, organisation_id)
);
create index ix_agreement_record_answer_asked on agreement_record_answer (organisation_id, ask_on)
    where answer is null and ask_on is not null;

create function guard_recorded_agreement() returns trigger language plpgsql as $$
begin
    if exists (select from agreement_version v
        join agreement_party p on p.agreement_id = v.agreement_id and p.organisation_id <> v.proposed_for_organisation_id
        where v.agreement_id = new.id and v.number = new.version_in_force and v.signed_on_paper is not null
        and not exists (select from agreement_record_answer a where a.agreement_id = v.agreement_id
            and a.version_number = v.number and a.organisation_id = p.organisation_id
            and a.answer = 'confirmed')) then
        raise exception 'not every other party has confirmed what one recorded'
            using errcode = 'integrity_constraint_violation', constraint = 'ck_agreement_recorded';
    end if;
    return new;
end $$;
create trigger agreement_recorded before update on agreement for each row
    when (new.version_in_force is distinct from old.version_in_force) execute function guard_recorded_agreement();
create trigger agreement_recorded_new before insert on agreement for each row
    when (new.version_in_force is not null) execute function guard_recorded_agreement();
create trigger agreement_record_answer_frozen before update on agreement_record_answer for each row
    when (old.answer = 'confirmed' or (new.id, new.agreement_id, new.version_number, new.organisation_id)
        is distinct from (old.id, old.agreement_id, old.version_number, old.organisation_id))
    execute function refuse_change();
create trigger agreement_record_answer_kept before delete on agreement_record_answer
    for each row execute function refuse_change();
create trigger agreement_record_answer_no_truncate before truncate on agreement_record_answer
    for each statement execute function refuse_change();
do $$
begin
    if exists (select from pg_roles where rolname = 'puumerkki_app') then
        revoke delete, truncate on agreement_record_answer from puumerkki_app;
    end if;
end $$;
"""

# The former version knows no word of one party alone: what is recorded is in force there, what is disputed is cancelled.
DOWN = f"""
drop trigger agreement_recorded on agreement;
drop trigger agreement_recorded_new on agreement;
drop function guard_recorded_agreement();
update agreement a set version_in_force = a.current_version, in_force_on = v.signed_on_paper,
    state = case when v.ends_on < (now() at time zone 'Europe/Helsinki')::date then 'ended' else 'in_force' end
from agreement_version v where a.state = 'recorded' and v.agreement_id = a.id and v.number = a.current_version;
update agreement set state = 'cancelled' where state = 'disputed';
drop table agreement_record_answer;
alter table agreement drop constraint ck_agreement_agreement_state,
    add constraint ck_agreement_agreement_state check (state in ({FORMER}));
"""


def _run(sql: str) -> None:
    """Past the parsing of parameters: the text goes to the driver as it is."""
    op.get_bind().connection.driver_connection.execute(sql.encode())


def upgrade() -> None:
    _run(UP)


def downgrade() -> None:
    _run(DOWN)
