"""Conditions of a puumerkki in the browser: called met, objected to, settled by a second person."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import assert_accessible, choose
from tests.e2e.site import Site
from tests.e2e.test_handlings import COORDINATOR, VOTERS, _handling

PageAs = Callable[..., Awaitable[Page]]


async def test_a_member_objects_and_a_second_person_says(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Omaishoitajan vapaapäivä")
    path = f"/fi/handlings/{handling['id']}"
    leads = await page_as(COORDINATOR, site=own_site)
    await leads.goto(path)
    await leads.get_by_role("button", name="Vahvista ehdot täyttyneiksi").click()
    dialog = leads.get_by_role("dialog")
    await expect(dialog.get_by_text("Hakemus ei ole muuttunut puumerkin antamisen jälkeen.")).to_be_visible()
    await dialog.get_by_text("Sijaisapua myös Ylikiimingissä.").click()
    await assert_accessible(leads)
    await dialog.get_by_role("button", name="Vahvista").click()
    await expect(dialog).to_be_hidden()
    await expect(leads.get_by_text("Jäsenet voivat vastustaa", exact=True)).to_be_visible()

    asked, others = [], []
    for email in VOTERS:
        seen = (await own_site.api(email)).get(f"handlings/{handling['id']}")
        (asked if (seen["conditions_claim"] or {}).get("may_answer_for") else others).append(email)
    objects = await page_as(asked[0], site=own_site)
    await objects.goto(path)
    await objects.get_by_role("button", name="Vastusta").click()
    dialog = objects.get_by_role("dialog")
    await dialog.locator("textarea").fill("Ylikiimingistä ei ole sovittu.")
    await dialog.get_by_role("button", name="Vastusta").click()
    await expect(objects.get_by_text("Vastustaa: Ylikiimingistä ei ole sovittu.")).to_be_visible()
    await assert_accessible(objects)

    second = await page_as(others[0], site=own_site)
    await second.goto(path)
    await second.get_by_role("button", name="Kerro toisena vahvistajana, täyttyvätkö ehdot").click()
    dialog = second.get_by_role("dialog")
    await choose(dialog.get_by_role("radio", name="Kyllä, ehdot täyttyvät"))
    await dialog.get_by_role("button", name="Vastaa").click()
    await expect(second.get_by_text("Ehdot täyttyvät", exact=True)).to_be_visible()


async def test_a_vote_with_a_condition_names_what_it_concerns(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Saattajapankki")
    lead = await own_site.api(COORDINATOR)
    lead.send("POST", f"handlings/{handling['id']}/open_ballot", {}, seen=f"handlings/{handling['id']}")
    votes = await page_as(VOTERS[0], site=own_site)
    await votes.goto(f"/fi/handlings/{handling['id']}")
    await choose(votes.get_by_role("radio", name="Puolesta, ehdoin"))
    await votes.locator("textarea[name=condition]").fill("Aikataulu tarkistetaan.")
    await votes.get_by_role("group", name="Mitä hakemuksen osia ehto koskee?").get_by_text("Kesto", exact=True).click()
    await assert_accessible(votes)
    async with votes.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        await votes.get_by_role("button", name="Äänestä").click()
    await expect(votes.get_by_text("Aikataulu tarkistetaan.")).to_be_visible()
    ballot = (await own_site.api(VOTERS[0])).get(f"handlings/{handling['id']}/ballot")
    assert ballot["own_votes"][0]["condition_parts"] == ["duration"]
