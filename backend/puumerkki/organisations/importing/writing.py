"""The SQL that writes an import of organisations, tells it and takes it back."""

from puumerkki.imports.sheets import Undo
from puumerkki.organisations.events.organisations import OrganisationChanged, OrganisationCreated, OrganisationDeleted
from puumerkki.organisations.importing.statements import COMPARED, REACHED, SET

_NEW, _FOUND = "organisation_id = made_id", "organisation_id <> made_id"
"""What is new has nothing yet, so that nothing of it is looked for, nor met when it is written."""
INSERT = f"""
insert into organisation (id, created_at, updated_at, version, state, added_by, confirmed_at, confirmed_by, source,
    {", ".join(SET)})
select organisation_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, 'active', %(actor)s::uuid,
    %(now)s::timestamptz, %(actor)s::uuid, 'imported', {", ".join(SET)}
from import_row where {_NEW} order by row
"""
UPDATE = f"""
update organisation o set updated_at = %(now)s::timestamptz, version = o.version + 1,
    {", ".join(f"{name} = i.{name}" for name in SET)}
from import_row i where o.id = i.organisation_id and {_FOUND}
"""
_EXTERNAL = """
insert into external_id (id, created_at, organisation_id, scheme, value)
select external_row_id, %(now)s::timestamptz, organisation_id, scheme, external_id
from import_row where external_id is not null and """
INSERT_EXTERNAL = f"{_EXTERNAL} {_NEW} order by row"
UPSERT_EXTERNAL = f"""{_EXTERNAL} {_FOUND}
on conflict (organisation_id, scheme) do update set value = excluded.value
where external_id.value is distinct from excluded.value
"""
_CONTACT = """
insert into contact (id, created_at, updated_at, version, organisation_id, name, email, phone, public)
select md5('import' || o.id)::uuid, %(now)s::timestamptz, %(now)s::timestamptz, 1, o.id, i.name, i.email, i.phone, true
from import_row i """
INSERT_CONTACT = f"""{_CONTACT}
cross join lateral (select i.organisation_id as id) o
where {_NEW} and (i.email is not null or i.phone is not null) order by i.row
"""
# ordered, so that all is asked of the contacts before the first is written: while the table grows each look is longer
UPSERT_CONTACT = f"""{_CONTACT}
join organisation o on o.id = i.organisation_id where {_FOUND} and not ({REACHED})
order by i.row
on conflict (id) do update set email = coalesce(excluded.email, contact.email),
    phone = coalesce(excluded.phone, contact.phone), public = true,
    updated_at = excluded.updated_at, version = contact.version + 1
"""
_HISTORY = """
insert into organisation_version (id, created_at, organisation_id, number, changed_by, content)
select i.history_id, %(now)s::timestamptz, o.id, o.version, %(actor)s::uuid, jsonb_build_object(
    'names', o.names, 'sector', o.sector, 'legal_form', o.legal_form, 'business_id', o.business_id,
    'association_register_number', o.association_register_number,
    'home_municipality_code', o.home_municipality_code, 'municipality_codes', o.municipality_codes,
    'wellbeing_county_code', o.wellbeing_county_code, 'descriptions', o.descriptions, 'website', o.website,
    'state', o.state, 'external_ids', {external_ids})
from {rows} i {organisations}
"""
HISTORY_NEW = _HISTORY.format(
    rows=f"(select * from import_row where {_NEW} order by row)",
    organisations="cross join lateral (select i.organisation_id as id, 1 as version, 'active' as state,"
    f" null as wellbeing_county_code, null::jsonb as descriptions, {', '.join(f'i.{name}' for name in COMPARED)}) o",
    external_ids="case when i.external_id is null then '{}' else jsonb_build_object(i.scheme, i.external_id) end",
)


def _history_of(rows: str, key: str) -> str:
    return _HISTORY.format(
        rows=rows,
        organisations=f"join organisation o on o.id = i.{key}",
        external_ids="(select coalesce(jsonb_object_agg(e.scheme, e.value), '{}')"
        " from external_id e where e.organisation_id = o.id)",
    )


HISTORY_FOUND = _history_of(f"(select * from import_row where {_FOUND})", "organisation_id")
TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select event_id, %(now)s::timestamptz,
    case when organisation_id = made_id then '{OrganisationCreated.type}' else '{OrganisationChanged.type}' end,
    '{OrganisationChanged.tier}', %(actor)s::uuid, 'organisation', organisation_id, '{{}}'::uuid[], changed,
    '{{}}'::jsonb
from import_row order by row
"""
WRITTEN = (
    INSERT,
    UPDATE,
    INSERT_EXTERNAL,
    UPSERT_EXTERNAL,
    INSERT_CONTACT,
    UPSERT_CONTACT,
    HISTORY_NEW,
    HISTORY_FOUND,
    TELL,
)

_OWN_CONTACT = "md5('import' || o.id)::uuid"
UNDO = Undo(
    subject="organisation",
    removed=(OrganisationDeleted.type, f"'{OrganisationDeleted.tier}'"),
    changed=(OrganisationChanged.type, f"'{OrganisationChanged.tier}'"),
    parts={
        "contact": "organisation_id",
        "external_id": "organisation_id",
        "organisation_version": "organisation_id",
    },
    kept={
        "contact": f"(select to_jsonb(c) from contact c where c.id = {_OWN_CONTACT})",
        "scheme": "i.scheme",
        "external_id": "(select e.value from external_id e where e.organisation_id = o.id and e.scheme = i.scheme)",
    },
    restore=(
        "delete from contact c using import_undo u join organisation o on o.id = u.id"
        " where not u.created and 'contacts' = any(u.changed) and u.before->'contact' = 'null'"
        f" and c.id = {_OWN_CONTACT}",
        "update contact c set email = u.before->'contact'->>'email', phone = u.before->'contact'->>'phone',"
        " public = (u.before->'contact'->>'public')::bool, version = c.version + 1, updated_at = %(now)s"
        " from import_undo u join organisation o on o.id = u.id"
        " where not u.created and 'contacts' = any(u.changed) and u.before->'contact' <> 'null'"
        f" and c.id = {_OWN_CONTACT}",
        "delete from external_id e using import_undo u where not u.created and e.organisation_id = u.id"
        " and 'external_ids' = any(u.changed) and e.scheme = u.before->>'scheme' and u.before->>'external_id' is null",
        "update external_id e set value = u.before->>'external_id' from import_undo u where not u.created"
        " and e.organisation_id = u.id and 'external_ids' = any(u.changed) and e.scheme = u.before->>'scheme'",
        _history_of("(select * from import_undo where not created)", "id"),
    ),
)
