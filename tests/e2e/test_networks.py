"""A network's life in the browser: its rules accepted, its members invited."""

import pytest
from playwright.async_api import expect

from tests.e2e.checks import choose
from tests.e2e.conftest import PageAs
from tests.e2e.site import Site

COORDINATOR = "coordinator.kotona@demo.example"


@pytest.fixture(scope="module")
async def network_id(own_site: Site) -> str:
    """Kotona asuvien verkosto: small, so that what a test changes is easily seen."""
    operator = await own_site.api("operaattori@demo.example")
    [found] = [one for one in operator.get("networks")["items"] if one["prefix"] == "KOTONA"]
    return str(found["id"])


async def test_an_owner_accepts_the_rulebook_in_force(page_as: PageAs, own_site: Site, network_id: str) -> None:
    """The coordinator proposes a new version, the members vote for it; an association's owner is seen to accept it."""
    lead = await page_as(COORDINATOR, site=own_site)
    await lead.goto(f"/fi/networks/{network_id}/rules")
    await lead.get_by_role("button", name="Luonnostele seuraava versio").click()
    await lead.get_by_label("Teksti suomeksi").fill("Sovimme asioista yhdessä.\n\nKuuntelemme toisiamme.")
    await lead.get_by_role("button", name="Tallenna luonnos").click()
    await expect(lead.get_by_role("button", name="Saata voimaan")).to_have_count(0)
    await lead.get_by_role("link", name="Vie jäsenten päätettäväksi").click()
    await lead.get_by_role("dialog").get_by_role("button", name="Ehdota").click()
    await expect(lead.get_by_role("heading", name="Uudet pelisäännöt")).to_be_visible()
    for voter in [f"edustaja0{number}@demo.example" for number in (1, 2, 4, 5)]:
        api = await own_site.api(voter)
        [waiting] = api.get(f"networks/{network_id}/decisions", state="open")["items"]
        one = api.get(f"networks/{network_id}/decisions/{waiting['id']}")
        path = f"networks/{network_id}/decisions/{waiting['id']}/votes/{one['own'][0]['member_id']}"
        api.send("PUT", path, {"choice": "for"})
    last = await page_as("edustaja03@demo.example", site=own_site)
    await last.goto(f"/fi/networks/{network_id}/decisions")
    await last.get_by_role("button", name="Äänestä").click()
    await choose(last.get_by_role("dialog").get_by_role("radio", name="Puolesta"))
    await last.get_by_role("dialog").get_by_role("button", name="Äänestä").click()
    await expect(last.get_by_text("Päätetty", exact=True)).to_be_visible()

    await lead.goto(f"/fi/networks/{network_id}/rules")
    await expect(lead.get_by_role("heading", name="Pelisäännöt, versio 2")).to_be_visible()
    await expect(lead.get_by_text("Kukaan ei ole vielä hyväksynyt tätä versiota")).to_be_visible()

    owner = await page_as("edustaja01@demo.example", site=own_site)
    await owner.goto(f"/fi/networks/{network_id}/rules")
    accept = owner.get_by_role("button", name="Hyväksy pelisäännöt: ")
    name = (await accept.inner_text()).removeprefix("Hyväksy pelisäännöt: ")
    await accept.click()
    accepted = owner.locator("section", has=owner.get_by_role("heading", name="Ketkä ovat hyväksyneet"))
    await expect(accepted.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    await expect(accept).to_have_count(0)

    await lead.goto(f"/fi/networks/{network_id}/rules?old=1&new=2")
    await expect(lead.get_by_text("Kuuntelemme toisiamme.").last).to_be_visible()
    await expect(lead.get_by_role("heading", name="Vertaa versioita")).to_be_visible()


async def test_an_invitation_is_sent_and_taken_back(page_as: PageAs, own_site: Site, network_id: str) -> None:
    page = await page_as(COORDINATOR, site=own_site)
    await page.goto(f"/fi/networks/{network_id}/members")
    await page.get_by_role("button", name="Kutsu organisaatio").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Organisaatio").fill("Kempele")
    await dialog.get_by_role("button", name="Kempele").click()
    await dialog.get_by_role("button", name="Lähetä kutsu").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Kempele"))
    await expect(row).to_contain_text("Kutsuttu")
    await row.get_by_role("button", name="Jäsenyys").click()
    await row.get_by_role("button", name="Peru kutsu").click()
    await dialog.get_by_role("button", name="Peru kutsu").click()
    await expect(dialog).to_contain_text("Kerro perustelu.")
    await dialog.get_by_label("Perustelu").fill("Kutsu meni väärälle organisaatiolle.")
    await dialog.get_by_role("button", name="Peru kutsu").click()
    await expect(row).to_contain_text("Kutsu meni väärälle organisaatiolle.")
    await expect(row).not_to_contain_text("Kutsuttu")


async def test_a_second_person_admits_the_coordinators_own_group_with_one_click(
    page_as: PageAs, own_site: Site, network_id: str
) -> None:
    lead = await own_site.api(COORDINATOR)
    club = {
        "names": {"fi": "Koordinaattorin kerho ry"},
        "sector": "association",
        "legal_form": "registered_association",
        "association_register_number": "200.017",
        "home_municipality_code": "564",
    }
    made = lead.send("POST", "organisations", club)
    operator = await own_site.api("operaattori@demo.example")
    operator.send("POST", f"organisations/{made['id']}/confirm", seen=f"organisations/{made['id']}")
    added = lead.send("POST", f"networks/{network_id}/members", {"organisation_id": made["id"]})
    assert added["state"] == "requested"
    page = await page_as("edustaja01@demo.example", site=own_site)
    await page.goto(f"/fi/networks/{network_id}/members")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Koordinaattorin kerho ry"))
    await expect(row).to_contain_text("organisaatiosta tulee jäsen")
    await row.get_by_role("button", name="Vahvista toisena vahvistajana").click()
    await expect(row).to_contain_text("ei ole hyväksynyt pelisääntöjä")


async def test_an_operator_founds_a_network_whose_coordinator_says_who_answers_for_it(
    page_as: PageAs, own_site: Site
) -> None:
    page = await page_as("operaattori@demo.example", site=own_site)
    await page.goto("/fi/networks")
    await page.get_by_role("link", name="Perusta verkosto").click()
    await page.get_by_label("Nimi suomeksi").fill("Kuivasjärven kumppanuuspöytä")
    await page.get_by_text("Verkosto päättää").click()
    await page.get_by_role("button", name="Perusta verkosto").click()
    needed = "Päättävä verkosto tarvitsee tunnuksen puumerkkejään varten."
    await expect(page.get_by_role("alert")).to_contain_text(needed)
    await page.locator("input[name=prefix]").fill("KUIVAS")
    await page.locator("input[name=coordinator_id]").fill("coordinator.kotona")
    await page.locator("ul[aria-label^=Löytyneet] button, ul[aria-label*=Koordinaattori] button").first.click()
    await page.get_by_role("button", name="Perusta verkosto").click()
    await expect(page.get_by_role("heading", name="Kuivasjärven kumppanuuspöytä", level=1)).to_be_visible()

    lead = await page_as(COORDINATOR, site=own_site)
    await lead.goto(page.url.replace(own_site.url, "") + "/settings")
    await lead.locator("input[name=authority_ids]").fill("Oulun kaupunki")
    await lead.get_by_role("button", name="Oulun kaupunki", exact=True).click()
    await lead.get_by_role("button", name="Tallenna").click()
    await expect(lead.get_by_text("Tallennettu.")).to_be_visible()
    [found] = (await own_site.api(COORDINATOR)).get("networks", q="Kuivasjärven")["items"]
    network = (await own_site.api(COORDINATOR)).get(f"networks/{found['id']}")
    assert [one["names"]["fi"] for one in network["authorities"]] == ["Oulun kaupunki"]


async def test_the_term_of_a_seat_is_changed(page_as: PageAs, own_site: Site) -> None:
    lead = await own_site.api(COORDINATOR)
    me = lead.get("me")
    board = {"names": {"fi": "Järjestöneuvottelukunta"}, "kind": "advisory_board", "coordinator_id": me["id"]}
    made = (await own_site.api("operaattori@demo.example")).send("POST", "networks", board)
    seat = {"theme": {"fi": "Nuoret"}, "principal_id": me["id"]}
    seats = f"networks/{made['id']}/seats"
    lead.send("POST", seats, seat | {"term_starts_on": "2027-01-01", "term_ends_on": "2028-12-31"})

    page = await page_as(COORDINATOR, site=own_site)
    await page.goto(f"/fi/networks/{made['id']}/members")
    await page.get_by_role("button", name=f"Muokkaa paikkaa: {me['name']}").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text(me["name"], exact=True)).to_be_visible()
    await dialog.get_by_label("Toimikauden viimeinen päivä").fill("30.6.2028")
    await dialog.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_text("Paikka on muutettu.")).to_be_visible()
    [kept] = lead.get(seats)["items"]
    assert (kept["term_ends_on"], kept["principal_id"], kept["theme"]) == ("2028-06-30", me["id"], {"fi": "Nuoret"})
