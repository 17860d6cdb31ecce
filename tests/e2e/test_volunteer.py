"""A volunteer alone at home with a phone: from the invitation's mail to the certificate, by what screens offer."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, expect

from puumerkki.kernel import clock
from tests.e2e.agreements import OFFICER
from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site
from tests.e2e.test_application_editor import go, pick, saved
from tests.e2e.test_main_job import COORDINATOR, NUMBER, VOTERS, PageAs
from tests.e2e.test_proportion import count

NAME, VOLUNTEER, TITLE = "Rajakylän Porinapiiri ry", "paula@example.org", "Porinaa Rajakylässä"
REPRESENTATIVES = [f"edustaja0{number}@demo.example" for number in range(1, 6)]
PRESSES = 24
"""So many presses of a finger the whole way takes at most, without the words that are typed."""


@dataclass
class Others:
    """What the others do meanwhile, through the API."""

    site: Site
    network: str = ""
    organisation: str = ""
    member: str = ""
    handling: str = ""

    async def act(self, who: str, path: str, action: str, json: Any = None) -> Any:
        """A step of a thing in somebody's name."""
        return (await self.site.api(who)).send("POST", f"{path}/{action}", json or {}, seen=path)

    async def invite(self) -> None:
        coordinator = await self.site.api(COORDINATOR)
        [self.network] = [one["id"] for one in coordinator.get("networks")["items"] if "Kotona" in one["names"]["fi"]]
        given = {
            "names": {"fi": NAME},
            "sector": "association",
            "legal_form": "registered_association",
            "home_municipality_code": "564",
            "administrator": {"name": "Paula Perustaja", "email": VOLUNTEER, "language": "fi"},
        }
        made = coordinator.send("POST", f"networks/{self.network}/newcomers", given)
        self.organisation, self.member = made["organisation_id"], f"networks/{self.network}/members/{made['id']}"

    async def confirm(self) -> None:
        await self.act(OFFICER, f"organisations/{self.organisation}", "confirm")

    async def let_in(self) -> None:
        api = await self.site.api(VOTERS[0])
        api.send("POST", f"{self.member}/proposal/confirm", {}, seen=self.member)

    async def send_back(self, application: str) -> None:
        coordinator = await self.site.api(COORDINATOR)
        [network] = coordinator.get(f"applications/{application}")["networks"]
        self.handling = f"handlings/{network['handling']['id']}"
        await self.act(COORDINATOR, self.handling, "begin_review")
        points = {"points": [{"part": "goals", "body": "Montako ihmistä tulee?"}]}
        await self.act(COORDINATOR, self.handling, "return", points)

    async def endorse(self) -> None:
        await self.act(COORDINATOR, self.handling, "begin_review")
        await self.act(COORDINATOR, self.handling, "readings", {"read_on": clock.today().isoformat()})
        await self.act(COORDINATOR, self.handling, "open_ballot")
        for who in REPRESENTATIVES:
            api = await self.site.api(who)
            for one in api.get(f"{self.handling}/ballot")["may_vote_for"]:
                api.send("PUT", f"{self.handling}/ballot/votes/{one}", {"choice": "for"})
        await self.act(COORDINATOR, f"{self.handling}/ballot", "close")
        await self.act(COORDINATOR, self.handling, "endorse")


async def _looked_at(page: Page) -> None:
    await settled(page)
    await assert_accessible(page)
    await assert_fits(page)


async def test_from_the_invitation_to_the_certificate_on_a_phone(own_site: Site, page_as: PageAs) -> None:
    others = Others(own_site)
    await others.invite()
    page = await page_as(None, site=own_site, viewport=PHONE)
    pressed = await count(page)
    await page.goto(await own_site.mailed_link(VOLUNTEER, "/fi/invitation#token="))
    await page.get_by_role("button", name="Hyväksy kutsu").click()
    await expect(page.get_by_role("heading", name="Näin pääset alkuun")).to_be_visible()
    await _looked_at(page)
    start = page.url

    await others.confirm()
    await page.goto(start)
    await page.get_by_role("link", name="Liity verkostoon").click()
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=NAME))
    await row.get_by_role("button", name="Hyväksy kutsu").click()
    await expect(page.get_by_text("Toista henkilöä on pyydetty vahvistamaan jäsenyys.")).to_be_visible()
    await others.let_in()

    await page.goto(start)
    await page.get_by_role("link", name="Hyväksy verkoston pelisäännöt").click()
    await _looked_at(page)
    await page.get_by_role("button", name=re.compile("Hyväksy")).first.click()

    await page.goto(start)
    await page.get_by_role("link", name="Aloita ensimmäinen hakemus").click()
    application = await _applied(page)
    await _looked_at(page)
    await expect(page.get_by_role("region", name="Seuraava vaihe")).to_contain_text("Hakemus on lähetetty käsittelyyn.")

    await others.send_back(application)
    await page.goto("/fi/work")
    await page.get_by_role("link", name=TITLE).first.click()
    await expect(page.get_by_text("Montako ihmistä tulee?").first).to_be_visible()
    await page.get_by_role("button", name="Siirry kohtaan: Tavoitteet").click()
    await expect(page.locator("textarea[name=goals]")).to_be_focused()
    await page.fill("textarea[name=goals]", "Kolmekymmentä ihmistä tulee joka viikko.")
    await saved(page)
    await _submitted(page, "Lähetä uusi versio")

    await others.endorse()
    await page.goto("/fi/work")
    await page.goto(f"/fi/applications/{application}")
    await _looked_at(page)
    await page.get_by_role("region", name="Seuraava vaihe").get_by_role("link").first.click()
    await expect(page.get_by_text(NUMBER).first).to_be_visible()
    await _looked_at(page)
    assert len(pressed) <= PRESSES


async def _applied(page: Page) -> str:
    """The short form, filled in and submitted; the application's id."""
    await page.fill("input[name=title]", TITLE)
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await page.wait_for_url(re.compile(r"/edit$"))
    await page.fill("input[name=amount_cents]", "12 000")
    await go(page, "Keitä pyydetään")
    await page.get_by_text("Kotona asuvien verkosto", exact=True).click()
    await pick(page, page.locator("input[name=authorities]"), "Oulun kaupunki", "Oulun kaupunki")
    await page.get_by_label("Mitä pyydetään: Oulun kaupunki").fill("Tila kerran viikossa.")
    await pick(page, page.locator("input[name=area_ids]"), "Tuira", "Tuira")
    await saved(page)
    await go(page, "Tarkista ja lähetä")
    await page.get_by_role("button", name="Miksi").first.click()
    for part in ("purpose", "goals", "methods", "partners", "complements", "cooperation"):
        await page.fill(f"textarea[name={part}]", f"Näin: {part}.")
    await page.get_by_text("Ikäihmiset", exact=True).click()
    await page.fill("input[name=duration]", "1.2.2027")
    await page.fill("input[name='duration/ends_on']", "31.1.2029")
    await saved(page)
    await _submitted(page, "Lähetä hakemus käsittelyyn")
    return page.url.rsplit("/", 1)[1].partition("?")[0]


async def _submitted(page: Page, button: str) -> None:
    if await page.get_by_role("button", name=button).count() == 0:
        await go(page, "Tarkista ja lähetä")
    await page.get_by_role("button", name=button).click()
    await page.get_by_role("dialog").get_by_role("button", name="Lähetä käsittelyyn", exact=True).click()
    await page.wait_for_url(re.compile(r"/fi/applications/[0-9a-f-]{36}$"))
