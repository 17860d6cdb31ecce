"""An organisation's list of agreements that were signed on paper: each is recorded, and the other parties are asked.

The same agreement is one of the same reference of the same organisation. What was recorded does not change by import.
"""

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements.importing import statements as sql
from puumerkki.agreements.importing.parties import resolve
from puumerkki.agreements.models import AgreementKind
from puumerkki.agreements.service.drafting import MOST_YEARS
from puumerkki.imports.cell_types import (
    KEY,
    LANGUAGES,
    SPLIT,
    SheetDay,
    SheetEuros,
    TargetGroup,
    cell_fault,
    meaning,
    plain_word,
    row_fault,
    sheet_cents,
    target_groups,
)
from puumerkki.imports.models import ImportKind
from puumerkki.imports.sheets import OUR_ID, Known, Sheet, Staged, both, headings_of, id_unknown, lock
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.field_types import Cents, Count, Language, Line, Schema, Text
from puumerkki.organisations.importing.candidates import CALLED
from puumerkki.organisations.importing.owner import open_organisation
from puumerkki.organisations.rules import BusinessId, RegisterNumber

SYNONYMS: Mapping[str, str] = MappingProxyType(
    headings_of(
        {
            "reference": "reference viite tunnus asianumero referens beteckning sopimusnumero sopimustunnus"
            " sopimusnro diaarinumero avtalsnummer arendenummer diarienummer",
            "kind": "kind laji tyyppi sopimuslaji slag typ sopimustyyppi sopimuksenlaji sopimuksentyyppi"
            " avtalstyp avtalsslag",
            "title": "title nimi otsikko sopimus namn rubrik avtal sopimuksennimi aihe avtaletsnamn avtalsnamn",
            "language": "language kieli sprak",
            "parties": "parties osapuolet osapuoli parter part sopijaosapuolet sopijapuolet toinenosapuoli"
            " sopimuskumppani avtalsparter avtalspart motpart",
            "party_names": "partynames osapuoltennimet parternasnamn namesoftheparties",
            "starts_on": "startson alkaa alku alkupaiva borjar alkamispaiva alkupvm voimassaalkaen voimaan"
            " startdatum begynner gallerfran",
            "ends_on": "endson paattyy loppu loppupaiva slutar paattymispaiva loppupvm voimassaasti"
            " voimassapaattyen slutdatum upphor gallertill",
            "purpose": "purpose tarkoitus kohde syfte andamal sopimuksenkohde sopimuksentarkoitus sisalto"
            " avtaletssyfte innehall",
            "target_groups": "targetgroups kohderyhma kohderyhmat malgrupper",
            "money": "money euros rahavuodessa eurotvuodessa euroavuodessa pengarperar summa eurvuosi"
            " eurotvuosi vuosisumma rahasumma beloppperar europerar",
            "money_by_year": "moneybyyear eurosbyyear rahavuosittain eurotvuosittain pengararsvis",
            "payer": "payer maksaja betalare",
            "hours": "hours workingtime tyoaika tuntejavuodessa tuntiavuodessa tyotunnit arbetstid timmarperar",
            "hours_by_year": "hoursbyyear tyoaikavuosittain tunnitvuosittain arbetstidarsvis timmararsvis",
            "worker": "worker kenentyoaika tyoajanantaja arbetstidav",
            "notice_months": "noticemonths irtisanomisaika irtisanomisaikakk uppsagningstid uppsagningstidman"
            " irtisanomisaikakuukausina irtisanomisaikakuukautta uppsagningstidimanader",
            "signed_on": "signedon allekirjoitettu allekirjoituspaiva undertecknat allekirjoituspvm"
            " allekirjoitettupvm allekirjoituspaivamaara undertecknatdatum undertecknad",
        }
    )
)
EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        **OUR_ID,
        "reference": "reference_expected",
        "kind": "agreement_kind_expected",
        "title": "title_expected",
        "language": "language_expected",
        "parties": "parties_expected",
        "party_names": "parties_expected",
        "starts_on": "day_expected",
        "ends_on": "period_end_expected",
        "purpose": "text_expected",
        "target_groups": "target_groups_expected",
        "money": "euros_expected",
        "money_by_year": "euros_by_year_expected",
        "payer": "payer_expected",
        "hours": "hours_expected",
        "hours_by_year": "hours_by_year_expected",
        "worker": "worker_expected",
        "notice_months": "notice_expected",
        "signed_on": "past_day_expected",
    }
)
_KINDS = {
    **dict.fromkeys(("yhteistyosopimus", "yhteistyo", "samarbetsavtal", "samarbete"), "cooperation"),
    **dict.fromkeys(("kumppanuussopimus", "kumppanuus", "partnerskapsavtal", "partnerskap"), "partnership"),
    **dict.fromkeys(("ostopalvelusopimus", "ostopalvelu", "koptjanstavtal", "koptjanst"), "service_purchase"),
    "cooperation agreement": "cooperation",
    "partnership agreement": "partnership",
    "service purchase agreement": "service_purchase",
}
_NO_END = re.compile("toistaiseksi|tills vidare|until further notice|open.ended")
_YEAR_AND_AMOUNT = re.compile(r"\s*(\d{4})\s*[=:]\s*(.+)")
_NUMBERS: tuple[TypeAdapter[str], ...] = (TypeAdapter(BusinessId), TypeAdapter(RegisterNumber))


