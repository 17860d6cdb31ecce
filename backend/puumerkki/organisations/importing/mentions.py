"""Which organisations the rows of other kinds name: by our id, by number, else by the plain form of a name.

The surest way that is given counts. A municipality is found by any of its names; one that was merged leads to the one
as which it goes on. Another number, or a name that is quite another, contradicts what was found.
"""

from collections.abc import Sequence
from typing import Any

from puumerkki.imports.sheets import Check, Staged
from puumerkki.organisations.importing.candidates import CALLED, OF_MENTIONS, WENT, WITH_CANDIDATES
from puumerkki.organisations.importing.other_names import may_be_same
from puumerkki.organisations.naming import name_key
from puumerkki.reference.spellings import former_municipalities, municipality_of

MOST_CANDIDATES = 5
MOST_ROWS = 1000
"""Names that nobody has for which what resembles them is looked for."""
LIKENESS = 0.6
NUMBERS = ("business_id", "association_register_number")
_GOES_ON = "(o.state = 'active' or o.merged_into_id is not null)"
CREATE = (
    "drop table if exists import_mention, import_named",
    "create temporary table import_mention (row int4, given_id uuid, business_id text,"
    " association_register_number text, name text, plain text, place text, found uuid, first_found uuid,"
    " differs bool not null default false)"
    " on commit drop",
    *WENT,
)
"""`first_found`: what was found before mergers were followed."""
_BY_NUMBER = tuple(
    f"update import_mention m set found = o.id from organisation o where {before} and {_GOES_ON}"
    f" and o.{'id' if name == 'given_id' else name} = m.{name}"
    for name, before in (
        ("given_id", "true"),
        ("business_id", "m.given_id is null"),
        ("association_register_number", "m.given_id is null and m.business_id is null"),
    )
)
_BY_NAME_ALONE = "m.given_id is null and m.business_id is null and m.association_register_number is null"
_NAMED = f"""
create temporary table import_named on commit drop as
select row, id, goes_on, min(rank) over (partition by row) = rank as best from (
    select m.row, o.id, coalesce(w.goes_on, o.id) as goes_on,
        case when w.id is not null then 3 when m.name in (o.names->>'fi', o.names->>'sv', o.names->>'en') then 1
            else 2 end as rank
    from import_mention m
    join (select *, unnest(name_keys) as key from organisation o where {_GOES_ON}) o on o.key = m.plain
    left join import_went w on w.id = o.id
    where {_BY_NAME_ALONE}
    union all
    select m.row, o.id, o.id, 0 from import_mention m join organisation o on o.home_municipality_code = m.place
    where {_BY_NAME_ALONE} and o.legal_form = 'municipality' and o.state = 'active'
) ranked
"""
"""The same name to the letter goes before the same plain form, and both before the name of one that was merged."""
_ANY_BY_NAME = f"select from import_mention m where {_BY_NAME_ALONE} limit 1"
_FOLLOW = (
    "update import_mention m set found = f.id from (select row, min(id::text)::uuid as id from import_named where best"
    " group by row having count(distinct goes_on) = 1) f where f.row = m.row",
    "update import_mention set first_found = found",
    "update import_mention m set found = w.goes_on from import_went w where w.id = m.found",
)
_RENAMED = f"""
select m.row, m.name, m.given_id is null, array[o.names, f.names], array[o.home_municipality_code]
from import_mention m join organisation o on o.id = m.found join organisation f on f.id = m.first_found
where m.name is not null and not ({_BY_NAME_ALONE}) and not (o.name_keys || f.name_keys) @> array[m.plain]
    and m.place is distinct from case when o.legal_form = 'municipality' then o.home_municipality_code else '-' end
"""
OTHER_NUMBER: tuple[Check, ...] = tuple(
    (
        number,
        fault,
        f"select m.row, m.{number}, null::int, concat_ws(' ≠ ', {CALLED.format('f')}, {CALLED.format('o')})"
        f" from import_mention m join organisation o using ({number}) left join import_went w on w.id = o.id"
        f" join organisation f on f.id = m.found where coalesce(w.goes_on, o.id) <> f.id and {_GOES_ON}",
    )
    for number, fault in zip(NUMBERS, ("business_id_of_another", "register_number_of_another"), strict=True)
)
"""A number of another organisation than the one that was found."""
_RESEMBLING = f"""
select m.row, o.id, similarity(key, m.plain) as likeness from (
    select * from import_mention m where found is null and plain <> '' and {_BY_NAME_ALONE}
    and not exists (select from import_named n where n.row = m.row) order by row limit {MOST_ROWS}) m
cross join lateral (select id, unnest(name_keys) as key from organisation o where o.state = 'active'
    and o.search_text %%> m.plain) o
where similarity(key, m.plain) >= {LIKENESS}
"""
RESEMBLING = (
    "drop table if exists import_like",
    f"set local pg_trgm.word_similarity_threshold = {LIKENESS}",
    f"create temporary table import_like on commit drop as {_RESEMBLING}",
)
_SEVERAL = "select n.row, n.goes_on as id from import_named n join import_mention m using (row)"
_SEVERAL += " where n.best and m.found is null"
_CANDIDATES = f"""
select row, id, likeness from (
    select *, row_number() over (partition by row order by likeness desc, id) as place from (
        select row, id, max(likeness) as likeness from (
            select row, found as id, 0::float4 as likeness from import_mention where differs
            union all select row, id, 1 from ({_SEVERAL}) several
            union all select row, id, likeness from import_like
        ) every group by row, id
    ) best
) placed where place <= {MOST_CANDIDATES}
"""
NEAR: tuple[Check, ...] = (
    (
        "name",
        "name_differs",
        f"select m.row, m.name, null::int, {CALLED.format('o')} from import_mention m"
        " join organisation o on o.id = m.found where m.differs",
    ),
    (
        "name",
        "name_of_several",
        f"select row, name, null::int from import_mention where row in (select row from ({_SEVERAL}) several)",
    ),
    (
        "name",
        "name_resembles",
        "select distinct m.row, m.name, null::int from import_mention m join import_like using (row)",
    ),
)
MERGED: Check = (
    "name",
    "organisation_merged",
    f"select m.row, coalesce(m.name, ''), null::int, concat_ws(' → ', {CALLED.format('f')}, {CALLED.format('o')})"
    " from import_mention m join organisation o on o.id = m.found join organisation f on f.id = m.first_found"
    " where m.first_found <> m.found",
)
"""What was merged is meant by the one as which it goes on, which is said."""


