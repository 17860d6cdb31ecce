"""Every page of the app in three languages, on a desk and on a phone: axe finds nothing, nothing fails behind it.

**You add a page to a feature's pages.ts: add its row to `ROWS`**, or `test_every_page_has_a_row` fails. A row
says who looks at it (None: nobody signed in) and what stands for the `$…` in its address: a name of `ids`, where the
demo world is asked for things to look at. Several rows for one path look at it in several states.
"""

import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits, settled
from tests.e2e.imports import imports
from tests.e2e.site import Api, Site

FEATURES = Path(__file__).parents[2] / "frontend/src/features"
OPERATOR = "operaattori@demo.example"
OWNER = "paakayttaja@demo.example"
FUNDER = "rahoittaja@demo.example"
COORDINATOR = "coordinator.elamankaari@demo.example"
EDITOR = "hakija01@demo.example"
DRAFTER = "hakija13@demo.example"
COORDINATOR = "coordinator.elamankaari@demo.example"
VOTER = "edustaja14@demo.example"
OFFICER = "valmistelija.kaupunki@demo.example"
DECIDER = "paattaja.kaupunki@demo.example"


@dataclass(frozen=True)
class Row:
    """How one page is looked at."""

    path: str
    who: str | None = None
    fill: dict[str, str] = field(default_factory=dict)
    search: str = ""

    def __str__(self) -> str:
        return " ".join([self.path + self.search, *self.fill.values(), self.who or ""]).strip()