def _party(value: str) -> str:
    """A party as the database knows it: by its id, its business id, its register number, or what it is called."""
    try:
        return str(UUID(value.strip()))
    except ValueError:
        if any(character.isalpha() for character in value):
            return value
    for number in _NUMBERS:
        try:
            return number.validate_python(value)
        except ValidationError:
            continue
    raise ValueError("no number")


def _parts(value: str) -> list[str]:
    """What stands between signs that no name has."""
    return [part.strip() for part in re.split(r"[;|\n]", value) if part.strip()]


def _hours(value: str) -> int:
    """Whole hours, with spaces between thousands where somebody likes them."""
    return int("".join(str(value).split()))


def _by_year(amount_of: Callable[[str], int]) -> BeforeValidator:
    """Years, each once, with what is put in."""

    def read(value: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for part in _parts(value):
            match = _YEAR_AND_AMOUNT.fullmatch(part)
            if match is None or int(match[1]) in found:
                raise ValueError("no year and amount")
            found[int(match[1])] = amount_of(match[2])
        return found

    return BeforeValidator(read)


def _with_end(value: Any) -> Any:
    """A day: what people write of an agreement without one is told as such."""
    if _NO_END.search(plain_word(str(value))):
        raise cell_fault("end_needed")
    return value


Party = Annotated[str, AfterValidator(_party)]
SheetYear = Annotated[int, Field(ge=1990, le=2200)]
NEEDED = ("reference", "starts_on", "ends_on", "purpose", "signed_on")
"""What a row says of an agreement that is not here yet."""
MOST_PUTS = 50
"""So many years a cell tells of."""


class AgreementRow(Schema):
    """A good row."""

    id: UUID | None = None
    """Of an agreement that is there: then cells that are left empty ask nothing."""
    reference: Annotated[Line | None, KEY] = None
    kind: Annotated[AgreementKind, meaning(_KINDS)]
    title: Line
    language: Annotated[Language, meaning(LANGUAGES)] = "fi"
    parties: Annotated[list[Party], BeforeValidator(_parts), Field(max_length=20)] = []
    party_names: Annotated[list[Line], BeforeValidator(_parts), Field(max_length=20)] = []
    """Instead of `parties`, or beside them, as lists from here have both."""
    starts_on: SheetDay | None = None
    ends_on: Annotated[SheetDay | None, BeforeValidator(_with_end)] = None
    purpose: Text | None = None
    target_groups: Annotated[
        list[TargetGroup], SPLIT, Field(max_length=50), AfterValidator(lambda codes: list(dict.fromkeys(codes)))
    ] = []
    money: SheetEuros | None = None
    money_by_year: Annotated[dict[SheetYear, Cents], _by_year(sheet_cents), Field(max_length=MOST_PUTS)] = {}
    payer: Party | None = None
    hours: Annotated[Count, BeforeValidator(_hours)] | None = None
    hours_by_year: Annotated[dict[SheetYear, Count], _by_year(_hours), Field(max_length=MOST_PUTS)] = {}
    worker: Party | None = None
    notice_months: Annotated[int, Field(ge=0, le=60)] | None = None
    signed_on: SheetDay | None = None

    @property
    def content(self) -> dict[str, Any]:
        """What is agreed, as an agreement holds it, but for who pays and who works."""
        puts: list[dict[str, Any]] = []
        for kind, unit, every, single in (
            ("money", "cents", self.money, self.money_by_year),
            ("working_time", "hours", self.hours, self.hours_by_year),
        ):
            puts += [] if every is None else [{"kind": kind, unit: every}]
            puts += [{"kind": kind, "year": year, unit: amount} for year, amount in single.items()]
        parts = {"purpose": self.purpose, "target_groups": self.target_groups, "contributions": puts}
        notice = {} if self.notice_months is None else {"notice_months": self.notice_months}
        return {name: value for name, value in parts.items() if value} | notice

    @model_validator(mode="after")
    def _whole(self) -> "AgreementRow":
        if not self.parties and not self.party_names:
            raise row_fault("parties", EXPECTED["parties"])
        missing = [name for name in NEEDED if getattr(self, name) is None]
        if self.id is None and missing:
            raise row_fault(missing[0], EXPECTED[missing[0]])
        if (
            self.starts_on
            and self.ends_on
            and (self.ends_on < self.starts_on or self.ends_on.year - self.starts_on.year > MOST_YEARS)
        ):
            raise row_fault("ends_on", EXPECTED["ends_on"])
        if self.signed_on and self.signed_on > clock.today():
            raise row_fault("signed_on", EXPECTED["signed_on"])
        return self


async def _known(session: AsyncSession) -> Known:
    return {"target_group": await target_groups(session)}


def _cells(row: AgreementRow) -> tuple[Any, ...]:
    return (
        row.id,
        row.reference,
        row.kind,
        row.title,
        sort_key(row.title),
        row.language,
        row.parties or row.party_names,
        row.party_names if row.parties else [],
        row.starts_on,
        row.ends_on,
        json.dumps(row.content, ensure_ascii=False),
        row.payer,
        row.worker,
        row.signed_on,
    )


async def _settle(staged: Staged) -> None:
    await staged.run(sql.MATCH_BY_ID, sql.MATCH)
    await staged.check(id_unknown())
    await staged.run(lock("agreement"))
    await resolve(staged)
    await staged.check(sql.NOT_FOUND, sql.SEVERAL, sql.PARTIES_DIFFER, sql.PAYER, sql.WORKER)
    await staged.check(sql.ALONE)
    await staged.run(sql.COMPARE, sql.COMPARE_BY_ID)
    await staged.check(sql.RECORDED)
    await staged.check_repeated(sql.SAME_TWICE, sql.TWICE)


AGREEMENTS = Sheet(
    kind=ImportKind.agreements,
    row=AgreementRow,
    synonyms=SYNONYMS,
    expected=EXPECTED,
    columns=sql.COLUMNS,
    ids=3,
    cells=_cells,
    table="agreement",
    shown=both("title"),
    called=f"i.title || coalesce(': ' || (select string_agg({CALLED.format('o')}, ', ' order by p.place)"
    " from unnest(i.party_ids) with ordinality p(id, place) join organisation o using (id)), '')",
    more=sql.MORE,
    one_of=(("parties", "party_names"), *((name,) for name in NEEDED)),
    known=_known,
    begin=open_organisation,
    settle=_settle,
    statements=(sql.INSERT, sql.PARTIES, sql.VERSIONS, sql.RECORD, sql.ASK, sql.TELL),
)
