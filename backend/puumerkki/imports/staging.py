"""The temporary table of an import, and the statements that match, check and write it. PostgreSQL does the work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from puumerkki.imports.results import Findings
from puumerkki.imports.rows import OrganisationRow
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.text import display_name, search_text, sort_key

Connection = AsyncConnection[Any]

_COLUMNS = {
    "row": "int4",
    "made_id": "uuid",
    "event_id": "uuid",
    "history_id": "uuid",
    "external_row_id": "uuid",
    "names": "jsonb",
    "name": "text",
    "sort_key": "text",
    "search_text": "text",
    "sector": "text",
    "legal_form": "text",
    "form_given": "bool",
    "business_id": "text",
    "association_register_number": "text",
    "home_municipality_code": "text",
    "municipality_codes": "text[]",
    "website": "text",
    "scheme": "text",
    "external_id": "text",
    "email": "text",
    "phone": "text",
}
_CREATE = (
    "create temporary table import_row ("
    + ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    + ", organisation_id uuid, renamed bool not null default false, changed text[] not null default '{}')"
    + " on commit drop"
)
_COPY = f"copy import_row ({', '.join(_COLUMNS)}) from stdin"

_MATCHES = (
    "update import_row i set organisation_id = e.organisation_id from external_id e"
    " where e.scheme = i.scheme and e.value = i.external_id",
    "update import_row i set organisation_id = o.id from organisation o"
    " where i.organisation_id is null and o.business_id = i.business_id",
    "update import_row i set organisation_id = o.id from organisation o"
    " where i.organisation_id is null and o.association_register_number = i.association_register_number",
)
_SAME_NAME = (
    "i.organisation_id is null and o.sort_key = i.sort_key"
    " and coalesce(o.names->>'fi', o.names->>'sv', o.names->>'en') = i.name"
    " and o.home_municipality_code is not distinct from i.home_municipality_code"
    " and (i.business_id is null or o.business_id is null)"
    " and (i.association_register_number is null or o.association_register_number is null)"
)
_MATCH_BY_NAME = f"update import_row i set organisation_id = o.id from organisation o where {_SAME_NAME}"
_NO_NUMBER = "business_id is null and association_register_number is null and external_id is null"

Check = tuple[str, str, str]
"""A field, what is expected, and a select of (row, value, another row or null) of what is wrong."""


def _twice(field: str, expected: str, keys: str, condition: str, order: str = "row") -> Check:
    return (
        field,
        expected,
        f"select row, {field if field in _COLUMNS else 'name'}, first from ("
        f"select *, first_value(row) over same as first, row_number() over same as place from import_row"
        f" window same as (partition by {keys} order by {order})) numbered where place > 1 and {condition}",
    )


CHECKS_WITHIN: tuple[Check, ...] = (
    _twice("business_id", "Each organisation once", "business_id", "business_id is not null"),
    _twice(
        "association_register_number",
        "Each organisation once",
        "association_register_number",
        "association_register_number is not null",
    ),
    _twice("external_id", "Each organisation once", "scheme, external_id", "external_id is not null"),
    _twice(
        "name",
        "Each organisation once, or a number that tells them apart",
        "sort_key, name, home_municipality_code",
        _NO_NUMBER,
        f"({_NO_NUMBER}), row",
    ),
)
CHECKS_BEFORE_NAMES: tuple[Check, ...] = (
    (
        "name",
        "A number: several organisations there have this name",
        f"select i.row, i.name, null::int from import_row i, organisation o where {_SAME_NAME}"
        " group by i.row, i.name having count(*) > 1",
    ),
)
CHECKS_MATCHED: tuple[Check, ...] = (
    _twice("name", "Each organisation once", "organisation_id", "organisation_id is not null"),
    (
        "business_id",
        "A business id that no other organisation has",
        "select i.row, i.business_id, null::int from import_row i join organisation o using (business_id)"
        " where o.id is distinct from i.organisation_id",
    ),
    (
        "association_register_number",
        "A register number that no other organisation has",
        "select i.row, i.association_register_number, null::int from import_row i"
        " join organisation o using (association_register_number) where o.id is distinct from i.organisation_id",
    ),
)
CHECKS_RESOLVED: tuple[Check, ...] = (
    (
        "association_register_number",
        "A register number or a business id: it is a registered association",
        "select row, '', null::int from import_row where legal_form = 'registered_association'"
        " and business_id is null and association_register_number is null",
    ),
    (
        "legal_form",
        "A registered form: this organisation has a business id or a register number",
        "select row, legal_form, null::int from import_row where legal_form = 'unregistered_group'"
        " and (business_id is not null or association_register_number is not null)",
    ),
    (
        "public_email",
        "A way to reach an unregistered group: public_email or public_phone",
        "select row, '', null::int from import_row where legal_form = 'unregistered_group'"
        " and organisation_id is null and email is null and phone is null",
    ),
)

_LOCK = (
    "select o.id from organisation o where o.id in (select organisation_id from import_row)"
    " order by o.id for no key update"
)
_RESOLVE = """
update import_row i set
    names = (o.names - %(languages)s::text[]) || i.names,
    renamed = (o.names - %(languages)s::text[]) <> '{}'::jsonb,
    legal_form = case when i.form_given or o.sector <> i.sector then i.legal_form else o.legal_form end,
    business_id = coalesce(i.business_id, o.business_id),
    association_register_number = coalesce(i.association_register_number, o.association_register_number),
    website = case when %(website)s then i.website else o.website end,
    home_municipality_code = case when %(home)s then i.home_municipality_code else o.home_municipality_code end,
    municipality_codes = case when %(municipalities)s then i.municipality_codes else o.municipality_codes end