ROWS = [
    Row("/"),
    Row("accessibility"),
    Row("address"),
    Row("erase"),
    Row("agreements", EDITOR),
    Row("agreements", DECIDER, search="?state=in_force&q=olematon"),
    Row("agreements/figures", DECIDER),
    Row("agreements/figures", EDITOR, search="?from=2019&to=2019"),
    Row("agreements/confirm", DECIDER),
    Row("agreements/public"),
    Row("agreements/public", EDITOR, search="?theme=KR1.1&q=olematon"),
    Row("agreements/public/$id", fill={"id": "public agreement"}),
    Row("agreements/public/$id", DECIDER, {"id": "public agreement"}),
    Row("agreements/templates", EDITOR),
    Row("agreements/new", EDITOR),
    Row("agreements/new", OFFICER),
    Row("agreements/$id", EDITOR, {"id": "draft agreement"}),
    Row("agreements/$id", EDITOR, {"id": "changed agreement"}),
    Row("agreements/$id", DECIDER, {"id": "changed agreement"}, "?old=1&new=2"),
    Row("agreements/$id/edit", EDITOR, {"id": "draft agreement"}),
    Row("agreements/$id/edit", OFFICER, {"id": "changed agreement"}),
    Row("handlings/$id", COORDINATOR, {"id": "received"}),
    Row("handlings/$id", VOTER, {"id": "in_ballot"}),
    Row("handlings/$id", COORDINATOR, {"id": "in_ballot"}),
    Row("handlings/$id", COORDINATOR, {"id": "endorsed"}),
    Row("handlings/$id", COORDINATOR, {"id": "in_review"}),
    Row("applications/$id", DRAFTER, {"id": "draft"}),
    Row("applications/$id", EDITOR, {"id": "decided application"}),
    Row("applications/$id", COORDINATOR, {"id": "returned application"}),
    Row("applications/$id", OFFICER, {"id": "decided application"}),
    Row("applications/$id/versions", EDITOR, {"id": "decided application"}),
    Row("invitation"),
    Row("login"),
    Row("offers", DRAFTER),
    Row("login-link"),
    Row("meetings/$id", COORDINATOR, {"id": "held meeting"}),
    Row("meetings/$id", VOTER, {"id": "held meeting"}),
    Row("networks/$id/print", COORDINATOR, {"id": "network"}),
    Row("reports", OFFICER),
    Row("reports", EDITOR, search="?year=2019"),
    Row("reports/new", EDITOR, {"agreement": "reported agreement"}, "?kind=agreement&id=$agreement"),
    Row("reports/$id", EDITOR, {"id": "returned report"}),
    Row("reports/$id", DECIDER, {"id": "accepted report"}),
    Row("reports/$id/edit", EDITOR, {"id": "returned report"}),
    Row("evaluations", OFFICER, {"agreement": "reported agreement"}, "?kind=agreement&id=$agreement"),
    Row("reset"),
    Row("calls"),
    Row("calls/new", FUNDER),
    Row("calls/$id", fill={"id": "call"}),
    Row("calls/$id", FUNDER, {"id": "call"}),
    Row("calls/$id", EDITOR, {"id": "call"}),
    Row("calls/$id/edit", FUNDER, {"id": "call"}),
    Row("check"),
    Row("check", search="?number=ELAMANKAARI-2026-0001"),
    Row("endorsements"),
    Row("endorsements/$number", fill={"number": "endorsement"}),
    Row("needs"),
    Row("needs", search="?municipality=564"),
    Row("needs/new", EDITOR),
    Row("needs/$id", fill={"id": "need"}),
    Row("needs/$id", COORDINATOR, {"id": "need"}),
    Row("needs/$id/edit", COORDINATOR, {"id": "need"}),
    Row("organisations/$id", fill={"id": "applicant"}),
    Row("organisations/$id", fill={"id": "funder"}),
    Row("organisations/$id", fill={"id": "merged"}),
    Row("organisations/$id", OWNER, {"id": "owned"}),
    Row("organisations/$id/people", OWNER, {"id": "owned"}),
    Row("organisations/$id/operators", OWNER, {"id": "owned"}),
    Row("organisations/$id/operators", OPERATOR, {"id": "owned"}),
    Row("organisations/$id/start", OWNER, {"id": "owned"}),
    Row("organisations/$id/edit", OWNER, {"id": "owned"}),
    Row("organisations/$id/edit", OPERATOR, {"id": "applicant"}),
    Row("organisations/new", EDITOR),
    Row("organisations/new", OPERATOR),
    Row("networks"),
    Row("networks", search="?q=koti&kind=thematic_network"),
    Row("networks/new", OPERATOR),
    Row("networks/$id", fill={"id": "network"}),
    Row("networks/$id", COORDINATOR, {"id": "network"}),
    Row("networks/$id/rules", fill={"id": "network"}),
    Row("networks/$id/rules", COORDINATOR, {"id": "network"}),
    Row("networks/$id/members", fill={"id": "network"}),
    Row("networks/$id/members", "edustaja01@demo.example", {"id": "network"}),
    Row("networks/$id/operators", "edustaja01@demo.example", {"id": "network"}),
    Row("networks/$id/needs", "edustaja01@demo.example", {"id": "network"}),
    Row("networks/$id/work", COORDINATOR, {"id": "network"}),
    Row("networks/$id/work", COORDINATOR, {"id": "network"}, "?view=list"),
    Row("networks/$id/ballots", "edustaja01@demo.example", {"id": "network"}),
    Row("networks/$id/decisions", COORDINATOR, {"id": "network"}),
    Row("networks/$id/decisions", "edustaja09@demo.example", {"id": "network"}),
    Row("networks/$id/meetings", COORDINATOR, {"id": "network"}),
    Row("networks/$id/settings", COORDINATOR, {"id": "network"}),
    Row("organisations"),
    Row("organisations", search="?q=vanhus"),
    Row("applications", who=EDITOR),
    Row("applications", who=EDITOR, search="?applicant=all&state=active"),
    Row("applications/new", who=EDITOR),
    Row("filings/$id", who=EDITOR, fill={"id": "filing"}),
    *(
        Row("applications/$id/edit", who=DRAFTER, fill={"id": "draft"}, search=f"?step={step}")
        for step in ("basics", "partners", "content", "needs", "budget", "contacts", "submit")
    ),
    Row("profile", who="edustaja02@demo.example"),
    Row("audit", who=OPERATOR),
    Row("audit/access", who=OPERATOR),
    Row("audit/seals", who=OPERATOR),
    Row("audit/users", who=OPERATOR, search="?q=demo"),
    Row("imports", who=OPERATOR),
    Row("imports/new", who=OPERATOR),
    Row("imports/new", who=EDITOR, search="?kind=applications"),
    Row("imports/$id", who=OPERATOR, fill={"id": "refused import"}),
    Row("imports/$id", who=OPERATOR, fill={"id": "tried import"}),
    Row("imports/$id", who=OPERATOR, fill={"id": "tried import"}, search="?step=columns"),
    Row("imports/$id", who=OPERATOR, fill={"id": "strange import"}),
    Row("gate-policies"),
    Row("gate-policies", who=DECIDER, search="?when=all"),
    Row("service-accounts", who=OWNER),
    Row("service-accounts", who=EDITOR),
    Row("work", who="edustaja20@demo.example"),
    Row("work/deadlines", COORDINATOR),
    Row("work/deadlines", "edustaja20@demo.example"),
    Row("work", who="edustaja01@demo.example"),
    Row("notices", who="edustaja01@demo.example"),
    Row("profile/notices", who="edustaja02@demo.example"),
    Row(
        "to/$kind/$subject/$id",
        COORDINATOR,
        {"kind": "kind of a task", "subject": "its subject", "id": "received"},
    ),
    Row("inbox", who=OFFICER),
    Row("inbox", who=OFFICER, search="?state=supplement_asked"),
    Row("partner-requests/$id", who=OFFICER, fill={"id": "case of Kyläauto"}),
    Row("partner-requests/$id", who=DECIDER, fill={"id": "case of Muistikahvila joka kylään"}),
    Row("partner-requests/$id", who="hakija01@demo.example", fill={"id": "case of Yhdessä kotona"}),
]


