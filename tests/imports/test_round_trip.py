"""What was taken out of a list, opened in Excel and saved, comes back in and changes nothing, for every kind."""

import csv
import io
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from puumerkki.access.roles import Role
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.identity.models import User
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportKind
from puumerkki.imports.options import ImportOptions
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.needs.models import NeedState
from puumerkki.networks.models.networks import MemberState
from puumerkki.organisations.models.organisations import Contact, ExternalId, LegalForm, Sector
from tests.factories import World
from tests.imports.helpers import bring
from tests.personas import Cast, make_cast
from tests.valid_requests import reports
from tests.valid_requests.agreements import drafted, in_force, proposed
from tests.valid_requests.needs import make_need
from tests.web.calls import undone

SIGNS = "aäöåéšžÄÖÅ -–’'\"=+@;,|.&€5"
"""What Windows-1252 has and people write; never a number alone, of which Excel drops the zeros of a text, too."""
lines = st.text(SIGNS, max_size=12).map(lambda text: " ".join(f"Ä{text}b".split()))
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
PAPER = (
    "Viite;Laji;Nimi;Osapuolet;Alkaa;Päättyy;Tarkoitus;Kohderyhmät;Rahaa vuodessa;Rahaa vuosittain;Maksaja;"
    "Tunteja vuodessa;Irtisanomisaika kk;Allekirjoitettu\n"
    "007;yhteistyösopimus;{title};{city};1.1.2024;31.12.2030;{text};KR1.1|KR3;1234,50;2027=500|2028=0,50;{city};40;3;"
    "15.12.2023\n"
)


def as_excel_saves(content: bytes, encoding: str) -> bytes:
    """The file as Excel in Finnish opens and saves it: numbers lose zeros, days are Finnish, `;` stays."""

    def cell(value: str) -> str:
        if re.fullmatch(r"\d{1,15}", value):
            return str(int(value))
        if re.fullmatch(r"\d+,\d+", value):
            return value.rstrip("0").rstrip(",")
        if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
            return f"{int(found[3])}.{int(found[2])}.{found[1]}"
        return value

    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([cell(one) for one in row] for row in rows)
    return out.getvalue().encode(encoding)


async def _organisations(cast: Cast, line: str, _: str) -> str:
    world = cast.world
    first = await world.organisation(
        line, home_municipality_code="005", municipality_codes=["005"], association_register_number="1234"
    )
    await world.organisation(f"{line} säätiö", sector=Sector.foundation, legal_form=LegalForm.foundation, website=None)
    await world.organisation(
        line,
        home_municipality_code="091",
        municipality_codes=["091", "564"],
        business_id="0177619-3",
        names={"fi": line, "sv": f"{line} rf"},
    )
    world.session.add(Contact(organisation_id=first.id, name="x", email="a@example.org", public=True))
    world.session.add(ExternalId(organisation_id=first.id, scheme="ptv", value="00012"))
    await world.session.flush()
    return "/organisations/export"


async def _members(cast: Cast, line: str, _: str) -> str:
    for state in MemberState:
        organisation = await cast.world.organisation(f"{line} {state}")
        await cast.world.member(cast.network, organisation, state=state)
    return f"/networks/{cast.network.id}/members/export"


async def _needs(cast: Cast, line: str, text: str) -> str:
    for state, more in ((NeedState.raised, {"evidence": text}), (NeedState.agreed, {"municipality_code": "091"})):
        title = {"title": line, "sort_key": line.lower()}
        await make_need(cast, state, **title, description=text, target_groups=["KR1.1", "KR3"], **more)
    return "/needs/export"


