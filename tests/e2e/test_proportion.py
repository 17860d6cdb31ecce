"""What the ordinary case costs the coordinator: nobody is tied, all vote. Counted in a browser, press by press."""

import re

from playwright.async_api import Page, expect

from tests.e2e.checks import DESK, choose
from tests.e2e.site import Site
from tests.e2e.test_main_job import CONTENT, COORDINATOR, NUMBER, Case, PageAs
from tests.e2e.words import Words

APPLICANT = "hakija02@demo.example"
VOTERS = [f"edustaja0{number}@demo.example" for number in (1, 3, 4, 5)]
COST = 10
"""As many as before the rules around the gate were made stricter (0.1.0 as of 29 November 2026, before "nobody decides
alone"; the same steps counted there): the task in one's own work, "take up for review", and twice for each of "record a
reading", "open a ballot", "close the ballot", "give the puumerkki". The rules ask more of others, of the coordinator
nothing."""
COUNTED = """
for (const kind of ['pointerdown', 'keydown'])
  document.addEventListener(kind, (event) => event.isTrusted && window.pressed(), true)
"""


async def test_the_ordinary_case_costs_the_coordinator_no_press_more(page_as: PageAs, own_site: Site) -> None:
    case, title = await _submitted(own_site, page_as)
    leads = await page_as(COORDINATOR, site=own_site)
    pressed = await count(leads)
    await leads.goto(f"/{case.words.language}/work")
    await leads.get_by_role("link", name=title).first.click()
    await leads.wait_for_url(re.compile("/handlings/"))
    await case.press(leads, "Take up for review")
    await case.press(leads, "Record a reading", "Record")
    await case.press(leads, "Open a ballot", "Open the ballot")
    for voter in VOTERS:
        votes = await case.at(voter, await case.handling())
        await choose(votes.get_by_role("radio").first)
        await case.button(votes, "Vote").click()
        await expect(case.button(votes, "Change the vote")).to_be_visible()
    await case.press(leads, "Close the ballot now", "Close the ballot")
    await case.press(leads, "Give the puumerkki", "Give the puumerkki")
    await expect(leads.get_by_role("link", name=NUMBER)).to_be_visible()
    assert len(pressed) <= COST
    left = (await own_site.api(COORDINATOR)).get("tasks")["items"]
    assert not [one for one in left if case.application in str(one) or title in str(one)]


async def count(page: Page) -> list[None]:
    """One more for each press of a button, a finger or a key on any page that it shows."""
    pressed: list[None] = []
    await page.expose_function("pressed", lambda: pressed.append(None))
    await page.add_init_script(COUNTED)
    return pressed


async def _submitted(site: Site, page_as: PageAs) -> tuple[Case, str]:
    """An application of which nobody in the network is tied to the applicant, submitted a moment ago."""
    editor, title = await site.api(APPLICANT), "Tavallinen tapaus"
    network = next(one for one in editor.get("networks")["items"] if "Kotona" in one["names"]["fi"])
    [city] = editor.get("organisations", q="Oulu", sector="municipality")["items"][:1]
    [role] = [one for one in editor.get("me")["roles"] if one["role"] == "editor"]
    area = editor.get("areas", municipality="564")["items"][0]["id"]
    body = {
        "applicant_id": role["scope_id"],
        "title": title,
        "content": CONTENT,
        "network_ids": [network["id"]],
        "area_ids": [area],
        "authorities": [{"authority_id": city["id"], "asks": "Tila kahtena iltana viikossa."}],
    }
    path = f"applications/{editor.send('POST', 'applications', body)['id']}"
    editor.send("POST", f"{path}/submit", {}, seen=path)
    return Case(site, page_as, Words("fi"), path.rpartition("/")[2], DESK), title