@pytest.fixture(scope="session")
def paths() -> list[str]:
    """The paths of the app's pages."""
    return [
        path
        for file in FEATURES.glob("*/pages.ts")
        for path in re.findall(r"'?([\w/$-]+)'?: \(\) => import", file.read_text("utf-8"))
    ]


def test_every_page_has_a_row(paths: list[str]) -> None:
    assert set(paths) == {row.path for row in ROWS}


WHOLE = os.environ.get("PUUMERKKI_A11Y") == "all"
"""`make a11y` looks at every page in every language at both widths. Otherwise axe looks at each in Finnish on a desk
and in one other language in turn on a phone."""


def _languages(row: Row) -> tuple[str, ...]:
    return ("fi", "sv", "en") if WHOLE else ("fi", ("sv", "en")[ROWS.index(row) % 2])


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_a_page_is_for_everybody(
    row: Row, site: Site, page_as: Callable[..., Awaitable[Page]], ids: dict[str, str]
) -> None:
    path = re.sub(r"\$(\w+)", lambda found: ids[row.fill[found[1]]], row.path.strip("/") + row.search)
    page = await page_as(row.who, viewport=DESK)
    for place, language in enumerate(_languages(row)):
        await page.goto(f"/{language}/{path}".rstrip("/"))
        await settled(page)
        assert await page.locator("html").get_attribute("lang") == language
        assert await page.locator("h1").count() == 1
        if WHOLE or place == 0:
            await assert_accessible(page)
        await page.set_viewport_size(PHONE)
        await assert_fits(page)
        if WHOLE or place == 1:
            await assert_accessible(page)
        await page.set_viewport_size(DESK)