async def _applications(cast: Cast, line: str, text: str) -> str:
    days = {"starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    content = {"purpose": text, "goals": line, "target_groups": ["KR1.1", "KR3"], "duration": days}
    for title in (line, line):
        given = {"applicant_id": str(cast.association.id), "title": title, "amount_cents": 123_450, "content": content}
        answer = await cast["editor"].post("/applications", json=given)
        assert answer.status_code == 201, answer.text
    return "/applications/export"


async def _agreements(cast: Cast, line: str, text: str) -> str:
    cast.city.business_id = "0187690-1"
    await cast.world.session.flush()
    title, said = (one.replace(";", ",").replace('"', "”").replace("\n", " ") for one in (line, text))
    paper = PAPER.format(title=title, text=said, city=cast.city.business_id)
    assert (await bring(cast, "agreements", paper)).created == 1
    await in_force(cast)
    await proposed(cast)
    await drafted(cast)
    return "/agreements/export"


async def _calls(cast: Cast, line: str, text: str) -> str:
    opens = datetime(2027, 1, 7, 7, tzinfo=UTC)
    for state, closes in (
        (CallState.draft, datetime(2027, 1, 31, 22, tzinfo=UTC)),
        (CallState.published, datetime(2027, 10, 31, 1, 30, 59, 250, tzinfo=UTC)),
        (CallState.cancelled, datetime(2027, 3, 1, 14, 15, tzinfo=UTC)),
    ):
        made = FundingCall(
            funder_id=cast.association.id,
            names={"fi": line, "sv": f"{line} b"},
            programme={"sv": line} if state is CallState.draft else None,
            descriptions={"fi": text},
            opens_at=opens,
            closes_at=closes,
            total_cents=123_450,
            legal_forms=["registered_association", "foundation"] if state is CallState.draft else [],
            partner_required=state is CallState.draft,
            state=state,
        )
        cast.world.session.add(made)
    await cast.world.session.flush()
    return "/calls/export"


async def _people(cast: Cast, line: str, _: str) -> str:
    world, home = cast.world, cast.association.id
    somebody = await world.person((Role.viewer, home), (Role.signatory, home))
    (await world.session.get_one(User, somebody.id)).name = line
    await world.session.flush()
    return f"/organisations/{home}/people/export"


async def _reports(cast: Cast, line: str, text: str) -> str:
    figures = [
        *({"what": "visits", "target_group": group, "month": 2, "amount": 40} for group in ("KR3", "KR1.1")),
        {"what": "people", "amount": 12_000},
        {"what": "hours", "month": 1, "amount": 5},
    ]
    content = {"activities": text, "figures": figures, "plans": line, "stories": [text]}
    on = (await reports.drafted(cast, content=content)).subject_id
    await reports.submitted(cast, on, content=content, year=2026)
    await reports.returned(cast, on, content=content, year=2025)
    return "/reports/export"


MAKERS: Mapping[ImportKind, tuple[str, Callable[[Cast, str, str], Awaitable[str]]]] = {
    ImportKind.organisations: ("operator", _organisations),
    ImportKind.members: ("coordinator", _members),
    ImportKind.needs: ("coordinator", _needs),
    ImportKind.applications: ("editor", _applications),
    ImportKind.agreements: ("editor", _agreements),
    ImportKind.calls: ("editor", _calls),
    ImportKind.people: ("owner", _people),
    ImportKind.reports: ("editor", _reports),
}


async def _events(cast: Cast) -> int:
    return (await cast.world.session.exec(select(func.count(col(EventRow.id))))).one()


async def _comes_back(cast: Cast, kind: ImportKind, by: UUID | None, file: bytes) -> Any:
    rule = RULES[kind]
    scope = {"network_id": cast.network.id, "organisation_id": cast.association.id}
    options = ImportOptions(**({} if rule.scope is None else {rule.scope: scope[rule.scope]}))
    before = await _events(cast)
    result = await import_sheet(rule.sheet, cast.world.session, source=io.BytesIO(file), actor_id=by, options=options)
    assert result.errors == []
    assert await _events(cast) == before
    return result.created, result.changed, result.unchanged, result.skipped


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.mark.parametrize("kind", MAKERS)
@given(lines, texts, st.sampled_from(["", "fi", "sv", "en"]), st.sampled_from(["cp1252", "utf-8-sig"]))
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_has_changed(
    cast: Cast, kind: ImportKind, line: str, text: str, language: str, encoding: str
) -> None:
    reader, make = MAKERS[kind]
    async with undone(cast.world.session):
        path = await make(cast, line, text)
        asked = f"?language={language}" if language else ""
        for file_format in ("csv", "xlsx"):
            file = await cast[reader].get(f"{path}.{file_format}{asked}")
            assert file.status_code == 200, file.text
            content = as_excel_saves(file.content, encoding) if file_format == "csv" else file.content
            created, changed, unchanged, skipped = await _comes_back(cast, kind, cast[reader].id, content)
            assert (created, changed, skipped) == (0, 0, 0)
            assert unchanged > 1


def test_every_kind_with_a_list_comes_back() -> None:
    """Proposals are an authority's answers to cases: what comes out of the list of cases is no proposal.

    Of representatives there is no list as a file.
    """
    assert set(MAKERS) == set(ImportKind) - {ImportKind.proposals, ImportKind.representatives}
