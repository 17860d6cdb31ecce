"""The SQL of an import of organisations: what is matched, checked and compared in the temporary table."""

from puumerkki.imports.sheets import Check, both, by_id, compare, given, id_unknown, twice
from puumerkki.organisations.importing.candidates import CALLED, WENT

COLUMNS = {
    "row": "int4",
    "made_id": "uuid",
    "event_id": "uuid",
    "history_id": "uuid",
    "external_row_id": "uuid",
    "given_id": "uuid",
    "names": "jsonb",
    "name": "text",
    "sort_key": "text",
    "search_text": "text",
    "name_keys": "text[]",
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
    "listed_name": "text",
    "listed_key": "text",
    "another": "bool",
}
MORE = ", renamed bool not null default false, elsewhere bool not null default false, merged_id uuid"
"""`elsewhere`: another system's id found it; `merged_id`: it was found as one that was merged since."""

MATCHES = (
    by_id("organisation", key="organisation_id"),
    "update import_row i set organisation_id = e.organisation_id, elsewhere = true from external_id e"
    " where i.organisation_id is null and e.scheme = i.scheme and e.value = i.external_id",
    "update import_row i set organisation_id = o.id from organisation o"
    " where i.organisation_id is null and o.business_id = i.business_id",
    "update import_row i set organisation_id = o.id from organisation o"
    " where i.organisation_id is null and o.association_register_number = i.association_register_number",
    *WENT,
    # of one that was merged the other is meant, which has its own id in that system
    "update import_row i set organisation_id = w.goes_on, merged_id = w.id, scheme = null, external_id = null"
    " from import_went w where w.id = i.organisation_id",
    *(
        f"update import_row i set {number} = null from organisation m"
        f" where m.id = i.merged_id and m.{number} = i.{number}"
        for number in ("business_id", "association_register_number")
    ),
)


ID_UNKNOWN = id_unknown("organisation_id")
NO_NUMBER = "given_id is null and business_id is null and association_register_number is null and external_id is null"


def _twice(name: str, fault: str, keys: str, condition: str, order: str = "row") -> Check:
    value = name if name in COLUMNS else "name"
    return twice(name, value, fault=fault, keys=keys, condition=condition, order=order)