from organisation o where o.id = i.organisation_id
"""
_SERVED = """
update import_row set municipality_codes = (
    select coalesce(array_agg(distinct code order by code), '{}')
    from unnest(municipality_codes || home_municipality_code) as code where code is not null
)
"""
_COMPARED = (
    "association_register_number",
    "business_id",
    "home_municipality_code",
    "legal_form",
    "municipality_codes",
    "names",
    "sector",
    "website",
)
_REACHED = (
    "(i.email is null and i.phone is null) or exists (select from contact c where c.organisation_id = o.id"
    " and c.public and (i.email is null or c.email = i.email) and (i.phone is null or c.phone = i.phone))"
)
_KNOWN_ELSEWHERE = (
    "i.external_id is null or exists (select from external_id e where e.organisation_id = o.id"
    " and e.scheme = i.scheme and e.value = i.external_id)"
)
_COMPARE = (
    "update import_row i set changed = array(select name from unnest(array["
    + ", ".join(f"case when o.{name} is distinct from i.{name} then '{name}' end" for name in _COMPARED)
    + f", case when not ({_REACHED}) then 'contacts' end, case when not ({_KNOWN_ELSEWHERE}) then 'external_ids' end"
    "]) as name where name is not null order by name) from organisation o where o.id = i.organisation_id"
)
_COUNT = """
select count(*) filter (where organisation_id is null),
    count(*) filter (where organisation_id is not null and changed <> '{}'),
    count(*) filter (where organisation_id is not null and changed = '{}')
from import_row
"""
_KEEP_NEWS = (
    "delete from import_row where organisation_id is not null and changed = '{}'",
    "update import_row set organisation_id = made_id, changed = '{}' where organisation_id is null",
)
_SET = (*_COMPARED, "sort_key", "search_text")
_UPSERT = f"""
insert into organisation (id, created_at, updated_at, version, state, {", ".join(_SET)})
select organisation_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, 'active', {", ".join(_SET)}
from import_row order by row
on conflict (id) do update set updated_at = excluded.updated_at, version = organisation.version + 1,
    {", ".join(f"{name} = excluded.{name}" for name in _SET)}
"""
_UPSERT_EXTERNAL = """
insert into external_id (id, created_at, organisation_id, scheme, value)
select external_row_id, %(now)s::timestamptz, organisation_id, scheme, external_id
from import_row where external_id is not null
on conflict (organisation_id, scheme) do update set value = excluded.value
where external_id.value is distinct from excluded.value
"""
_UPSERT_CONTACT = f"""
insert into contact (id, created_at, updated_at, version, organisation_id, name, email, phone, public)
select md5('import' || o.id)::uuid, %(now)s::timestamptz, %(now)s::timestamptz, 1, o.id, i.name, i.email, i.phone, true
from import_row i join organisation o on o.id = i.organisation_id where not ({_REACHED})
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
    'state', o.state, 'external_ids', (
        select coalesce(jsonb_object_agg(e.scheme, e.value), '{}') from external_id e where e.organisation_id = o.id))
