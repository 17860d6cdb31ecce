"""An authority's decisions from its case system: each row proposes one, and a decider confirms it here.

The same case is one of the same case number of the authority. What is proposed already, was decided so or was handed
back as it is changes nothing when it comes again.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import Principal, PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.identity.models import ServiceAccount
from puumerkki.imports.cell_types import SheetDay, SheetEuros, meaning, row_fault
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import Check, NotImportable, Sheet, Staged, headings_of, twice
from puumerkki.kernel import clock
from puumerkki.kernel.field_types import Line, Schema, ShortLine, Text
from puumerkki.organisations.importing.owner import open_organisation
from puumerkki.partnerships.models.partner_requests import PartnerOutcome
from puumerkki.partnerships.schemas.decisions import ProposalGiven
from puumerkki.partnerships.service import listed_proposals as listed

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "reference": "reference casenumber viite asianumero tunnus arendenummer referens asiannumero"
            " diaarinumero tapausnumero arendetsnummer diarienummer",
            "outcome": "outcome ratkaisu paatos lopputulos avgorande beslut utfall ratkaisunlaji paatoksenlaji"
            " beslutstyp",
            "sum": "sum amount summa euroa rahaosuus belopp summaeuroa euro myonnettysumma myonnetty beviljatbelopp",
            "body": "body toimielin paattaja paatoksentekija organ beslutsfattare paattavaelin"
            " toimivaltainenviranomainen beslutandeorgan",
            "section": "section pykala paragraf pykalanumero pykalanro paragrafnummer",
            "day": "day decidedon paiva paatospaiva paivamaara dag beslutsdag paatoksenpvm paatospvm"
            " paatospaivamaara beslutsdatum datum",
            "text": "text reason teksti perustelu perustelut motivering perusteluteksti perusteet motiveringar",
            "appeal": "appeal muutoksenhaku muutoksenhakuohje sokandeavandring besvarsanvisning"
            " muutoksenhakuohjeet oikaisuvaatimusohje anvisningaromomprovning",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "reference": "case_number_expected",
        "outcome": "outcome_expected",
        "sum": "euros_expected",
        "body": "short_line_expected",
        "section": "short_line_expected",
        "day": "past_day_expected",
        "text": "text_expected",
        "appeal": "text_expected",
    }
)
_OUTCOMES = {
    "lausunto": "statement",
    "puoltolausunto": "statement",
    "utlatande": "statement",
    "aiesopimus": "letter_of_intent",
    "avsiktsforklaring": "letter_of_intent",
    "sitoumus": "commitment",
    "forbindelse": "commitment",
    "ei": "none",
    "nej": "none",
    "no": "none",
}
_Outcome = Literal[
    PartnerOutcome.statement, PartnerOutcome.letter_of_intent, PartnerOutcome.commitment, PartnerOutcome.none
]


class ProposalRow(Schema):
    """A good row."""

    reference: Line
    outcome: Annotated[_Outcome, meaning(_OUTCOMES)]
    sum: SheetEuros | None = None
    body: ShortLine
    section: ShortLine | None = None
    day: SheetDay
    text: Text | None = None
    appeal: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ProposalRow":
        if self.day > clock.today():
            raise row_fault("day", EXPECTED["day"])
        if self.outcome is PartnerOutcome.none:
            for name in ("text", "appeal"):
                if getattr(self, name) is None:
                    raise row_fault(name, "needed_for_no")
            if self.sum is not None:
                raise row_fault("sum", "not_with_no")
        return self


def _cells(row: ProposalRow) -> tuple[Any, ...]:
    return row.reference, row.outcome, row.sum, row.body, row.section, row.day, row.text, row.appeal


_TWICE = twice("reference", "reference", fault="case_twice", keys="reference", condition="true")
_MATCH = (
    "update import_row i set case_id = p.id from partner_request p"
    " where p.authority_id = %(organisation)s::uuid and p.case_number = i.reference"
)
_NOT_FOUND: Check = (
    "reference",
    "case_not_found",
    "select row, reference, null::int from import_row where case_id is null",
)
# in the order in which whatever does several cases locks them
_ROWS = (
    b"select i.row, i.case_id, i.outcome, i.sum, i.body, i.section, i.day, i.text, i.appeal from import_row i"
    b" join partner_request p on p.id = i.case_id order by p.application_id, p.id"
)
_FAULTS = {
    "decided_otherwise": "decided_otherwise",
    "proposed_otherwise": "proposed_otherwise",
    "wrong_state": "case_not_in_preparation",
    "endorsement_missing": "puumerkki_needed",
    "endorsement_expired": "puumerkki_needed",
    "conditions_open": "puumerkki_needed",
}
"""What is wrong with a case; all else is about who proposes."""


async def _begin(staged: Staged) -> None:
    await open_organisation(staged)
    await _proposer(staged)


async def _proposer(staged: Staged) -> Actor:
    """Who proposes, with what they may now: the file may have waited."""
    by: UUID | None = staged.values["actor"]
    if by is None:
        raise NotImportable("proposer_needed")
    kind = PrincipalKind((await staged.session.get_one(Principal, by)).kind)
    account = await staged.session.get(ServiceAccount, by)
    scopes = None if account is None else frozenset(account.scopes)
    actor = await load_actor(staged.session, Caller(by, kind, scopes))
    needed = (P.partner_requests_read, P.partner_requests_propose)
    if not all(actor.may(one, on=staged.options.organisation_id) for one in needed):
        raise NotImportable("may_not_propose")
    return actor


async def _settle(staged: Staged) -> None:
    await staged.run(_MATCH)
    await staged.check(_NOT_FOUND)
    actor = await _proposer(staged)
    found = await (await staged.connection.execute(_ROWS)).fetchall()
    wrong: list[int] = []
    for row, case_id, *said in found:
        verdict = await listed.judged(staged.session, actor, _listed(case_id, *said))
        if verdict.code is not None:
            late = verdict.pointer == "/decided_on"
            name, value = ("day", str(said[4])) if late else ("reference", verdict.case_number)
            fault = verdict.code if late else _FAULTS.get(verdict.code, "proposer_kept_out")
            staged.findings.add(row, staged.headings.get(name, name), value, fault)
            wrong.append(row)
        elif verdict.known:
            changed = [] if verdict.same else ["proposal"]
            await staged.connection.execute(
                b"update import_row set target_id = case_id, changed = %s where row = %s", [changed, row]
            )
    await staged.connection.execute(b"delete from import_row where row = any(%s)", [wrong])
    await staged.check_repeated(_TWICE)


def _listed(
    case_id: UUID, outcome: str, cents: int | None, body: str, section: Any, day: Any, text: Any, appeal: Any
) -> listed.Listed:
    given = ProposalGiven.model_validate(
        {
            "outcome": outcome,
            "body": body,
            "section": section,
            "decided_on": day,
            "reason": text,
            "appeal": appeal,
        }
    )
    return listed.Listed(case_id, given, cents)


async def _tell(session: AsyncSession, staged: Staged) -> None:
    actor = await _proposer(staged)
    found = await (await staged.connection.execute(_ROWS)).fetchall()
    await listed.propose_all(session, actor, [_listed(case_id, *said) for _, case_id, *said in found])


PROPOSALS = Sheet(
    kind=ImportKind.proposals,
    row=ProposalRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns={
        "row": "int4",
        "made_id": "uuid",
        "event_id": "uuid",
        "reference": "text",
        "outcome": "text",
        "sum": "int8",
        "body": "text",
        "section": "text",
        "day": "date",
        "text": "text",
        "appeal": "text",
    },
    cells=_cells,
    table="partner_request",
    shown={"proposal": ("null::text", "i.outcome")},
    more=", case_id uuid",
    begin=_begin,
    settle=_settle,
    statements=(),
    tell=_tell,
)