TWICE_HERE = _twice(
    "name",
    "organisation_twice",
    "organisation_id",
    "organisation_id is not null",
    "(merged_id is not null), row",
)
CHECKS_WITHIN: tuple[Check, ...] = (
    _twice("business_id", "organisation_twice", "business_id", "business_id is not null"),
    _twice(
        "association_register_number",
        "organisation_twice",
        "association_register_number",
        "association_register_number is not null",
    ),
    _twice("external_id", "organisation_twice", "scheme, external_id", "external_id is not null"),
    _twice(
        "name",
        "name_twice",
        "name_keys, home_municipality_code, sector",
        f"{NO_NUMBER} and not another",
        f"({NO_NUMBER}), row",
    ),
)
_BOTH = f"concat_ws(' ≠ ', {CALLED.format('f')}, {CALLED.format('o')})"
_FOUND_OTHERWISE = "left join organisation f on f.id = i.organisation_id where o.id is distinct from i.organisation_id"
CHECKS_MATCHED: tuple[Check, ...] = (
    (
        "business_id",
        "business_id_of_another",
        f"select i.row, i.business_id, null::int, {_BOTH} from import_row i join organisation o using (business_id)"
        f" {_FOUND_OTHERWISE}",
    ),
    (
        "association_register_number",
        "register_number_of_another",
        f"select i.row, i.association_register_number, null::int, {_BOTH} from import_row i"
        f" join organisation o using (association_register_number) {_FOUND_OTHERWISE}",
    ),
)
CHECKS_RESOLVED: tuple[Check, ...] = (
    (
        "association_register_number",
        "not_an_association",
        "select row, association_register_number, null::int from import_row"
        " where association_register_number is not null and legal_form <> 'registered_association'"
        " and legal_form <> 'unregistered_group'",
    ),
    (
        "legal_form",
        "registered_form_needed",
        "select row, legal_form, null::int from import_row where legal_form = 'unregistered_group'"
        " and (business_id is not null or association_register_number is not null)",
    ),
    (
        "public_email",
        "contact_needed",
        "select row, '', null::int from import_row where legal_form = 'unregistered_group'"
        " and organisation_id is null and email is null and phone is null",
    ),
)
NUMBER_MISSING: Check = (
    "association_register_number",
    "identifier_needed",
    "select row, '', null::int from import_row where legal_form = 'registered_association'"
    " and business_id is null and association_register_number is null",
)
"""It comes in all the same, its number missing until somebody tells it."""
ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtext('organisation_name'))"
LOCK = (
    "select o.id from organisation o where o.id in (select organisation_id from import_row)"
    " order by o.id for no key update"
)
_LANGUAGES = (
    "array(select right(name, 2) from unnest(%(given)s::text[]) as name"
    " where name in ('name_fi', 'name_sv', 'name_en'))"
)
"""Whose names the file has a column for."""
RESOLVE = f"""
update import_row i set
    names = (o.names - {_LANGUAGES}) || i.names,
    renamed = (o.names - {_LANGUAGES}) <> '{{}}'::jsonb,
    legal_form = case when i.form_given or o.sector <> i.sector then i.legal_form else o.legal_form end,
    business_id = coalesce(i.business_id, o.business_id),
    association_register_number = coalesce(i.association_register_number, o.association_register_number),
    website = case when {given("website")} then i.website else o.website end,
    home_municipality_code =
        case when {given("home_municipality")} then i.home_municipality_code else o.home_municipality_code end,
    municipality_codes = case when {given("municipalities")} then i.municipality_codes else o.municipality_codes end
from organisation o where o.id = i.organisation_id
"""
MERGED: Check = (
    "name",
    "organisation_merged",
    f"select i.row, i.name, null::int, concat_ws(' → ', {CALLED.format('m')}, {CALLED.format('o')}) from import_row i"
    " join organisation m on m.id = i.merged_id join organisation o on o.id = i.organisation_id",
)
SERVED = """
update import_row set municipality_codes = (
    select coalesce(array_agg(distinct code order by code), '{}')
    from unnest(municipality_codes || home_municipality_code) as code where code is not null
) where organisation_id is not null or home_municipality_code <> all(municipality_codes)
"""
COMPARED = (
    "association_register_number",
    "business_id",
    "home_municipality_code",
    "legal_form",
    "municipality_codes",
    "names",
    "sector",
    "website",
)
REACHED = (
    "(i.email is null and i.phone is null) or exists (select from contact c where c.organisation_id = o.id"
    " and c.public and (i.email is null or c.email = i.email) and (i.phone is null or c.phone = i.phone))"
)
KNOWN_ELSEWHERE = (
    "i.external_id is null or exists (select from external_id e where e.organisation_id = o.id"
    " and e.scheme = i.scheme and (e.value = i.external_id"
    # spreadsheets drop zeros; the id of ours says which one it is
    " or (i.given_id is not null and ltrim(e.value, '0') = i.external_id)))"
)
COMPARE = compare(
    "organisation",
    COMPARED,
    further=(
        f"case when not ({REACHED}) then 'contacts' end",
        f"case when not ({KNOWN_ELSEWHERE}) then 'external_ids' end",
    ),
    key="organisation_id",
)
SHOWN = both(*COMPARED) | {
    "contacts": (
        "(select jsonb_agg(jsonb_build_object('email', c.email, 'phone', c.phone) order by c.created_at, c.id)"
        " from contact c where c.organisation_id = o.id and c.public)",
        "jsonb_build_object('email', i.email, 'phone', i.phone)",
    ),
    "external_ids": (
        "(select jsonb_object_agg(e.scheme, e.value) from external_id e where e.organisation_id = o.id)",
        "jsonb_build_object(coalesce(i.scheme, ''), i.external_id)",
    ),
}
SET = (*COMPARED, "sort_key", "search_text", "name_keys")
KEEP_REMAINING = (
    f"update import_row i set ({', '.join(SET)}) = ({', '.join(f'o.{name}' for name in SET)}),"
    " email = null, phone = null from organisation o where o.id = i.organisation_id and i.merged_id is not null"
)
"""A list from before a merger says nothing of the one that remains."""
