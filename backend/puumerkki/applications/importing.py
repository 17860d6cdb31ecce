"""An organisation's drafts of applications from a CSV file: the same application is one of the same title, not ended.

What was submitted already is not overwritten. A blank cell clears its part. Networks, authorities and calls are chosen
in the draft itself.
"""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.events.applications import ApplicationChanged, ApplicationCreated, ApplicationDeleted
from puumerkki.imports.cell_types import (
    LANGUAGES,
    SPLIT,
    SheetDay,
    SheetEuros,
    TargetGroup,
    meaning,
    row_fault,
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
    given,
    headings_of,
    id_unknown,
    keep,
    lock,
    twice,
)
from puumerkki.imports.titles import find_same, plain, several, take_same
from puumerkki.kernel.field_types import Language, Line, Text
from puumerkki.organisations.importing.owner import open_organisation

TEXTS = ("purpose", "goals", "methods", "partners", "complements", "cooperation", "needs")
PARTS = (*TEXTS, "target_groups", "duration")
"""The parts of the content that a table can hold."""
SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            **EXTERNAL_SYNONYMS,
            "title": "title otsikko nimi hakemus hanke rubrik namn hakemuksennimi hakemuksenotsikko"
            " hankkeennimi hankenimi projekti projektinnimi ansokan ansokansrubrik projekt projektnamn",
            "purpose": "purpose miksi tarkoitus tarkoitusperustelut varfor kayttotarkoitus hakemuksentarkoitus"
            " perustelut andamal syfte",
            "target_groups": "targetgroups kohderyhma kohderyhmat malgrupper kohdejoukko malgrupp",
            "goals": "goals tavoitteet tavoite mal tavoitteetjatulokset malsattning malsattningar",
            "methods": "methods miten toimenpiteet menetelmat hur toiminta toimintatavat keinot metoder atgarder",
            "starts_on": "startson alkaa alku alkupaiva borjar alkamispaiva alkupvm alkaapvm begynner startdatum",
            "ends_on": "endson paattyy loppu loppupaiva slutar paattymispaiva loppupvm paattyypvm slutdatum upphor",
            "partners": "partners kumppanit partner yhteistyokumppanit kumppani samarbetspartner samarbetspartners",
            "complements": "complements taydentaa kompletterar",
            "cooperation": "cooperation yhteistyo toivottuyhteistyo samarbete",
            "needs": "needs tarpeet tarve behov",
            "amount": "amount amounteuros summa haettavasumma haettuavustus avustus belopp summaeuroa summaeur"
            " haettusumma haettuavustuseuroa haettavaavustus haettumaara avustussumma avustuksenmaara"
            " euroa euro ansoktbelopp soktbelopp soktunderstod understod",
            "language": "language kieli sprak",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        **EXTERNAL,
        **dict.fromkeys(TEXTS, "text_expected"),
        "title": "title_expected",
        "target_groups": "target_groups_expected",
        "starts_on": "day_expected",
        "ends_on": "end_expected",
        "amount": "euros_expected",
        "language": "language_expected",
    }
)


class ApplicationRow(KnownRow):
    """A good row."""

    id: UUID | None = None
    title: Line
    purpose: Text | None = None
    target_groups: Annotated[
        list[TargetGroup], SPLIT, Field(max_length=50), AfterValidator(lambda codes: list(dict.fromkeys(codes)))
    ] = []
    goals: Text | None = None
    methods: Text | None = None
    starts_on: SheetDay | None = None
    ends_on: SheetDay | None = None
    partners: Text | None = None
    complements: Text | None = None
    cooperation: Text | None = None
    needs: Text | None = None
    amount: SheetEuros | None = None
    language: Annotated[Language, meaning(LANGUAGES)] = "fi"

    @property
    def content(self) -> dict[str, Any]:
        """The parts, as an application holds them."""
        parts: dict[str, Any] = {name: getattr(self, name) for name in (*TEXTS, "target_groups")}
        if self.starts_on and self.ends_on:
            parts["duration"] = {"starts_on": self.starts_on.isoformat(), "ends_on": self.ends_on.isoformat()}
        return {name: value for name, value in parts.items() if value}

    @model_validator(mode="after")
    def _whole(self) -> "ApplicationRow":
        if (self.starts_on is None) != (self.ends_on is None):
            raise row_fault("ends_on", "days_incomplete")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise row_fault("ends_on", EXPECTED["ends_on"])
        return self


