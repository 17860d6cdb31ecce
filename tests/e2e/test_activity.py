"""My work, and an authority's cases: the gate as an officer meets it."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, expect

from puumerkki.kernel import clock
from tests.e2e.checks import choose
from tests.e2e.site import Api, Site

PageAs = Callable[..., Awaitable[Page]]
OFFICER = "valmistelija.kaupunki@demo.example"
DECIDER = "paattaja.kaupunki@demo.example"
CONTENT = {
    "purpose": "Yksin asuvat jäävät ilman seuraa.",
    "target_groups": ["KR1.1"],
    "goals": "Jokaisella on joku.",
    "methods": "Ryhmiä joka viikko.",
    "duration": {"starts_on": "2027-02-01", "ends_on": "2028-01-31"},
    "partners": "Verkoston jäsenet.",
    "complements": "Täydentää kaupungin palveluja.",
    "cooperation": "Tiloja.",
}


async def _network(api: Api, name: str) -> Any:
    return next(one for one in api.get("networks")["items"] if one["names"]["fi"] == name)


async def _submitted(site: Site, title: str) -> tuple[str, str]:
    """An application of the first association to the city and the network of five: its handling and its network."""
    editor = await site.api("hakija01@demo.example")
    network = await _network(editor, "Kotona asuvien verkosto")
    city = editor.get("organisations", q="Oulu", sector="municipality")["items"][0]
    area = next(one["id"] for one in editor.get("areas", municipality="564")["items"] if one["names"]["fi"] == "Tuira")
    body = {
        "applicant_id": editor.get("me")["roles"][0]["scope_id"],
        "area_ids": [area],
        "title": title,
        "language": "fi",
        "amount_cents": 900_000,
        "content": CONTENT,
        "network_ids": [network["id"]],
        "authorities": [{"authority_id": city["id"], "asks": "Tilat."}],
    }
    path = f"applications/{editor.send('POST', 'applications', body)['id']}"
    editor.send("POST", f"{path}/submit", {}, seen=path)
    return editor.get(path)["networks"][0]["handling"]["id"], network["id"]


async def _endorse(site: Site, handling: str, network: str) -> None:
    coordinator = await site.api("coordinator.kotona@demo.example")
    path = f"handlings/{handling}"
    coordinator.send("POST", f"{path}/begin_review", {}, seen=path)
    read_on = {"read_on": clock.today().isoformat(), "note": "Luettiin."}
    coordinator.send("POST", f"{path}/readings", read_on, seen=path)
    coordinator.send("POST", f"{path}/open_ballot", {}, seen=path)
    for voter in ("edustaja02@demo.example", "edustaja03@demo.example", "edustaja04@demo.example"):
        await _vote(site, voter, handling, network)
    coordinator.send("POST", f"{path}/ballot/close", {}, seen=f"{path}/ballot")
    coordinator.send("POST", f"{path}/endorse", {}, seen=path)


async def _vote(site: Site, email: str, handling: str, network: str) -> None:
    api = await site.api(email)
    own = {one["for_organisation_id"] for one in api.get("me")["roles"]}
    members = api.get(f"networks/{network}/members", limit=200)["items"]
    member = next(one for one in members if one["organisation_id"] in own)
    api.send("PUT", f"handlings/{handling}/ballot/votes/{member['id']}", {"choice": "for"})


async def test_an_officer_begins_only_after_the_endorsement_and_a_decider_decides(
    page_as: PageAs, own_site: Site
) -> None:
    title = "Ystävä joka portaaseen"
    handling, network = await _submitted(own_site, title)
    officer = await page_as(OFFICER, site=own_site)
    await officer.goto("/fi/inbox")
    await officer.get_by_role("button", name="Puumerkkiä pyydetty").click()
    await officer.get_by_role("link", name=title).click()
    asked = officer.get_by_role("region", name="Vaadittu puumerkki")
    await expect(asked).to_contain_text("Viranomainen voi aloittaa vasta, kun jokainen puumerkkivaatimus täyttyy")
    await expect(asked.get_by_text("Puuttuu", exact=True)).to_be_visible()
    await expect(officer.get_by_text("Odottaa puumerkkiä", exact=True)).to_be_visible()
    actions = officer.get_by_role("region", name="Mitä voi tehdä", exact=True)
    await expect(actions).to_contain_text("Puumerkkiä ei ole.")
    await expect(actions.get_by_role("button", name="Aloita valmistelu")).to_have_count(0)

    await _endorse(own_site, handling, network)
    await officer.reload()
    await expect(asked.get_by_text("Annettu", exact=True)).to_be_visible()
    await expect(officer.get_by_text("Valmistelu voi alkaa", exact=True)).to_be_visible()
    await officer.get_by_role("button", name="Aloita valmistelu").click()
    await expect(officer.get_by_text("Valmistelussa").first).to_be_visible()

    decider = await page_as(DECIDER, site=own_site)
    await decider.goto("/fi/work")
    await decider.get_by_role("link", name=f"Ratkaise kumppanuus: {title}").click()
    await decider.get_by_role("button", name="Ratkaise kumppanuus").click()
    form = decider.get_by_role("dialog")
    await form.get_by_role("button", name="Lisää panos").click()
    await form.get_by_role("button", name="Kirjaa ratkaisu").click()
    await expect(form.get_by_role("alert")).to_contain_text("Valitse, mitä viranomainen vastaa.")
    # the summary leads to a choice as it does to any other field
    await form.get_by_role("button", name="Ratkaisu: Valitse, mitä viranomainen vastaa.").click()
    await expect(form.get_by_role("radio").first).to_be_focused()
    await choose(form.get_by_label("Sitoumus"))
    await form.get_by_label("Summa, €").fill("1250,50")
    await form.get_by_label("Kuvaus").fill("Omarahoitusosuus.")
    await form.get_by_label("Pöytäkirjan pykälä").fill("§ 7")
    await form.get_by_role("button", name="Kirjaa ratkaisu").click()
    await expect(form).to_have_count(0)
    decision = decider.get_by_role("region", name="Kumppanuusratkaisu")
    await expect(decision).to_contain_text("Sitoumus")
    await expect(decision).to_contain_text("250,50")
    await expect(decision).to_contain_text("§ 7")


async def test_an_open_ballot_is_in_my_work_until_i_voted(page_as: PageAs, own_site: Site) -> None:
    voter = "edustaja20@demo.example"
    page = await page_as(voter, site=own_site)
    await page.goto("/fi/work")
    ballot = page.get_by_role("link", name="Äänestä: Tillsammans på svenska")
    await expect(ballot).to_be_visible()
    api = await own_site.api(voter)
    [task] = [one for one in api.get("tasks")["items"] if one["kind"] == "vote_to_cast"]
    assert (await ballot.get_attribute("href")) == f"/fi/handlings/{task['subject']['id']}#ballot"
    await _vote(own_site, voter, task["subject"]["id"], task["network_id"])
    await page.reload()
    await expect(ballot).to_have_count(0)
