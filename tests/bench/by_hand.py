"""The second limit: the best statement that we could write for the same caller with the same answer.

Each knows who asks and what they may, and goes straight to the rows that are shown. The keys of a list are found by
hand; what is shown of each row is what the listing says. Parameters: `viewer` is who asks, `scope` where.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, Text, Uuid, bindparam, cast, column, literal_column, select, text

from puumerkki.kernel.reads.listings import Listing, joined, json_list, json_object
from puumerkki.kernel.reads.statements import Statements

_statements = Statements("by_hand")


def sent(statement: str | Select[Any], given: Mapping[str, Any]) -> tuple[bytes, list[Any]]:
    """A statement as the server takes it."""
    compiled = _statements.get(str(statement), lambda: _whole(statement) if isinstance(statement, str) else statement)
    return compiled.sql, compiled.values(given)


def _whole(statement: str) -> Select[Any]:
    found = text(statement).bindparams(bindparam("viewer", None, type_=Uuid())).columns(column("answer", Text()))
    return select(found.subquery().c.answer)


def of_listing(listing: Listing, keys: str, sort: str) -> Select[Any]:
    """The items of a page, from a statement of one more key than it has."""
    order = [one.desc() if listing.sorts[sort].descending else one for one in listing.sorts[sort].columns]
    ids = (bindparam(name, None, type_=Uuid()) for name in ("viewer", "scope"))
    found = text(keys).bindparams(*ids, bindparam("state", None, type_=Text())).columns(column("id", Uuid()))
    shown = select(found.subquery().c.id).limit(literal_column("50"))
    rows = joined(listing.source(select(json_object(listing.item).label("item"))), listing.display)
    rows = rows.where(listing.sorts[sort].columns[-1].in_(shown)).order_by(*order)
    return select(cast(json_list(rows.subquery().c.item), Text))


_HELD = """exists (select from role_grant g where g.principal_id = :viewer and g.scope_id = :scope
        and g.role in ({roles}) and (g.expires_at is null or g.expires_at > now()))"""
LIST_KEYS = f"""
select a.id from handling h join application a on a.id = h.application_id
where h.network_id = :scope and h.state = :state and {_HELD.format(roles="'coordinator'")}
order by a.created_at desc, a.id desc limit 51
"""
INBOX_KEYS = f"""
select r.id from partner_request r
where r.authority_id = :scope and r.state = :state and {_HELD.format(roles="'officer', 'decider', 'registry'")}
order by r.arrived_at desc, r.id desc limit 51
"""
_SHOWN = """
select json_build_object('items', coalesce(json_agg(json_build_object('kind', kind,
        'subject', json_build_object('kind', subject_kind, 'id', subject_id), 'network_id', network_id,
        'network_names', (select names from network n where n.id = network_id), 'organisation_id', organisation_id,
        'organisation_names', (select names from organisation o where o.id = organisation_id), 'due_on', due_on,
        'created_at', since, 'title', case subject_kind
            when 'handling' then (select jsonb_build_object(a.language, v.title) from handling h
                join application a on a.id = h.application_id join application_version v
                on v.application_id = a.id and v.number = h.version_number where h.id = shown.subject_id)
            when 'partner_request' then (select jsonb_build_object(a.language, v.title) from partner_request r
                join application a on a.id = r.application_id join application_version v
                on v.application_id = a.id and v.number = r.version_number where r.id = shown.subject_id)
            when 'report' then (select subject_title from report where report.id = shown.subject_id)
            when 'organisation' then (select names from organisation o where o.id = shown.subject_id)
            else (select jsonb_build_object(a.language, v.title) from agreement a join agreement_version v
                on v.agreement_id = a.id and v.number = coalesce(a.version_in_force, a.current_version)
                where a.id = shown.subject_id) end)
    order by due_on nulls last, since, subject_id, kind), '[]'::json))::text as answer