async def _known(session: AsyncSession) -> Known:
    return {"target_group": await target_groups(session)}


def _cells(row: ApplicationRow) -> tuple[Any, ...]:
    content = json.dumps(row.content, ensure_ascii=False)
    return row.id, row.external_scheme, row.external_id, row.title, content, row.amount, row.language


_TWICE = twice(
    "title",
    "title",
    fault="application_twice",
    keys=plain("title"),
    condition="given_id is null and external_id is null",
)
_EXTERNAL_TWICE = twice(
    "external_id",
    "external_id",
    fault="application_twice",
    keys="external_scheme, external_id",
    condition="external_id is not null",
)
_SAME_TWICE = twice("title", "title", fault="application_twice", keys="target_id", condition="target_id is not null")
_IN_FILE = " union all ".join(
    f"select '{part}' where {given('starts_on' if part == 'duration' else part)}" for part in PARTS
)
_MERGE = (
    f"update import_row i set content = (a.content - array({_IN_FILE})) || i.content"
    " from application a where a.id = i.target_id"
)
_COMPARED = ("title", "amount_cents", "language", "external_scheme", "external_id")
_COMPARE = compare(
    "application",
    _COMPARED,
    further=[
        f"case when o.content->'{part}' is distinct from i.content->'{part}' then 'content.{part}' end"
        for part in PARTS
    ],
)
_SUBMITTED: Check = (
    "title",
    "submitted_already",
    "select i.row, i.title, null::int from import_row i join application a on a.id = i.target_id"
    " where a.state <> 'draft' and i.changed <> '{}'",
)
_UPSERT = """
insert into application
    (id, created_at, updated_at, version, applicant_id, state, title, language, content, private, amount_cents,
    external_scheme, external_id)
select target_id, %(now)s::timestamptz, %(now)s::timestamptz, 1, %(organisation)s::uuid, 'draft', title, language,
    content, '{}'::jsonb, amount_cents, external_scheme, external_id
from import_row order by row
on conflict (id) do update set updated_at = excluded.updated_at, version = application.version + 1,
    title = excluded.title, language = excluded.language, content = excluded.content,
    amount_cents = excluded.amount_cents, external_scheme = excluded.external_scheme,
    external_id = excluded.external_id
"""
_TELL = f"""
insert into event (id, occurred_at, type, tier, actor_id, subject_kind, subject_id, related, changed, data)
select event_id, %(now)s::timestamptz,
    case when target_id = made_id then '{ApplicationCreated.type}' else '{ApplicationChanged.type}' end,
    '{ApplicationChanged.tier}', %(actor)s::uuid, 'application', target_id, '{{}}'::uuid[], changed, '{{}}'::jsonb
from import_row order by row
"""


async def _settle(staged: Staged) -> None:
    theirs = "o.applicant_id = %(organisation)s::uuid"
    await staged.run(by_external_id("application", belongs=theirs))
    await find_same(staged, "application", (), f"{theirs} and o.state in ('draft', 'active') and {NOT_ANOTHERS}")
    await staged.check(several("application_of_several"))
    fields = {"amount_cents": "amount", "language": "language"}
    await staged.run(by_id("application", belongs=theirs))
    await take_same(staged)
    await staged.check(id_unknown(), external_taken("application", belongs=theirs))
    await staged.run(lock("application"), keep_external("application"), keep("application", fields), _MERGE, _COMPARE)
    await staged.check(_SUBMITTED)
    await staged.check_repeated(_EXTERNAL_TWICE, _SAME_TWICE, _TWICE)


APPLICATIONS = Sheet(
    kind=ImportKind.applications,
    row=ApplicationRow,
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
        "content": "jsonb",
        "amount_cents": "int8",
        "language": "text",
    },
    cells=_cells,
    table="application",
    shown=both(*_COMPARED) | {f"content.{part}": (f"o.content->'{part}'", f"i.content->'{part}'") for part in PARTS},
    restored=(*_COMPARED, "content"),
    undo=Undo(
        subject="application",
        removed=(ApplicationDeleted.type, f"'{ApplicationDeleted.tier}'"),
        changed=(ApplicationChanged.type, f"'{ApplicationChanged.tier}'"),
    ),
    known=_known,
    begin=open_organisation,
    settle=_settle,
    statements=(_UPSERT, _TELL),
)
