"""Which organisation a row is, where no id and no number says so; and what is so near that somebody has to say.

By the plain form of its names (`organisations.naming.name_keys`, which every organisation bears in a column) a row is
an organisation of the same municipality and sector. A namesake of another municipality is never taken, and an authority
is found and never made. What merely resembles a row is looked for by trigrams within the municipality, where a trial
run shows it.
"""

from puumerkki.imports.sheets import Check, Staged
from puumerkki.organisations.importing.candidates import OF_ROWS, WITH_CANDIDATES
from puumerkki.organisations.importing.other_names import shared_by_chance
from puumerkki.organisations.models.organisations import AUTHORITIES

MOST_ROWS = 10_000
"""Rows of a file for which what resembles them is looked for; namesakes are found for all."""
MOST_CANDIDATES = 5
LIKENESS = 0.6
"""Of plain names, by `pg_trgm.similarity`: from here on a row is near."""
_AUTHORITIES = ", ".join(f"'{sector.value}'" for sector in sorted(AUTHORITIES))
_NUMBERS_AGREE = (
    "(i.business_id is null or o.business_id is null)"
    " and (i.association_register_number is null or o.association_register_number is null)"
)

DECIDED = (
    "update import_row i set another = true from import_decision d where d.row = i.row and d.decision = 'another'",
    "update import_row i set organisation_id = o.id from import_decision d join organisation o on o.id = d.same_id"
    " where d.row = i.row and d.decision = 'same' and (o.state = 'active' or o.merged_into_id is not null)",
)
MATCH_AUTHORITIES = (
    "update import_row i set organisation_id = o.id from organisation o where i.organisation_id is null"
    " and i.legal_form = 'municipality' and o.legal_form = 'municipality' and o.state = 'active'"
    " and o.home_municipality_code = i.home_municipality_code",
    "update import_row i set organisation_id = o.id from organisation o where i.organisation_id is null"
    f" and i.sector in ({_AUTHORITIES}) and o.sector = i.sector and o.legal_form = i.legal_form"
    f" and o.state = 'active' and o.name_keys && i.name_keys and {_NUMBERS_AGREE}",
)
"""A municipality by its code; any authority by one of its names, wherever it is."""
NOT_MADE: Check = (
    "name",
    "authority_not_made",
    f"select row, name, null::int from import_row where organisation_id is null and sector in ({_AUTHORITIES})",
)
OTHER_SECTOR: Check = (
    "sector",
    "authority_as_it_is",
    "select i.row, i.sector, null::int from import_row i join organisation o on o.id = i.organisation_id"
    f" where o.sector in ({_AUTHORITIES}) and o.sector <> i.sector",
)
KEEP_AUTHORITIES = (
    "update import_row i set names = o.names, renamed = true, sector = o.sector, legal_form = o.legal_form"
    f" from organisation o where o.id = i.organisation_id and o.sector in ({_AUTHORITIES})"
)
"""A list may call an authority by any of its names, and renames none; nor does it make it anything else."""
ALIKE = (
    "drop table if exists import_alike",
    # by hash: looking for the names of each row in the index takes longer where either list is long, as sorting does
    "set local enable_mergejoin = off",
    f"""
create temporary table import_alike on commit drop as
select distinct i.row, o.id, o.home_municipality_code is not distinct from i.home_municipality_code as here,
    o.sector = i.sector as kin, o.sector in ({_AUTHORITIES}) as authority, {_NUMBERS_AGREE} as agree,
    false as chance, coalesce(o.sort_key in (i.sort_key, i.listed_key)
        and coalesce(o.names->>'fi', o.names->>'sv', o.names->>'en') in (i.name, i.listed_name), false) as exact
from (select *, unnest(name_keys) as plain from import_row where organisation_id is null) i
join (select *, unnest(name_keys) as plain from organisation where state = 'active') o on o.plain = i.plain
where {_NUMBERS_AGREE} or o.home_municipality_code = i.home_municipality_code
""",
    "set local enable_mergejoin = on",
    "analyze import_alike",
)
TAKE_ALIKE = """
update import_row i set organisation_id = found.id from (
    select row, min(id::text)::uuid as id from (
        select *, bool_or(exact) over (partition by row) as any_exact from import_alike
        where here and agree and not chance and (kin or exact and not authority)
    ) beside where exact = any_exact group by row having count(*) = 1
) found where found.row = i.row and (not i.another or exists (
    select from import_alike a where a.row = i.row and a.here and a.agree and a.exact and not a.chance))
"""
"""The same name to the letter goes before the same plain form; where several fit, somebody has to say which.

One of the same name and municipality with another number may be the same all the same: a digit slips easily.
"""
MATCH_MERGED = f"""
update import_row i set organisation_id = w.goes_on, merged_id = o.id
from organisation o join import_went w on w.id = o.id join organisation g on g.id = w.goes_on
where i.organisation_id is null and not i.another and not exists (select from import_alike a where a.row = i.row)
    and o.name_keys && i.name_keys and (o.name_keys @> i.name_keys or i.name_keys @> o.name_keys)
    and o.home_municipality_code is not distinct from i.home_municipality_code and o.sector = i.sector
    and {_NUMBERS_AGREE} and {_NUMBERS_AGREE.replace("o.", "g.")}
"""
"""By the name of one that was merged the one that remains is found: lists do not change because we merge."""
NOT_MERGED = """
update import_row i set merged_id = null from organisation m, organisation o
where m.id = i.merged_id and o.id = i.organisation_id and i.given_id is distinct from m.id
    and (o.name_keys && i.name_keys or not m.name_keys && i.name_keys)
"""
"""A row that calls the one that remains by its own name says what that is now."""
RESEMBLING = (
    "drop table if exists import_asked, import_known, import_like",
    f"""
create temporary table import_asked on commit drop as
select row, unnest(name_keys) as plain, home_municipality_code as place,
    business_id is not null or association_register_number is not null as numbered
from (select * from import_row i where organisation_id is null and not another and home_municipality_code is not null
    and not exists (select from import_alike a where a.row = i.row) order by row limit {MOST_ROWS}) i
""",
    """
create temporary table import_known on commit drop as
select o.id, plain, o.home_municipality_code || case when numbered then '+' else '-' end as block
from (select *, unnest(name_keys) as plain,
    business_id is not null or association_register_number is not null as numbered
    from organisation where state = 'active') o
where o.home_municipality_code in (select place from import_asked)
    and (not numbered or exists (select from import_asked a where not a.numbered))
""",
    "create index on import_known using gist (block, plain gist_trgm_ops)",
    "analyze import_known",
    f"set local pg_trgm.similarity_threshold = {LIKENESS}",
    f"""
create temporary table import_like on commit drop as
select a.row, k.id, similarity(k.plain, a.plain) as likeness from import_asked a cross join lateral (
    (select id, plain from import_known k where k.block = a.place || '-' and k.plain %% a.plain
        order by k.plain <-> a.plain limit {MOST_CANDIDATES})
    union all
    (select id, plain from import_known k where not a.numbered and k.block = a.place || '+' and k.plain %% a.plain
        order by k.plain <-> a.plain limit {MOST_CANDIDATES})
) k
""",
)
"""Numbers tell organisations apart: a row with one is compared with those that have none, and only with them."""
_BEST = """
select row, id, likeness from (
    select *, row_number() over (partition by row order by likeness desc, id) as place
    from (select row, id, max(likeness) as likeness from ({found}) found group by row, id) best) placed
join import_row i using (row) where i.organisation_id is null and not i.another and place <= {most}
"""
_ALIKE_ROWS = "select row, id, 1::float4 as likeness from import_alike"
_MERGED_ROWS = """
select i.row, s.id, 1::float4 as likeness from (
    with recursive way as (
        select id, merged_into_id as into_id from organisation where merged_into_id is not null
        union select w.id, o.merged_into_id from way w join organisation o on o.id = w.into_id
        where o.merged_into_id is not null
    ) select into_id, unnest(o.name_keys) as plain from way join organisation o using (id)
) m join organisation s on s.id = m.into_id and s.state = 'active'
join (select row, home_municipality_code, unnest(name_keys) as plain from import_row) i
    on i.plain = m.plain and i.home_municipality_code is not distinct from s.home_municipality_code
"""
"""What a merged organisation was called may be the one that remains, and it is not renamed without a word."""
_NUMBER_DIFFERS = "exists (select from import_alike a where a.row = i.row and not a.agree)"
_ONE_NAME = "exists (select from import_alike a where a.row = i.row and a.chance)"
_NEAR_ROWS = "select i.row, i.name, null::int from import_row i join import_near n using (row) where"
NEAR: tuple[Check, ...] = (
    ("name", "namesake", f"{_NEAR_ROWS} not {_NUMBER_DIFFERS} and not {_ONE_NAME}"),
    ("name", "one_name_shared", f"{_NEAR_ROWS} not {_NUMBER_DIFFERS} and {_ONE_NAME}"),
    ("name", "number_differs", f"{_NEAR_ROWS} {_NUMBER_DIFFERS}"),
)


async def match(staged: Staged) -> None:
    """Find the organisations that names tell, once ids and numbers have been asked."""
    await staged.run(*MATCH_AUTHORITIES)
    if not staged.options.makes_authorities:
        await staged.check(NOT_MADE)
    await staged.run(*ALIKE)
    await shared_by_chance(staged)
    await staged.run(TAKE_ALIKE, MATCH_MERGED, NOT_MERGED)


async def note_near(staged: Staged) -> None:
    """Keep out what is near, with its candidates."""
    found = f"{_ALIKE_ROWS} union all {_MERGED_ROWS}"
    if staged.options.finds_near:
        await staged.run(*RESEMBLING)
        found += " union all select row, id, likeness from import_like"
    await staged.run(WITH_CANDIDATES.format(found=_BEST.format(found=found, most=MOST_CANDIDATES), **OF_ROWS))
    await staged.check(*NEAR)