from import_row i join organisation o on o.id = i.organisation_id
"""
_TELL = """
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select event_id, %(now)s::timestamptz,
    case when organisation_id = made_id then 'organisation.created' else 'organisation.changed' end,
    'public', %(actor)s::uuid, 'organisation', organisation_id, '{}'::uuid[], changed, '{}'::jsonb
from import_row order by row
"""


async def create(connection: Connection) -> None:
    """An empty table, for one import at a time."""
    await connection.execute("select pg_advisory_xact_lock(hashtext('import_organisations'))")
    await connection.execute("drop table if exists import_row")
    await connection.execute(_CREATE)


async def copy(connection: Connection, rows: Iterable[tuple[int, OrganisationRow]]) -> None:
    """Put checked rows into the table."""
    async with connection.cursor().copy(_COPY) as stream:
        for number, row in rows:
            await stream.write_row(_cells(number, row))


def _cells(number: int, row: OrganisationRow) -> tuple[Any, ...]:
    names = row.names
    name = display_name(names)
    return (
        number,
        *(new_id() for _ in range(4)),
        Jsonb(names),
        name,
        sort_key(name),
        search_text(names),
        row.sector.value,
        row.form.value,
        row.legal_form is not None,
        row.business_id,
        row.association_register_number,
        row.home_municipality,
        row.municipalities,
        row.website,
        row.external_scheme,
        row.external_id,
        row.public_email,
        row.public_phone,
    )


async def check(
    connection: Connection, checks: Iterable[Check], *, headings: dict[str, str], findings: Findings
) -> None:
    """Note what the checks find, and take those rows out."""
    wrong: set[int] = set()
    for field, expected, statement in checks:
        column = headings.get(field, field)
        cursor = await connection.execute(statement)
        async for row, value, first in cursor:
            wrong.add(row)
            where = f"; it stands in row {first}" if first is not None else ""
            findings.add(row, column, value or "", f"{expected}{where}.")
    if wrong:
        await connection.execute("delete from import_row where row = any(%s)", [sorted(wrong)])


async def match(connection: Connection, *, headings: dict[str, str], findings: Findings) -> None:
    """Find what is there already: by the id in another system, by number, else by name and home."""
    for statement in _MATCHES:
        await connection.execute(statement)
    await check(connection, CHECKS_BEFORE_NAMES, headings=headings, findings=findings)
    await connection.execute(_MATCH_BY_NAME)


async def resolve(connection: Connection, *, given: frozenset[str]) -> None:
    """What each organisation will be: what the file says, and what it does not speak of as it is."""
    await connection.execute("analyze import_row")
    await connection.execute(_LOCK)
    values = {
        "languages": [language for language in ("fi", "sv", "en") if f"name_{language}" in given],
        "website": "website" in given,
        "home": "home_municipality" in given,
        "municipalities": "municipalities" in given,
    }
    await connection.execute(_RESOLVE, values)
    await connection.execute(_SERVED)
    async with connection.cursor(name="renamed") as renamed:
        await renamed.execute("select row, names from import_row where renamed")
        while some := await renamed.fetchmany(1000):
            await connection.cursor().executemany(
                "update import_row set name = %s, sort_key = %s, search_text = %s where row = %s",
                [(name := display_name(names), sort_key(name), search_text(names), row) for row, names in some],
            )


async def compare(connection: Connection) -> tuple[int, int, int]:
    """How many will be created, changed and left."""
    await connection.execute(_COMPARE)
    counted = await (await connection.execute(_COUNT)).fetchone()
    assert counted is not None
    return counted[0], counted[1], counted[2]


async def write(connection: Connection, *, now: datetime, actor_id: UUID | None) -> None:
    """Write what is new or other, keep its history and tell it. Handlers of single events are not called."""
    values = {"now": now, "actor": actor_id}
    for statement in _KEEP_NEWS:
        await connection.execute(statement)
    for statement in (_UPSERT, _UPSERT_EXTERNAL, _UPSERT_CONTACT, _HISTORY, _TELL):
        await connection.execute(statement, values)