def cells_of(name: str | None) -> tuple[str | None, str | None, str | None]:
    """For `import_mention`: a name, its plain form, and today's municipality that is called so."""
    if name is None:
        return None, None, None
    place = municipality_of(name)
    former = former_municipalities().get(place or "")
    return name, name_key(name), place if former is None else former.into[0]


async def find(staged: Staged) -> None:
    """Find what the rows of `import_mention` name, once it is filled, and mark those that are called otherwise."""
    await staged.run("analyze import_mention", *_BY_NUMBER)
    by_name = await (await staged.connection.execute(_ANY_BY_NAME.encode())).fetchone()
    # to read all names takes a while, and lists of numbers need none
    await staged.run(_NAMED if by_name is not None else f"{_NAMED} limit 0", *_FOLLOW)
    wrong: list[int] = []
    async with staged.connection.cursor(name="mentioned") as cursor:
        await cursor.execute(_RENAMED.encode())
        while some := await cursor.fetchmany(1000):
            wrong += [row for row, *said in some if _is_other(*said)]
    await staged.connection.execute(b"update import_mention set differs = true where row = any(%s)", [wrong])


async def note_near(staged: Staged) -> None:
    """Keep out what contradicts itself, and what somebody has to decide, with the candidates."""
    await staged.run(*RESEMBLING)
    await staged.run(WITH_CANDIDATES.format(found=_CANDIDATES, **OF_MENTIONS))
    await staged.check(*NEAR, *OTHER_NUMBER)


def _is_other(name: str, by_number: bool, known: Sequence[dict[str, str]], places: Sequence[Any]) -> bool:
    names = [one for names in known for one in names.values()]
    return not any(may_be_same(name, one, *places, by_number=by_number) for one in names)
