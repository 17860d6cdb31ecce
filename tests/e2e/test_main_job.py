"""The main job, whole, in a browser: prepared, returned, mended, balloted with a recusal, endorsed, decided, checked.

The officer cannot begin before the endorsement, and everybody does their part on the app's pages. In Finnish in full;
the shortest way also in Swedish on a phone and in English, by keyboard alone.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

from tests.e2e.checks import DESK, PHONE, choose
from tests.e2e.site import Site
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija01@demo.example"
COORDINATOR = "coordinator.kotona@demo.example"
VOTERS = "edustaja02@demo.example", "edustaja03@demo.example", "edustaja04@demo.example"
STANDS_ASIDE = "edustaja05@demo.example"
"""Who speaks for the fifth member is on the applicant's board, and their deputy works for it."""
OFFICER, DECIDER = "valmistelija.kaupunki@demo.example", "paattaja.kaupunki@demo.example"
CONTENT = {
    "purpose": "Yksin asuvat jäävät iltaisin ilman seuraa.",
    "target_groups": ["KR1.1"],
    "goals": "Jokaisella on joku.",
    "methods": "Kahvila kahtena iltana viikossa.",
    "duration": {"starts_on": "2027-02-01", "ends_on": "2028-01-31"},
    "partners": "Verkoston jäsenet.",
    "complements": "Täydentää kaupungin palveluja.",
    "cooperation": "Tiloja.",
}
NUMBER = re.compile(r"^KOTONA-\d{4}-\d{4}$")


@dataclass
class Case:
    """One application on its way through the app."""

    site: Site
    page_as: PageAs
    words: Words
    application: str
    view: dict[str, int]

    async def at(self, email: str | None, path: str) -> Page:
        """Somebody's page."""
        page = await self.page_as(email, site=self.site, viewport=self.view)
        await page.goto(f"/{self.words.language}/{path}")
        return page

    async def handling(self) -> str:
        """The path of the network's handling."""
        editor = await self.site.api(EDITOR)
        [network] = editor.get(f"applications/{self.application}")["networks"]
        return f"handlings/{network['handling']['id']}"

    async def request(self) -> str:
        """The path of the city's case."""
        editor = await self.site.api(EDITOR)
        [authority] = editor.get(f"applications/{self.application}")["authorities"]
        return f"partner-requests/{authority['partner_request']['id']}"

    def button(self, within: Page | Locator, text: str, feature: str = "handlings") -> Locator:
        """A button by its English words."""
        return within.get_by_role("button", name=self.words(text, feature), exact=True)

    async def press(self, page: Page, text: str, confirm: str | None = None, feature: str = "handlings") -> None:
        """A button, and where a window opens that of its form."""
        await self.button(page, text, feature).click()
        if confirm is not None:
            dialog = page.get_by_role("dialog")
            await self.button(dialog, confirm, feature).click()
            await expect(dialog).to_have_count(0)


async def drafted(site: Site, page_as: PageAs, language: str, title: str, view: dict[str, int] = DESK) -> Case:
    """A draft of the first association for the small network and the city."""
    editor = await site.api(EDITOR)
    network = next(one for one in editor.get("networks")["items"] if "Kotona" in one["names"]["fi"])
    [city] = editor.get("organisations", q="Oulu", sector="municipality")["items"][:1]
    [role] = [one for one in editor.get("me")["roles"] if one["role"] == "editor"]
    area = next(one["id"] for one in editor.get("areas", municipality="564")["items"] if one["names"]["fi"] == "Tuira")
    body = {
        "applicant_id": role["scope_id"],
        "title": title,
        "content": CONTENT,
        "network_ids": [network["id"]],
        "area_ids": [area],
        "authorities": [{"authority_id": city["id"], "asks": "Tila kahtena iltana viikossa."}],
    }
    made = editor.send("POST", "applications", body)
    return Case(site, page_as, Words(language), made["id"], view)


async def submitted(case: Case, button: str = "Submit the application") -> None:
    """The editor looks it through and submits it."""
    page = await case.at(EDITOR, f"applications/{case.application}/edit?step=submit")
    await case.button(page, button, "applications").click()
    await case.button(page.get_by_role("dialog"), "Submit", "applications").click()
    await page.wait_for_url(re.compile(rf"/applications/{case.application}$"))


