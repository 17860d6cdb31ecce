"""Agreements as a table: in the words that the import reads, and what is contributed in all and in a year."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy import select as core_select
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.agreements.labels import KINDS, STATES
from puumerkki.agreements.models import Agreement, AgreementVersion
from puumerkki.agreements.queries.agreements import AGREEMENTS
from puumerkki.agreements.queries.records import stands
from puumerkki.agreements.queries.sums import put_in
from puumerkki.agreements.queries.views import shown
from puumerkki.imports.templates import Template
from puumerkki.kernel import clock
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.reads.exports import LANGUAGES, Export, Item, Value, day, in_three
from puumerkki.kernel.reads.listings import Join, json_list

HEADINGS = in_three(
    id=("Tunniste", "Id", "Id"),
    reference=("Viite", "Referens", "Reference"),
    kind=("Laji", "Slag", "Kind"),
    title=("Nimi", "Namn", "Title"),
    language=("Kieli", "Språk", "Language"),
    parties=("Osapuolet", "Parter", "Parties"),
    starts_on=("Alkaa", "Börjar", "Starts on"),
    ends_on=("Päättyy", "Slutar", "Ends on"),
    purpose=("Tarkoitus", "Syfte", "Purpose"),
    target_groups=("Kohderyhmät", "Målgrupper", "Target groups"),
    money=("Rahaa vuodessa", "Pengar per år", "Money"),
    money_by_year=("Rahaa vuosittain", "Pengar årsvis", "Money by year"),
    payer=("Maksaja", "Betalare", "Payer"),
    hours=("Tunteja vuodessa", "Timmar per år", "Hours"),
    hours_by_year=("Tunnit vuosittain", "Timmar årsvis", "Hours by year"),
    worker=("Kenen työaika", "Arbetstid av", "Worker"),
    notice_months=("Irtisanomisaika kk", "Uppsägningstid mån", "Notice months"),
    signed_on=("Allekirjoitettu", "Undertecknat", "Signed on"),
    state=("Tila", "Status", "Status"),
    party_names=("Osapuolten nimet", "Parternas namn", "Names of the parties"),
    money_in_all=("Rahaa yhteensä (€)", "Pengar totalt (€)", "Money in all (€)"),
    money_of_year=("Rahaa {year} (€)", "Pengar {year} (€)", "Money {year} (€)"),
    hours_in_all=("Tunteja yhteensä", "Timmar totalt", "Hours in all"),
    hours_of_year=("Tunteja {year}", "Timmar {year}", "Hours {year}"),
)
_STANDS = stands(Caller(id=UUID(int=0)))
"""For whoever asks: their id is a parameter."""


def _amounts() -> ColumnElement[Any]:
    put = put_in(counts=_STANDS).subquery()
    item = {name: put.c[name] for name in ("year", "cents", "hours")}
    return core_select(json_list(item)).where(put.c.agreement_id == col(Agreement.id)).scalar_subquery()


def _content(key: str) -> Value:
    return lambda item: item["content"].get(key)


@dataclass(frozen=True)
class _Puts:
    """What is put in of a kind, as far as one row of the import can say it: by one party, in all years or in some."""

    kind: str
    unit: str

    def _all(self, item: Item) -> list[Mapping[str, Any]]:
        found = [one for one in item["content"].get("contributions", []) if one["kind"] == self.kind]
        every = [one for one in found if one.get("year") is None]
        plain = all(set(one) <= {"kind", "year", self.unit, "organisation_id"} for one in found)
        return found if plain and len({one["organisation_id"] for one in found}) < 2 > len(every) else []

    def _amount(self, one: Mapping[str, Any]) -> Decimal | int:
        amount: int = one.get(self.unit) or 0
        return Decimal(amount).scaleb(-2) if self.unit == "cents" else amount

    def every_year(self, item: Item) -> Decimal | int | None:
        return next((self._amount(one) for one in self._all(item) if one.get("year") is None), None)

    def by_year(self, item: Item) -> list[str]:
        said = ((one["year"], self._amount(one)) for one in self._all(item) if one.get("year") is not None)
        return [f"{year}={amount}".replace(".", ",") for year, amount in said]

    def by(self, item: Item) -> str | None:
        return next((one["organisation_id"] for one in self._all(item)), None)


def _sum(unit: str, year: int | None = None) -> Value:
    """Where something is in force, or was recorded by the reader's own side."""

    def found(item: Item) -> Decimal | int | None:
        if not item["counts"]:
            return None
        amount: int = sum(one[unit] for one in item["amounts"] if year in (None, one["year"]))
        return Decimal(amount).scaleb(-2) if unit == "cents" else amount

    return found


class _AgreementExport(Export):
    def asked(self, query: Any) -> Export:
        year = query.year or clock.today().year
        named = {name: {key: said.format(year=year) for key, said in words.items()} for name, words in HEADINGS.items()}
        sums = {"money_of_year": _sum("cents", year), "hours_of_year": _sum("hours", year)}
        return replace(self, columns={**self.columns, **sums}, headings=named)


_MONEY, _HOURS = _Puts("money", "cents"), _Puts("working_time", "hours")
AGREEMENTS_EXPORTED = _AgreementExport(
    listing=replace(
        AGREEMENTS,
        name="agreements_export",
        display=(Join(AgreementVersion, _STANDS, outer=True),),
        item={
            **AGREEMENTS.item,
            "reference": col(Agreement.reference),
            "signed_on_paper": shown("signed_on_paper", frozen_only=True),
            "content": shown("content"),
            "counts": col(AgreementVersion.number).is_not(None),
            "amounts": _amounts(),
        },
    ),
    file="agreements",
    sort="-created_at",
    columns={
        "id": "id",
        "reference": "reference",
        "kind": "kind",
        "title": "title",
        "language": "language",
        "parties": lambda item: [one["id"] for one in item["parties"]],
        "starts_on": day("starts_on"),
        "ends_on": day("ends_on"),
        "purpose": _content("purpose"),
        "target_groups": lambda item: item["content"].get("target_groups", []),
        "money": _MONEY.every_year,
        "money_by_year": _MONEY.by_year,
        "payer": _MONEY.by,
        "hours": _HOURS.every_year,
        "hours_by_year": _HOURS.by_year,
        "worker": _HOURS.by,
        "notice_months": _content("notice_months"),
        "signed_on": day("signed_on_paper"),
        "state": "state",
        "party_names": lambda item: "; ".join(display_name(one["names"]) for one in item["parties"]),
        "money_in_all": _sum("cents"),
        "hours_in_all": _sum("hours"),
    },
    headings=HEADINGS,
    words={
        "language": LANGUAGES,
        "kind": {kind: {one: KINDS[one][kind] for one in KINDS} for kind in KINDS["en"]},
        "state": {state.value: {one: STATES[one][state] for one in STATES} for state in STATES["en"]},
    },
)
AGREEMENTS_TEMPLATE = Template(
    headings=HEADINGS,
    words={"kind": AGREEMENTS_EXPORTED.words["kind"]},
    marked="title",
    example={
        "reference": "S-2026-001",
        "kind": AGREEMENTS_EXPORTED.words["kind"]["partnership"],
        "language": LANGUAGES["fi"],
        "parties": "1234567-1",
        "starts_on": "1.1.2026",
        "ends_on": "31.12.2028",
        "purpose": {"fi": "Mistä sovitaan", "sv": "Vad som avtalas", "en": "What is agreed on"},
        "target_groups": "KR1.1",
        "money": "12500,00",
        "hours": "400",
        "notice_months": "3",
        "signed_on": "15.12.2025",
    },
)
