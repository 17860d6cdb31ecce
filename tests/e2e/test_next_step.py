"""What comes next, in the browser: the box leads to the form, tells the next step after it, and tasks open in place."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.checks import assert_accessible
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
COORDINATOR = "coordinator.elamankaari@demo.example"
VOTER = "edustaja01@demo.example"


async def _handling(site: Site, title: str) -> Any:
    coordinator = await site.api(COORDINATOR)
    network = next(one["id"] for one in coordinator.get("networks")["items"] if one["names"]["fi"] == "Elämänkaari")
    return next(one for one in coordinator.get("handlings", network=network)["items"] if one["title"] == title)


async def _writer(site: Site, handling_id: str) -> str:
    """Whoever of the demo's applicants is asked to complete it."""
    for number in range(1, 31):
        email = f"hakija{number:02d}@demo.example"
        tasks = (await site.api(email)).get("tasks", kind="handling_to_mend")["items"]
        if any(one["subject"]["id"] == handling_id for one in tasks):
            return email
    raise AssertionError("nobody is asked to complete it")


async def test_the_box_leads_from_step_to_step(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Saattajapankki")
    leads = await page_as(COORDINATOR, site=own_site)
    await leads.goto(f"/fi/handlings/{handling['id']}")
    box = leads.get_by_role("region", name="Seuraava vaihe")
    await expect(box.get_by_role("heading", name="Valmis äänestykseen")).to_be_visible()
    await expect(box.locator('[aria-current="step"]')).to_contain_text("Käsittelyssä")
    await assert_accessible(leads)
    await box.get_by_role("link", name="Avaa äänestys").click()
    dialog = leads.get_by_role("dialog")
    await dialog.get_by_role("button", name="Avaa äänestys").click()
    await expect(dialog).to_be_hidden()
    await expect(box.get_by_role("heading", name="Äänestys on kesken")).to_be_visible()
    await expect(box.get_by_text("Tekijä: jäsenten edustajat")).to_be_visible()
    await expect(box.get_by_role("link")).to_have_count(0)

    votes = await page_as(VOTER, site=own_site)
    await votes.set_viewport_size({"width": 390, "height": 844})
    await votes.goto(f"/fi/to/vote_to_cast/handling/{handling['id']}")
    await expect(votes.locator("#ballot")).to_be_focused()
    await expect(votes.locator("#ballot")).to_be_in_viewport()
    mine = votes.get_by_role("region", name="Seuraava vaihe")
    await expect(mine.get_by_role("link", name="Äänestä")).to_be_visible()
    assert await votes.evaluate("document.documentElement.scrollWidth") <= 390
    await assert_accessible(votes)


async def test_what_was_returned_opens_in_the_editor_at_its_points(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Kyläauto")
    coordinator = await own_site.api(COORDINATOR)
    path = f"handlings/{handling['id']}"
    coordinator.send("POST", f"{path}/return", {"points": [{"body": "Kuka ajaa autoa?"}]}, seen=path)
    writer = await _writer(own_site, handling["id"])
    page = await page_as(writer, site=own_site)
    await page.goto(f"/fi/to/handling_to_mend/handling/{handling['id']}")
    await expect(page.locator("#points")).to_be_focused()
    await expect(page.locator("#points")).to_contain_text("Kuka ajaa autoa?")
    await page.goto(f"/fi/applications/{handling['application_id']}")
    box = page.get_by_role("region", name="Seuraava vaihe")
    await expect(box.get_by_role("heading", name="Verkosto pyytää täydennystä: 1 kohta.")).to_be_visible()
    await expect(box.get_by_role("link", name="Täydennä hakemusta")).to_be_visible()
    await assert_accessible(page)
