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
)
"""Those that were merged, each with the one that remains."""

WITH_CANDIDATES = """
insert into import_near
select row, jsonb_agg(jsonb_build_object('id', o.id, 'names', o.names,
    'home_municipality_code', o.home_municipality_code, 'business_id', o.business_id,
    'association_register_number', o.association_register_number, 'likeness', round(likeness::numeric, 2))
    order by likeness desc, o.sort_key, o.id)
from ({found}) found join organisation o using (id) group by row
"""
"""Rows (row, id, likeness) as what is near."""