@pytest.fixture(scope="session")
async def ids(site: Site) -> dict[str, str]:
    """Things of the demo world by the names that `ROWS` uses."""
    found = {"kind of a task": "handling_to_review", "its subject": "handling"}
    operator, editor, coordinator = await site.api(OPERATOR), await site.api(EDITOR), await site.api(COORDINATOR)
    networks = operator.get("networks")["items"]
    found["network"] = next(one["id"] for one in networks if one["kind"] == "thematic_network")
    handlings = coordinator.get("handlings", network=found["network"])["items"]
    found |= {one["state"]: one["id"] for one in handlings}
    found |= {f"{one['state']} application": one["application_id"] for one in handlings}
    found["draft"] = (await site.api(DRAFTER)).get("applications", state="draft")["items"][0]["id"]
    found["filing"] = editor.get("filings")["items"][0]["id"]
    found["decided application"] = editor.get("applications", q="Yhdessä kotona")["items"][0]["id"]
    cases = (await site.api(OFFICER)).get("partner-requests", limit=100)["items"]
    found |= {f"case of {one['title']}": one["id"] for one in cases}
    found |= await imports(operator)
    found |= _agreements(editor, found["decided application"])
    reports = editor.get("reports")["items"]
    found |= {f"{one['state']} report": one["id"] for one in reports}
    found["reported agreement"] = reports[0]["subject_id"]
    found |= {f"{one['state']} meeting": one["id"] for one in coordinator.get("meetings")["items"]}
    return found | _in_public(operator)


def _in_public(api: Api) -> dict[str, str]:
    """Things that everybody may look at."""
    endorsement = next(one for one in api.get("endorsements")["items"] if one["conditions"])
    call = api.get("calls")["items"][0]
    return {
        "endorsement": endorsement["number"],
        "need": api.get("needs", state="agreed")["items"][0]["id"],
        "public agreement": api.get("agreements/public")["items"][0]["id"],
        "call": call["id"],
        "applicant": endorsement["applicants"][0]["id"],
        "owned": api.get("organisations", q="Oulun Kotiystävät")["items"][0]["id"],
        "funder": call["funder_id"],
        "merged": api.get("organisations", q="Toppilan Lähipiiri", state="archived")["items"][0]["id"],
    }


def _agreements(editor: Api, application: str) -> dict[str, str]:
    """A draft, and one of two versions whose working copy has been changed since."""
    source = editor.get(f"applications/{application}")
    applicant, city = source["applicant"]["id"], source["authorities"][0]["authority_id"]
    given = {
        "kind": "partnership",
        "title": "Kahvilan tilat ja ohjaajat",
        "organisation_id": applicant,
        "party_ids": [city],
        "application_id": application,
        "starts_on": "2027-01-01",
        "ends_on": "2028-12-31",
        "content": {
            "purpose": "Jokaisella on iltaisin seuraa.",
            "target_groups": ["KR1.1"],
            "forms": "Kahvila kahtena iltana viikossa.",
            "contributions": [
                {"organisation_id": city, "kind": "money", "cents": 1_200_000, "budget_line": "3410"},
                {"organisation_id": city, "kind": "money", "cents": 50_050, "year": 2027},
                {"organisation_id": applicant, "kind": "volunteers", "hours": 400, "description": "Illan isännät"},
            ],
            "reporting": [{"organisation_id": applicant, "what": "Kävijämäärät", "due": "helmikuun loppuun mennessä"}],
            "notice_months": 3,
        },
        "contacts": [{"organisation_id": applicant, "name": "Eeva Valmistaja", "email": "eeva@demo.example"}],
    }
    draft, changed = editor.send("POST", "agreements", given), editor.send("POST", "agreements", given)
    path = f"agreements/{changed['id']}"
    for purpose in ("Jokaisella on aina seuraa.", "Jokaisella on iltaisin ja päivisin seuraa."):
        editor.send("POST", f"{path}/propose", {}, seen=path)
        editor.send("PATCH", path, {"content": {"purpose": purpose}}, seen=path)
    return {"draft agreement": draft["id"], "changed agreement": changed["id"]}
