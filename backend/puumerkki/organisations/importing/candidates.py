"""Organisations as rows name them: what they are called, as what merged ones go on, and what is near a row."""

CALLED = "coalesce({0}.names->>'fi', {0}.names->>'sv', {0}.names->>'en')"
"""SQL: what an organisation is called in one language."""
WENT = (
    "drop table if exists import_went",
    "create temporary table import_went on commit drop as with recursive way as ("
    " select id, merged_into_id as goes_on from organisation where merged_into_id is not null"
    " union select w.id, o.merged_into_id from way w join organisation o on o.id = w.goes_on"
    " where o.merged_into_id is not null)"
    " select w.id, w.goes_on from way w join organisation o on o.id = w.goes_on and o.merged_into_id is null",
    "analyze import_went",
)
"""Those that were merged, each with the one that remains."""

WITH_CANDIDATES = """
insert into import_near
select row, jsonb_agg(jsonb_build_object('id', o.id, 'names', o.names, 'sector', o.sector,
    'home_municipality_code', o.home_municipality_code, 'business_id', o.business_id,
    'association_register_number', o.association_register_number, 'differs', {differs},
    'likeness', round(likeness::numeric, 2))
    order by likeness desc, o.sort_key, o.id)
from ({found}) found join organisation o using (id) {beside} group by row
"""
"""Rows (row, id, likeness) as what is near. `differs`: SQL over `o` and what is `beside`, of what they differ in."""
_SAME_FIELDS = ("sector", "home_municipality_code")
_NUMBERS = ("business_id", "association_register_number")
OF_ROWS = {
    "beside": "join import_row i using (row)",
    "differs": "to_jsonb(array_remove(array["
    + ", ".join(
        [
            "case when not o.name_keys && i.name_keys then 'names' end",
            *(f"case when o.{one} is distinct from i.{one} then '{one}' end" for one in _SAME_FIELDS),
            *(f"case when o.{one} <> i.{one} then '{one}' end" for one in _NUMBERS),
        ]
    )
    + "], null))",
}
"""For a list of organisations."""
OF_MENTIONS = {"beside": "", "differs": "'[]'::jsonb"}
"""For rows that name organisations, and say little of them."""