async def endorsed(case: Case) -> str:
    """Reviewed, read, voted on by three members while one stands aside, endorsed; the endorsement's number."""
    path = await case.handling()
    leads = await case.at(COORDINATOR, path)
    await case.press(leads, "Take up for review")
    await case.press(leads, "Record a reading", "Record")
    await case.press(leads, "Open a ballot", "Open the ballot")
    for voter in VOTERS:
        votes = await case.at(voter, path)
        await choose(votes.get_by_role("radio").first)
        await case.button(votes, "Vote").click()
        await expect(case.button(votes, "Change the vote")).to_be_visible()
    bound = await case.at(STANDS_ASIDE, path)
    await expect(bound.get_by_text(case.words("You cannot vote here", "handlings"))).to_be_visible()
    await expect(case.button(bound, "Vote")).to_have_count(0)
    why = case.words("all who speak for it are tied to an applicant", "handlings")
    await expect(leads.get_by_text(re.compile(f": {re.escape(why)}$"))).to_have_count(1)
    # the turnout comes to the coordinator's page by itself
    await case.press(leads, "Close the ballot now", "Close the ballot")
    await case.press(leads, "Give the puumerkki", "Give the puumerkki")
    link = leads.get_by_role("link", name=NUMBER)
    await expect(link).to_be_visible()
    return await link.inner_text()


async def checked(case: Case, number: str) -> None:
    """Anybody checks the endorsement on the public page."""
    page = await case.at(None, "check")
    await page.get_by_label(case.words("Number of the puumerkki", "endorsements")).fill(number)
    await page.keyboard.press("Enter")
    valid = "This puumerkki is valid: the network stands behind this version of the application."
    await expect(page.get_by_role("region", name=number)).to_contain_text(case.words(valid, "endorsements"))


async def test_from_a_draft_to_a_decision_in_finnish(page_as: PageAs, own_site: Site) -> None:
    case = await drafted(own_site, page_as, "fi", "Iltakahvit Tuirassa")
    await submitted(case)

    officer = await case.at(OFFICER, await case.request())
    await expect(officer.get_by_role("region", name=case.words("What can be done"), exact=True)).to_contain_text(
        "Puumerkkiä ei ole"
    )
    await expect(case.button(officer, "Begin to prepare", "partner-requests")).to_have_count(0)

    leads = await case.at(COORDINATOR, await case.handling())
    await case.button(leads, "Return for mending").click()
    await leads.get_by_role("dialog").locator("textarea").first.fill("Kuka avaa ovet?")
    await case.button(leads.get_by_role("dialog"), "Return").click()
    await expect(leads.get_by_text("Palautettu", exact=True)).to_be_visible()

    mends = await case.at(EDITOR, f"applications/{case.application}/edit?step=content")
    await expect(mends.get_by_text("Kuka avaa ovet?").first).to_be_visible()
    await mends.fill("textarea[name=methods]", "Kahvila kahtena iltana; ovet avaa vapaaehtoinen.")
    await expect(mends.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    await submitted(case, "Submit a new version")

    number = await endorsed(case)
    await officer.reload()
    await expect(officer.get_by_text(number).first).to_be_visible()
    await case.press(officer, "Begin to prepare", feature="partner-requests")
    await expect(officer.get_by_text("Valmistelussa").first).to_be_visible()

    decides = await case.at(DECIDER, await case.request())
    await case.button(decides, "Decide on the partnership", "partner-requests").click()
    form = decides.get_by_role("dialog")
    await choose(form.get_by_label("Aiesopimus"))
    await form.get_by_label(case.words("Section of the minutes", "partner-requests")).fill("§ 4")
    await case.button(form, "Record the decision", "partner-requests").click()
    await expect(form).to_have_count(0)
    await expect(decides.get_by_text("Ratkaistu", exact=True).first).to_be_visible()
    await checked(case, number)


async def test_the_shortest_way_in_swedish_on_a_phone(page_as: PageAs, own_site: Site) -> None:
    case = await drafted(own_site, page_as, "sv", "Kvällskaffe i Tuira", PHONE)
    await submitted(case)
    await checked(case, await endorsed(case))


async def test_the_shortest_way_in_english(page_as: PageAs, own_site: Site) -> None:
    case = await drafted(own_site, page_as, "en", "Evening coffee in Tuira")
    await submitted(case)
    await checked(case, await endorsed(case))


async def test_an_application_is_submitted_by_keyboard_alone(page_as: PageAs, own_site: Site) -> None:
    case = await drafted(own_site, page_as, "fi", "Ilman hiirtä")
    page = await case.at(EDITOR, f"applications/{case.application}/edit?step=submit")
    await expect(case.button(page, "Submit the application", "applications")).to_be_visible()
    await _tab_to(page, case.words("Submit the application", "applications"))
    await page.keyboard.press("Enter")
    await _tab_to(page, case.words("Submit", "applications"))
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(rf"/applications/{case.application}$"))


async def _tab_to(page: Page, name: str) -> None:
    """Go from control to control until the one with this name has the focus."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate("() => document.activeElement?.innerText?.trim() ?? ''") == name:
            return
    raise AssertionError(f"{name} is not reached by the Tab key")
