"""What stands beside an agreement or a puumerkki is true today, wherever it is shown."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from puumerkki.kernel import clock
from tests.e2e.agreements import DECIDER, EDITOR, OFFICER, SIGNATORY, PageAs, association_with_a_signatory, city
from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site
from tests.e2e.words import Words, written

COORDINATOR = "coordinator.elamankaari@demo.example"
TITLE = "Kahvilan tilat keväästä alkaen"
REVOKED = "ELAMANKAARI-2026-0003"


def row_of(page: Page, path: str) -> Locator:
    """The row that leads to a page."""
    return page.get_by_role("listitem").filter(has=page.locator(f"a[href='/fi/{path}']"))


async def signed(site: Site, begins: date, application: str) -> str:
    """An agreement that grew from an application, is shown to everybody and begins later; its id."""
    association, editor = await association_with_a_signatory(site), await site.api(EDITOR)
    body = {
        "kind": "cooperation",
        "title": TITLE,
        "organisation_id": association,
        "party_ids": [await city(editor)],
        "application_id": application,
        "starts_on": str(begins),
        "ends_on": str(begins + timedelta(days=400)),
        "content": {"purpose": "Kahvila saa tilat.", "public": True},
    }
    path = f"agreements/{editor.send('POST', 'agreements', body)['id']}"
    editor.send("POST", f"{path}/propose", {}, seen=path)
    for email in (SIGNATORY, DECIDER):
        api = await site.api(email)
        [party] = api.get(path)["sign_for"]
        api.send("POST", f"{path}/sign", {"organisation_id": party, "version_number": 1})
    return path.removeprefix("agreements/")


async def test_what_is_signed_but_has_not_begun_is_nowhere_in_force(own_site: Site, page_as: PageAs) -> None:
    begins = clock.today() + timedelta(days=40)
    [application] = (await own_site.api(EDITOR)).get("applications", q="Yhdessä kotona")["items"]
    made = await signed(own_site, begins, application["id"])
    says = f"Allekirjoitettu, alkaa {written(begins)}"
    association = application["applicant"]["id"]
    lists: list[tuple[str | None, str, str]] = [
        (DECIDER, f"agreements?q={TITLE}", f"agreements/{made}"),
        (DECIDER, f"agreements?q={TITLE}&state=signed", f"agreements/{made}"),
        (DECIDER, f"agreements/figures?from={begins.year}&to={begins.year}", f"agreements/{made}"),
        (EDITOR, f"applications/{application['id']}", f"agreements/{made}"),
    ]
    for who, path, target in lists:
        page = await page_as(who, site=own_site)
        await page.goto(f"/fi/{path}")
        row = row_of(page, target)
        await expect(row).to_contain_text(says)
        await expect(row.get_by_text("Voimassa", exact=True)).to_have_count(0)
    for who, path, target in (
        (DECIDER, f"agreements?q={TITLE}&state=in_force", f"agreements/{made}"),
        (None, f"agreements/public?q={TITLE}", f"agreements/public/{made}"),
        (None, f"organisations/{association}", f"agreements/public/{made}"),
    ):
        page = await page_as(who, site=own_site)
        await page.goto(f"/fi/{path}")
        await settled(page)
        await expect(row_of(page, target)).to_have_count(0)
    whole: tuple[tuple[str | None, str], ...] = (
        (DECIDER, f"agreements/{made}"),
        (None, f"agreements/public/{made}"),
    )
    for who, path in whole:
        page = await page_as(who, site=own_site, viewport=PHONE)
        for language in ("fi", "sv", "en"):
            words = Words(language)
            await page.goto(f"/{language}/{path}")
            await expect(page.get_by_text(words("Signed, begins {0}").replace("{0}", "")).first).to_be_visible()
            await expect(page.get_by_text(words("In force"), exact=True)).to_have_count(0)
            await assert_fits(page)


async def test_a_revoked_endorsement_is_valid_until_no_day(site: Site, page_as: PageAs) -> None:
    endorsement = (await site.api(EDITOR)).get(f"endorsements/{REVOKED}")
    ended = written(clock.day_of(datetime.fromisoformat(endorsement["ended_at"])))
    page = await page_as(None)
    for path in (f"endorsements?q={REVOKED}", f"organisations/{endorsement['applicants'][0]['id']}"):
        await page.goto(f"/fi/{path}")
        row = row_of(page, f"endorsements/{REVOKED}")
        await expect(row).to_contain_text(f"peruutettu {ended}")
        await expect(row).not_to_contain_text("asti")
    for path in (f"endorsements/{REVOKED}", f"check?number={REVOKED}"):
        await page.goto(f"/fi/{path}")
        await expect(page.get_by_text("Peruutettu", exact=True)).to_be_visible()
        await expect(page.get_by_text(ended).first).to_be_visible()
        await expect(page.get_by_text("Viimeinen voimassaolopäivä")).to_have_count(0)


@pytest.fixture
async def conditional(site: Site) -> Any:
    """An endorsement of the demo world that is valid, but whose conditions are not all met."""
    endorsements = (await site.api(EDITOR)).get("endorsements", limit=100)["items"]
    return next(
        one for one in endorsements if one["status"] == "valid" and any(not has["met"] for has in one["conditions"])
    )


async def test_open_conditions_are_told_in_every_list(site: Site, page_as: PageAs, conditional: Any) -> None:
    page = await page_as(None)
    holder, network = conditional["applicants"][0]["id"], conditional["network_id"]
    for path in (f"organisations/{holder}", f"networks/{network}", "endorsements"):
        await page.goto(f"/fi/{path}")
        row = row_of(page, f"endorsements/{conditional['number']}")
        await expect(row).to_contain_text("Voimassa ehdoin")


async def test_open_conditions_are_told_on_every_page(site: Site, page_as: PageAs, conditional: Any) -> None:
    number, application = conditional["number"], conditional["application_id"]
    open_one = next(one["text"] for one in conditional["conditions"] if not one["met"])
    handlings = (await site.api(COORDINATOR)).get("handlings", network=conditional["network_id"])["items"]
    [handling] = [one["id"] for one in handlings if one["application_id"] == application]
    cases = (await site.api(OFFICER)).get("partner-requests", limit=100)["items"]
    [case] = [one["id"] for one in cases if one["application_id"] == application]
    pages: list[tuple[str | None, str, str, str | None]] = [
        (None, f"endorsements/{number}", "oimassa ehdoin", open_one),
        (None, f"check?number={number}", "oimassa ehdoin", open_one),
        (COORDINATOR, f"handlings/{handling}", "oimassa ehdoin", open_one),
        (COORDINATOR, f"applications/{application}", "oimassa ehdoin", None),
        (OFFICER, f"partner-requests/{case}", "Ehdot eivät täyty", open_one),
    ]
    for who, path, told, condition in pages:
        page = await page_as(who, viewport=PHONE)
        await page.goto(f"/fi/{path}")
        await settled(page)
        await expect(page.get_by_role("main")).to_contain_text(told)
        if condition is not None:
            await expect(page.get_by_text(condition).first).to_be_visible()
        await assert_accessible(page)
        await assert_fits(page)


async def test_a_valid_file_does_not_hide_its_conditions(site: Site, page_as: PageAs, conditional: Any) -> None:
    credential = (await site.api(EDITOR)).content(f"endorsements/{conditional['number']}/credential")
    page = await page_as(None)
    await page.goto("/fi/check")
    await page.locator("input[type=file]").set_input_files(
        {"name": "todiste.jwt", "mimeType": "application/octet-stream", "buffer": credential}
    )
    found = page.get_by_role("region", name="Tiedosto on voimassa oleva puumerkki")
    await expect(found).to_be_focused()
    await expect(found).to_contain_text("kun alla olevat ehdot täyttyvät")
    await expect(found.get_by_text("Voimassa", exact=True)).to_have_count(0)
    await expect(found.get_by_text("Ei vielä täyttynyt").first).to_be_visible()


async def test_the_accessibility_statement_names_the_contact(own_site: Site, page_as: PageAs) -> None:
    page = await page_as(None, site=own_site)
    await page.goto("/fi/accessibility")
    await expect(page.get_by_text("Ylläpitäjän yhteystiedot ovat sen omalla sivustolla.")).to_be_visible()
    await expect(page.get_by_text("Tämä seloste on laadittu 23.11.2026.")).to_be_visible()
    own_site.stop()
    own_site.extra["PUUMERKKI_ACCESSIBILITY_CONTACT"] = "saavutettavuus@ouka.example"
    own_site.start()
    page = await page_as(None, site=own_site)
    await page.goto("/sv/accessibility")
    contact = page.get_by_role("link", name="saavutettavuus@ouka.example")
    await expect(contact).to_have_attribute("href", "mailto:saavutettavuus@ouka.example")
    await expect(page.get_by_text("Detta utlåtande är daterat 23 nov. 2026.")).to_be_visible()
    await assert_accessible(page)
