"""A network's handling in the browser: returned with points, voted on, endorsed; a meeting's decision confirmed."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.checks import assert_accessible, choose
from tests.e2e.site import Site
from tests.waiting import until

PageAs = Callable[..., Awaitable[Page]]
COORDINATOR = "coordinator.elamankaari@demo.example"
CHAIR = "chair.elamankaari@demo.example"
VOTERS = [f"edustaja{number:02d}@demo.example" for number in range(1, 21)]


async def _handling(site: Site, title: str) -> Any:
    """A handling of the demo world by its title."""
    coordinator = await site.api(COORDINATOR)
    network = next(one["id"] for one in coordinator.get("networks")["items"] if one["names"]["fi"] == "Elämänkaari")
    return next(one for one in coordinator.get("handlings", network=network)["items"] if one["title"] == title)


async def test_the_coordinator_returns_an_application_with_points(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Kyläauto")
    page = await page_as(COORDINATOR, site=own_site)
    await page.goto(f"/fi/handlings/{handling['id']}")
    await page.get_by_role("button", name="Palauta täydennettäväksi").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Palauta").click()
    await expect(dialog.get_by_role("alert")).to_be_focused()
    await dialog.get_by_role("button", name="Mitä täydennetään: Täytä tämä kohta.").click()
    await expect(dialog.locator("textarea").first).to_be_focused()
    await page.keyboard.type("Kuka ajaa autoa?")
    await dialog.get_by_role("button", name="Lisää kohta").click()
    await dialog.locator("textarea").nth(1).fill("Mistä auto saadaan?")
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Palauta").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_text("Palautettu", exact=True)).to_be_visible()
    for point in ("Kuka ajaa autoa?", "Mistä auto saadaan?"):
        await expect(page.get_by_text(point)).to_be_visible()


async def test_the_network_votes_and_gives_its_endorsement(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Saattajapankki")
    path = f"/fi/handlings/{handling['id']}"
    leads = await page_as(COORDINATOR, site=own_site)
    await leads.goto(path)
    await leads.get_by_role("button", name="Avaa äänestys").click()
    await leads.get_by_role("dialog").get_by_role("button", name="Avaa äänestys").click()
    await expect(leads.get_by_text("Äänestyksessä", exact=True)).to_be_visible()
    await expect(leads.get_by_text("Ei nyt mahdollista – Sulje äänestys nyt: ")).to_be_visible()
    not_counted = leads.get_by_text("Äänestystä ei ole vielä suljettu eikä ääniä laskettu.")
    await expect(not_counted).to_have_text(re.compile("^Ei nyt mahdollista – .+, .+: "))

    votes = await page_as(VOTERS[0], site=own_site)
    await votes.goto(path)
    await choose(votes.get_by_role("radio", name="Vastaan"))
    await votes.get_by_role("button", name="Äänestä").click()
    await expect(votes.get_by_role("alert").get_by_text("Kerro, miksi.")).to_be_visible()
    await choose(votes.get_by_role("radio", name="Puolesta", exact=True))
    await votes.get_by_role("button", name="Äänestä").click()
    await expect(votes.get_by_role("button", name="Muuta ääntä")).to_be_visible()

    stands_aside = await page_as(VOTERS[1], site=own_site)
    await stands_aside.goto(path)
    await stands_aside.get_by_role("button", name="Ilmoita esteellisyys").click()
    await stands_aside.get_by_role("dialog").locator("textarea").fill("Olen hakijan hallituksessa.")
    await stands_aside.get_by_role("dialog").get_by_role("button", name="Ilmoita esteellisyys").click()
    await expect(stands_aside.get_by_role("radio")).to_have_count(0)

    for email in VOTERS[2:]:
        voter = await own_site.api(email)
        for member in voter.get(f"handlings/{handling['id']}/ballot")["may_vote_for"]:
            voter.send("PUT", f"handlings/{handling['id']}/ballot/votes/{member}", {"choice": "for"})
    await leads.reload()
    await leads.get_by_role("button", name="Sulje äänestys nyt").click()
    await leads.get_by_role("dialog").get_by_role("button", name="Sulje äänestys").click()
    await expect(leads.get_by_text("Meni läpi")).to_be_visible()
    await leads.get_by_role("button", name="Anna puumerkki").click()
    await leads.get_by_role("dialog").get_by_role("button", name="Anna puumerkki").click()
    await expect(leads.get_by_role("link", name=re.compile(r"^ELAMANKAARI-2026-\d{4}$"))).to_be_visible()
    await expect(leads.get_by_text("Puumerkki annettu", exact=True).first).to_be_visible()


async def _may_say(site: Site, path: str, what: str) -> list[str]:
    """Who can say for a member that was in the meeting what it decided."""
    return [one for one in VOTERS if (await site.api(one)).get(path)["decisions"][0][what]]


async def test_a_second_person_confirms_what_a_meeting_decided(page_as: PageAs, own_site: Site) -> None:
    handling = await _handling(own_site, "Kohtaamispaikka Kaukovainiolle")
    page = await page_as(CHAIR, site=own_site)
    await page.goto(f"/fi/handlings/{handling['id']}")
    await page.get_by_role("button", name="Vahvista päätös").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Verkosto antaa hakemukselle puumerkin.")).to_be_visible()
    await dialog.get_by_role("button", name="Vahvista").click()
    await expect(page.get_by_text("Vahvistettu, ei vielä voimassa", exact=True)).to_be_visible()

    path = f"handlings/{handling['id']}"
    denies, *able = await _may_say(own_site, path, "may_confirm_for")
    says = await page_as(denies, site=own_site)
    await says.goto(f"/fi/{path}")
    await says.get_by_role("button", name="Kokous ei tehnyt tätä päätöstä").click()
    dialog = says.get_by_role("dialog")
    await dialog.locator("textarea").fill("Emme olleet kokouksessa.")
    await dialog.get_by_role("button", name="Kiistä päätös").click()
    await expect(says.get_by_text("Kokous ei tehnyt tätä päätöstä: Emme olleet kokouksessa.")).to_be_visible()
    await assert_accessible(says)

    for email in able[:2]:
        says = await page_as(email, site=own_site)
        await says.goto(f"/fi/{path}")
        await expect(says.get_by_role("button", name="Kokous ei tehnyt tätä päätöstä")).to_be_visible()
        await assert_accessible(says)
        await says.get_by_role("button", name="Kokous teki tämän päätöksen").click()
        await expect(says.get_by_role("button", name="Kokous teki tämän päätöksen")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("link", name=re.compile(r"^ELAMANKAARI-2026-\d{4}$"))).to_be_visible()


async def test_the_secretary_orders_an_agenda_by_keyboard(page_as: PageAs, own_site: Site) -> None:
    secretary = await own_site.api("secretary.elamankaari@demo.example")
    meeting = next(one for one in secretary.get("meetings")["items"] if one["state"] == "planned")
    page = await page_as("secretary.elamankaari@demo.example", site=own_site)
    await page.goto(f"/fi/meetings/{meeting['id']}")
    await page.get_by_role("button", name="Lisää kohta").click()
    await page.get_by_role("dialog").locator("input[name=title]").fill("Uudet jäsenet")
    await page.keyboard.press("Enter")
    up = page.get_by_role("button", name="Siirrä ylös: Uudet jäsenet")
    await expect(up).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await up.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=3).first).to_have_text("Uudet jäsenet")
    await expect(up).to_be_focused()
    await page.get_by_text("Digiapu Seniorille ry").first.click()
    await expect(page.get_by_role("checkbox").first).to_be_checked()
    await until(lambda: len(secretary.get(f"meetings/{meeting['id']}")["attendances"]) == 1)
