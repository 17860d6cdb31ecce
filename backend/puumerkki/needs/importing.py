"""A network's needs from a CSV file: the same need is one of the same title in the same municipality.

They are raised for the network itself, which then agrees on them. A blank cell clears evidence, area and target groups.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.cell_types import (
    LANGUAGES,
    SPLIT,
    MunicipalityCode,
    TargetGroup,
    meaning,
    merged_municipalities,
    target_groups,
)
from puumerkki.imports.known_elsewhere import (
    EXTERNAL,
    EXTERNAL_SYNONYMS,
    NOT_ANOTHERS,
    KnownRow,
    by_external_id,
    external_taken,
    keep_external,
)
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import (
    OUR_ID,
    Check,
    Known,
    Sheet,
    Staged,
    Undo,
    both,
    by_id,
    compare,
    headings_of,
    id_unknown,
    keep,
    lock,
    twice,
)
from puumerkki.imports.titles import find_same, plain, several, take_same
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.field_types import Language, Line, Text
from puumerkki.needs.events import NeedChanged, NeedDeleted, NeedRaised
from puumerkki.networks.importing.members import open_network
from puumerkki.reference.spellings import municipality_of

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            **EXTERNAL_SYNONYMS,
            "title": "title need otsikko tarve nimi rubrik behov tarpeennimi tarpeenotsikko aihe behovetsrubrik"
            " behovetsnamn",
            "description": "description kuvaus beskrivning tarpeenkuvaus kuvausteksti selite selitys behovsbeskrivning",
            "municipality": "municipality municipalitycode kunta kommun kotikunta kunnannimi kuntakoodi kaupunki"
            " paikkakunta kommunkod ort",
            "area": "area alue asuinalue omrade kaupunginosa kyla alueennimi stadsdel bostadsomrade byomrade",
            "target_groups": "targetgroups targetgroup kohderyhma kohderyhmat malgrupp malgrupper kenelle kohdejoukko",
            "evidence": "evidence perustelu perustelut tietopohja havainnot underlag tausta taustatieto"
            " taustatiedot naytto havainto bakgrund motivering",
            "language": "language kieli sprak",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        **EXTERNAL,
        "title": "title_expected",
        "description": "text_expected",
        "municipality": "municipality_expected",
        "area": "area_expected",
        "target_groups": "target_groups_expected",
        "evidence": "text_expected",
        "language": "language_expected",
    }
)


class NeedRow(KnownRow):
    """A good row."""

    id: UUID | None = None
    title: Line
    description: Text
    municipality: MunicipalityCode
    area: Line | None = None
    target_groups: Annotated[list[TargetGroup], SPLIT, Field(max_length=20)] = []
    evidence: Text | None = None
    language: Annotated[Language, meaning(LANGUAGES)] = "fi"


async def _known(session: AsyncSession) -> Known:
    return {"target_group": await target_groups(session)}


def _cells(row: NeedRow) -> tuple[Any, ...]:
    groups = list(dict.fromkeys(row.target_groups))
    return (
        row.id,
        row.external_scheme,
        row.external_id,
        row.title,
        sort_key(row.title),
        row.description,
        row.municipality,
        row.area,
        groups,
        row.evidence,
        row.language,
    )


_FIELDS = {
    "description": "description",
    "area_id": "area",
    "target_groups": "target_groups",
    "evidence": "evidence",
    "language": "language",
}
"""What can change, and the file's field."""
_COMPARED = ("title", "municipality_code", "external_scheme", "external_id", *_FIELDS)
"""And what else can where the row names the need by its id, here or in another system."""
_TWICE = twice(
    "title",
    "title",
    fault="need_twice",
    keys=f"{plain('title')}, municipality_code",
    condition="given_id is null and external_id is null",
)
_SAME_TWICE = twice("title", "title", fault="need_twice", keys="target_id", condition="target_id is not null")
_EXTERNAL_TWICE = twice(
    "external_id",
    "external_id",
    fault="need_twice",
    keys="external_scheme, external_id",
    condition="external_id is not null",
)
_AREA = (
    "update import_row i set area_id = a.id from area a where a.municipality_code = i.municipality_code"
    " and lower(i.area) in (lower(a.names->>'fi'), lower(a.names->>'sv'), lower(a.names->>'en'))"
    " and a.valid_from <= %(today)s::date and (a.valid_until is null or a.valid_until >= %(today)s::date)"
)
_NO_AREA: Check = (
    "area",
    "area_not_found",
    "select row, area, null::int from import_row where area is not null and area_id is null",
)
_SORTED = "update import_row i set sort_key = n.sort_key from need n where n.id = i.target_id and n.title = i.title"
_COLUMNS = (
    "title, sort_key, description, municipality_code, area_id, target_groups, evidence, language, external_scheme,"
    " external_id"
)
_UPSERT = f"""
insert into need (id, created_at, updated_at, version, network_id, raised_by, state, {_COLUMNS})
select target_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, %(network)s::uuid, %(actor)s::uuid, 'raised',
    {_COLUMNS}
from import_row order by row
on conflict (id) do update set updated_at = excluded.updated_at, version = need.version + 1,
    {", ".join(f"{name} = excluded.{name}" for name in (*_COMPARED, "sort_key"))}
"""
_TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select i.event_id, %(now)s::timestamptz,
    case when n.id = i.made_id then '{NeedRaised.type}' else '{NeedChanged.type}' end,
    case when n.agreed_at is null then '{NeedRaised.tier}' else '{NeedChanged.tier}' end, %(actor)s::uuid, 'need', n.id,
    array[n.network_id], i.changed, '{{}}'::jsonb
from import_row i join need n on n.id = i.target_id order by i.row
"""


async def _settle(staged: Staged) -> None:
    await staged.run(_AREA)
    await staged.check(_NO_AREA)
    theirs = "o.network_id = %(network)s::uuid"
    await staged.run(by_external_id("need", belongs=theirs))
    await find_same(staged, "need", ("municipality_code",), f"{theirs} and {NOT_ANOTHERS}")
    await staged.check(several("need_of_several"))
    await staged.run(by_id("need", belongs=theirs))
    await take_same(staged)
    await staged.run(_SORTED)
    await staged.check(id_unknown(), external_taken("need", belongs=theirs))
    await staged.check_repeated(_EXTERNAL_TWICE, _SAME_TWICE, _TWICE)
    await staged.run(lock("need"), keep_external("need"), keep("need", _FIELDS), compare("need", _COMPARED))


NEEDS = Sheet(
    kind=ImportKind.needs,
    row=NeedRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "given_id": "uuid",
        "external_scheme": "text",
        "external_id": "text",
        "title": "text",
        "sort_key": "text",
        "description": "text",
        "municipality_code": "text",
        "area": "text",
        "target_groups": "text[]",
        "evidence": "text",
        "language": "text",
    },
    cells=_cells,
    table="need",
    shown=both(*_COMPARED),
    restored=(*_COMPARED, "sort_key"),
    undo=Undo(
        subject="need",
        removed=(NeedDeleted.type, f"'{NeedDeleted.tier}'"),
        changed=(
            NeedChanged.type,
            f"case when o.agreed_at is null then '{NeedRaised.tier}' else '{NeedChanged.tier}' end",
        ),
        related="array[o.network_id]",
    ),
    more=", area_id uuid",
    known=_known,
    alike={"municipality": municipality_of},
    notes=lambda _, cells: merged_municipalities(cells, ("municipality",)),
    begin=open_network,
    settle=_settle,
    statements=(_UPSERT, _TELL),
)
