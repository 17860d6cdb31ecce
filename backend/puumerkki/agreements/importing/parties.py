"""The parties of an imported list: found by id, number or name, and frozen with the version that is made of a row."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from puumerkki.agreements.credential import build_snapshot
from puumerkki.imports.sheets import Staged
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations.importing import mentions
from puumerkki.organisations.importing.other_names import may_be_same

BATCH = 1000
UUID_LENGTH = 36
_ROWS = """
select row, coalesce(target_id, made_id), kind, title, language, starts_on, ends_on, content, parties, party_names,
    payer, worker
from import_row order by row
"""
_SET = """
update import_row set party_ids = %s::uuid[], unknown = %s, ambiguous = %s, called = %s, strangers = %s::text[],
    content = %s::jsonb, snapshot = %s
where row = %s
"""
_FOUND = """
select m.row, o.id, o.names, o.business_id, m.found is null
from import_mention m left join organisation o on o.id = m.found
where m.found is not null or exists (select from import_named n where n.row = m.row)
"""
_OWN = b"select id, names, business_id from organisation where id = %(organisation)s"


@dataclass(frozen=True)
class Party:
    """What somebody wrote means this organisation. `ambiguous`: it means several."""

    id: UUID
    names: dict[str, str]
    business_id: str | None
    ambiguous: bool = False


async def resolve(staged: Staged) -> None:
    """Find the parties of all rows, and make what is frozen of them, batch by batch."""
    own = await (await staged.connection.execute(_OWN, staged.values)).fetchone()
    assert own is not None
    async with staged.connection.cursor(name="agreements") as cursor:
        await cursor.execute(_ROWS)
        while some := await cursor.fetchmany(BATCH):
            found = await _organisations(staged, some)
            await staged.connection.cursor().executemany(_SET, [_resolved(Party(*own), row, found) for row in some])


def _within(said: str) -> Iterator[str]:
    """What may be several parties in one: names have commas and strokes, too."""
    if re.search("[,/]", said):
        yield from filter(None, (part.strip() for part in re.split("[,/]", said)))


def _mention(row: int, said: str) -> tuple[Any, ...]:
    if len(said) == UUID_LENGTH and said.count("-") == 4:
        return row, said, None, None, None, None, None
    if any(character.isalpha() for character in said):
        return row, None, None, None, *mentions.cells_of(said)
    return (row, None, said, None, None, None, None) if "-" in said else (row, None, None, said, None, None, None)


async def _organisations(staged: Staged, rows: Sequence[Any]) -> dict[str, Party]:
    """What the rows name, each as it is written."""
    whole = [one for *_, parties, _, payer, worker in rows for one in (*parties, payer, worker) if one]
    said = list(dict.fromkeys([*whole, *(part for one in whole for part in _within(one))]))
    await staged.run(*mentions.CREATE)
    async with staged.connection.cursor().copy(
        "copy import_mention (row, given_id, business_id, association_register_number, name, plain, place) from stdin"
    ) as stream:
        for number, one in enumerate(said):
            await stream.write_row(_mention(number, one))
    await mentions.find(staged)
    found = await (await staged.connection.execute(_FOUND.encode())).fetchall()
    return {said[number]: Party(*party) for number, *party in found}


def _each(said: Sequence[str], found: Mapping[str, Party]) -> Iterator[str]:
    for one in said:
        within = list(_within(one))
        yield from within if one not in found and within and all(part in found for part in within) else [one]


def _called(names: Sequence[str], parties: Sequence[Party]) -> bool:
    """Whether each of the names may be one of the parties'."""
    known = [name for party in parties for name in party.names.values()]
    return all(any(may_be_same(name, one, by_number=True) for one in known) for name in names)


def _resolved(own: Party, row: Any, found: Mapping[str, Party]) -> tuple[Any, ...]:
    """The importing organisation is the first party, and pays and works where nobody else is said to."""
    number, agreement_id, kind, title, language, starts_on, ends_on, content, written, names, payer, worker = row
    said = list(_each(written, found))
    unknown = next((one for one in said if one not in found or found[one].ambiguous), None)
    parties = {
        party.id: party for party in (own, *(found[one] for one in said if one in found and not found[one].ambiguous))
    }
    strangers = [
        field
        for field, who in (("payer", payer), ("worker", worker))
        if who is not None and who not in said and (who not in found or found[who].id not in parties)
    ]
    by_number = not any(len(one) == UUID_LENGTH for one in said)
    if names and by_number and unknown is None and not _called(names, list(parties.values())):
        strangers.append("party_names")
    if unknown is not None or strangers:
        called = "; ".join(display_name(one.names) for one in parties.values())
        return None, unknown, unknown in found, called, strangers, json.dumps(content), None, number
    for one in content.get("contributions", []):
        by = payer if one["kind"] == "money" else worker
        one["organisation_id"] = str((found[by] if by else own).id)
    snapshot = build_snapshot(
        content,
        agreement_id=agreement_id,
        kind=kind,
        title=title,
        language=language,
        starts_on=starts_on,
        ends_on=ends_on,
        parties=[
            {"id": str(one.id), "name": display_name(one.names, language), "business_id": one.business_id}
            for one in parties.values()
        ],
    )
    return list(parties), None, False, None, [], json.dumps(content), snapshot, number
