"""What is near a row, as it is shown: organisations, the likeliest first."""

WITH_CANDIDATES = """
insert into import_near
select row, jsonb_agg(jsonb_build_object('id', o.id, 'names', o.names,
    'home_municipality_code', o.home_municipality_code, 'business_id', o.business_id,
    'association_register_number', o.association_register_number, 'likeness', round(likeness::numeric, 2))
    order by likeness desc, o.sort_key, o.id)
from ({found}) found join organisation o using (id) group by row
"""
"""Rows (row, id, likeness) as what is near."""