from (select * from waiting order by due_on nulls last, since, subject_id, kind limit 200) shown
"""
TASKS_COORDINATOR = (
    """
with held as materialized (
    select scope_id from role_grant where principal_id = :viewer and role = 'coordinator'
        and (expires_at is null or expires_at > now())
), tied as materialized (
    select v.application_id from tie t join version_applicant v on v.organisation_id = t.organisation_id
    where t.principal_id = :viewer and t.until_at is null
), waiting as materialized (
    select 'handling_to_review' as kind, 'handling' as subject_kind, h.id as subject_id, h.network_id,
        null::uuid as organisation_id, h.handle_by as due_on, h.received_at as since
    from held cross join lateral (
        select id, network_id, application_id, handle_by, received_at from handling
        where network_id = held.scope_id and state = 'received' order by handle_by, received_at, id limit 400) h
    where h.application_id not in (select application_id from tied)
    order by h.handle_by, h.received_at, h.id limit 200
)"""
    + _SHOWN
)
TASKS_OFFICER = (
    """
with held as materialized (
    select scope_id from role_grant where principal_id = :viewer and role = 'officer'
        and (expires_at is null or expires_at > now())
), tied as materialized (
    select v.application_id from tie t join version_applicant v on v.organisation_id = t.organisation_id
    where t.principal_id = :viewer and t.until_at is null and t.organisation_id not in (select scope_id from held)
), waiting as materialized (
    select 'partner_request_to_begin' as kind, 'partner_request' as subject_kind, r.id as subject_id,
        null::uuid as network_id, r.authority_id as organisation_id, null::date as due_on, r.arrived_at as since
    from held join partner_request r on r.authority_id = held.scope_id and r.state in ('arrived', 'referred')
    where r.application_id not in (select application_id from tied) and not exists (
        select from gate_requirement g where g.partner_request_id = r.id and g.released_at is null
        and g.waiver_id is null and not exists (
            select from endorsement e where e.application_id = r.application_id
            and e.version_number = r.version_number and e.state = 'valid' and e.network_id = any(g.network_ids)
            and current_date between e.valid_from and e.valid_until
            and (g.lets_open_conditions or not jsonb_path_exists(e.conditions,
                '$[*] ? (@.met == false && (!exists(@.when) || @.when == "before"))'))))
    union all
    select 'report_to_accept', 'report', r.id, null, p.organisation_id, null, r.submitted_at
    from held join agreement_party p on p.organisation_id = held.scope_id
    join agreement a on a.id = p.agreement_id and a.version_in_force is not null
    join report r on r.subject_kind = 'agreement' and r.subject_id = p.agreement_id and r.state = 'submitted'
        and r.organisation_id <> p.organisation_id and r.submitted_by is distinct from :viewer
    union all
    select case d.kind when 'report' then 'agreement_report_due' when 'evaluation' then 'agreement_evaluation_due'
            when 'contact_check' then 'agreement_contacts_to_check' else 'agreement_renewal_to_decide' end,
        'agreement', d.agreement_id, null, d.organisation_id, d.due_on,
        timezone('Europe/Helsinki', d.opens_on::timestamp)
    from held join agreement_duty d on d.organisation_id = held.scope_id and d.state = 'open'
        and d.kind <> 'confirmation' and d.opens_on <= timezone('Europe/Helsinki', now())::date
    union all
    select 'organisation_to_confirm', 'organisation', o.id, null, null,
        case when c.for_operator then null else (c.created_at + interval '7 days')::date end, c.created_at
    from held join organisation home on home.id = held.scope_id and home.sector = 'municipality'
        and home.state = 'active' and home.confirmed_at is not null
    join organisation o on o.home_municipality_code = home.home_municipality_code and o.confirmed_at is null
        and o.state = 'active'
    join confirmation_request c on c.organisation_id = o.id and c.answered_at is null and not c.for_operator
)"""
    + _SHOWN
)
