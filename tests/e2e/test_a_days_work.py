"""A morning's work of who has much to do: a coordinator with eight applications, an officer with thirteen cases.

Each goes by what the desk shows, and comes back to it after each step. Counted press by press.
"""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from playwright.async_api import Page, expect

from puumerkki.kernel import clock
from tests.e2e.checks import DESK, choose
from tests.e2e.site import Api, Site
from tests.e2e.test_main_job import CONTENT, COORDINATOR, DECIDER, NUMBER, OFFICER, Case, PageAs
from tests.e2e.test_proportion import count
from tests.e2e.words import Words

APPLICANT = "hakija02@demo.example"
VOTERS = [f"edustaja0{number}@demo.example" for number in (1, 3, 4, 5)]
COORDINATORS = 42
"""Four that arrived: the task, "take up", two for the reading, two for the ballot, back to the desk. Two that were
read: the task, which opens the window, "open the ballot", back. Two that were voted on: the task, two for the step,
back."""
OFFICERS = 30
"""Five to begin: the task, "begin", back. Three to propose: the task, the form, what is proposed, "send", back."""


class Day:
    """Applications of one association, on their way through the API as the day begins."""

    def __init__(self, site: Site, editor: Api, coordinator: Api) -> None:
        self.site, self.editor, self.coordinator = site, editor, coordinator
        [role] = [one for one in editor.get("me")["roles"] if one["role"] == "editor"]
        [city] = editor.get("organisations", q="Oulu", sector="municipality")["items"][:1]
        self._body: dict[str, Any] = {
            "applicant_id": role["scope_id"],
            "content": CONTENT,
            "area_ids": [editor.get("areas", municipality="564")["items"][0]["id"]],
            "network_ids": [one["id"] for one in editor.get("networks")["items"] if "Kotona" in one["names"]["fi"]],
            "authorities": [{"authority_id": city["id"], "asks": "Tila kahtena iltana viikossa."}],
        }

    @classmethod
    async def begins(cls, site: Site) -> "Day":
        return cls(site, await site.api(APPLICANT), await site.api(COORDINATOR))

    def submitted(self, title: str) -> Any:
        """An application that arrived, as its editor reads it."""
        path = f"applications/{self.editor.send('POST', 'applications', self._body | {'title': title})['id']}"
        self.editor.send("POST", f"{path}/submit", {}, seen=path)
        return self.editor.get(path)

    def read(self, title: str) -> str:
        """One that was taken up and read; the path of its handling."""
        path = f"handlings/{self.submitted(title)['networks'][0]['handling']['id']}"
        for action, body in (
            ("begin_review", {}),
            ("readings", {"read_on": clock.today().isoformat()}),
        ):
            self.coordinator.send("POST", f"{path}/{action}", body, seen=path)
        return path

    async def voted(self, title: str) -> str:
        """One whose ballot is closed; the path of its handling."""
        path = self.read(title)
        self.coordinator.send("POST", f"{path}/open_ballot", {}, seen=path)
        for voter in VOTERS:
            votes = await self.site.api(voter)
            for member in votes.get(f"{path}/ballot")["may_vote_for"]:
                votes.send("PUT", f"{path}/ballot/votes/{member}", {"choice": "for"})
        self.coordinator.send("POST", f"{path}/ballot/close", {}, seen=f"{path}/ballot")
        return path

    async def endorsed(self, title: str) -> str:
        """One with its puumerkki; the path of the city's case."""
        path = await self.voted(title)
        self.coordinator.send("POST", f"{path}/endorse", {}, seen=path)
        application = self.editor.get(f"applications/{self.coordinator.get(path)['application_id']}")
        return f"partner-requests/{application['authorities'][0]['partner_request']['id']}"


async def _opened(page: Page, title: str) -> None:
    await page.get_by_role("main").get_by_role("link", name=title).first.click()
    await expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


async def _back(page: Page) -> None:
    await page.get_by_role("navigation").get_by_role("link", name=re.compile("^Työpöytä")).first.click()
    await expect(page.get_by_role("heading", level=1, name="Työpöytä")).to_be_visible()


async def _off_the_desk(page: Page, titles: Sequence[str]) -> None:
    for title in titles:
        await expect(page.get_by_role("main").get_by_role("link", name=title)).to_have_count(0)


@pytest.fixture(scope="module")
async def day(own_site: Site) -> Day:
    """The morning of both."""
    return await Day.begins(own_site)


async def test_a_coordinators_day_with_eight_applications(own_site: Site, page_as: PageAs, day: Day) -> None:
    arrived = [f"Aamun hakemus {number}" for number in range(1, 5)]
    read = [f"Perehdytty hakemus {number}" for number in range(1, 3)]
    voted = [f"Äänestetty hakemus {number}" for number in range(1, 3)]
    for title in arrived:
        day.submitted(title)
    for title in read:
        day.read(title)
    for title in voted:
        await day.voted(title)
    page = await page_as(COORDINATOR, site=own_site)
    case = Case(own_site, page_as, Words("fi"), "", DESK)
    pressed = await count(page)
    await page.goto("/fi/work")
    for title in arrived:
        await _opened(page, title)
        await case.press(page, "Take up for review")
        await case.press(page, "Record a reading", "Record")
        await case.press(page, "Open a ballot", "Open the ballot")
        await _back(page)
    for title in read:
        await _opened(page, title)
        window = page.get_by_role("dialog")
        await case.button(window, "Open the ballot").click()
        await expect(window).to_have_count(0)
        await _back(page)
    for title in voted:
        await _opened(page, title)
        await case.press(page, "Give the puumerkki", "Give the puumerkki")
        await expect(page.get_by_role("link", name=NUMBER)).to_be_visible()
        await _back(page)
    assert len(pressed) <= COORDINATORS
    await _off_the_desk(page, [*arrived, *read, *voted])


async def test_an_officers_day_with_thirteen_cases(own_site: Site, page_as: PageAs, day: Day) -> None:
    decider, officer = await own_site.api(DECIDER), await own_site.api(OFFICER)
    waiting = [f"Verkostoa odottava {number}" for number in range(1, 6)]
    to_begin = [f"Aloitettava asia {number}" for number in range(1, 6)]
    prepared = [f"Valmisteltava asia {number}" for number in range(1, 4)]
    for title in waiting:
        day.submitted(title)
    for title in (*to_begin, *prepared):
        path = await day.endorsed(title)
        if title in prepared:
            officer.send("POST", f"{path}/begin", {}, seen=path)
    page = await page_as(OFFICER, site=own_site)
    case = Case(own_site, page_as, Words("fi"), "", DESK)
    pressed = await count(page)
    await page.goto("/fi/work")
    await _off_the_desk(page, waiting)
    for title in to_begin:
        await _opened(page, title)
        await case.press(page, "Begin to prepare", feature="partner-requests")
        await expect(case.button(page, "Propose a decision", "partner-requests")).to_be_visible()
        await _back(page)
    for title in prepared:
        await _opened(page, title)
        await case.button(page, "Propose a decision", "partner-requests").click()
        form = page.get_by_role("dialog")
        await choose(form.get_by_label("Aiesopimus"))
        await case.button(form, "Send the proposal", "partner-requests").click()
        await expect(form).to_have_count(0)
        await _back(page)
    assert len(pressed) <= OFFICERS
    await _off_the_desk(page, prepared)
    waits = [str(one) for one in decider.get("tasks")["items"] if one["kind"] == "proposal_to_confirm"]
    assert all(any(title in one for one in waits) for title in prepared)
