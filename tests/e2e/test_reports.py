"""A report of an association to the city: written, returned, mended, accepted; then both evaluate the year."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.agreements import accept_offers
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]
EDITOR, OFFICER = "hakija01@demo.example", "valmistelija.kaupunki@demo.example"
OWNER = "edustaja01@demo.example"
YEAR = "2019"
TITLE = "Kumppanuussopimus korttelikerhoista"


async def _agreement(site: Site) -> str:
    """The demo's agreement that is reported on."""
    [found] = (await site.api(EDITOR)).get("agreements", q=TITLE)["items"]
    return str(found["id"])


async def _begun(site: Site, year: int, content: dict[str, Any]) -> str:
    """The path of the association's draft of a year."""
    editor = await site.api(EDITOR)
    agreement = await _agreement(site)
    [reporter] = [
        one
        for one in editor.get("reports/parties", subject_kind="agreement", subject_id=agreement)["items"]
        if one["writes"]
    ]
    body = {"subject_kind": "agreement", "subject_id": agreement, "organisation_id": reporter["id"], "year": year}
    return f"reports/{editor.send('POST', 'reports', body | {'content': content})['id']}"


async def _evaluate(page: Page, words: Words, further: str) -> None:
    """Give the evaluation of the year that the page shows."""
    for name, value in (("goals_met", "4"), ("cooperation", "5"), ("goes_on", further)):
        radio = page.locator(f"[data-field={name}] input[value='{value}']")
        await page.locator(f"label[for='{await radio.get_attribute('id')}']").click()
        await expect(radio).to_be_checked()
    await page.fill("[name=went_well]", "Kerhosta tuli tärkeä paikka.")
    await page.get_by_role("button", name=words("Give the evaluation", "reports")).click()


async def test_a_report_is_returned_mended_and_accepted_and_both_evaluate(own_site: Site, page_as: PageAs) -> None:
    page = await page_as(EDITOR, site=own_site)
    await page.goto(f"/fi/agreements/{await _agreement(own_site)}")
    await page.get_by_role("link", name="Kirjoita selvitys").click()
    await page.fill("[name=year]", YEAR)
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await page.wait_for_url("**/edit")

    await page.fill("[name='content/activities']", "Kerho kokoontui kahdesti viikossa.")
    await page.get_by_role("button", name="Lisää luku").click()
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Anna luku.")
    await page.fill("[name='content/figures/0/months/1']", "40")
    await page.fill("[name='content/figures/0/months/12']", "35")
    await expect(page.get_by_text("Koko vuonna: 75")).to_be_visible()
    await page.get_by_role("button", name="Lisää panos, joka annettiin").click()
    await page.fill("[name='content/contributions/0/cents']", "1250,50")
    await expect(page.get_by_text(re.compile(r"^1.250,50.€$"))).to_be_visible()
    await page.get_by_role("button", name="Lisää tarina").click()
    await page.fill("[name='content/stories/0']", "Kerhosta löytyi ystävä.")
    await assert_accessible(page)
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_text("Kerhosta löytyi ystävä.")).to_be_visible()
    await page.get_by_role("button", name="Jätä selvitys").click()
    await page.get_by_role("dialog").get_by_role("button", name="Jätä selvitys").click()
    await expect(page.get_by_text("Jätetty", exact=True).first).to_be_visible()

    officer = await page_as(OFFICER, site=own_site, viewport=DESK)
    await officer.goto("/fi/work")
    await officer.get_by_role("link", name=f"Lue selvitys ja hyväksy se: {TITLE}").first.click()
    await officer.get_by_role("button", name="Palauta täydennettäväksi").click()
    dialog = officer.get_by_role("dialog")
    await dialog.get_by_role("button", name="Palauta täydennettäväksi").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Kerro, mitä on täydennettävä.")
    await dialog.locator("textarea").fill("Talkootunnit puuttuvat.")
    await assert_accessible(officer)
    await dialog.get_by_role("button", name="Palauta täydennettäväksi").click()

    # it appears on the editor's page by itself
    await expect(page.get_by_text("Talkootunnit puuttuvat.")).to_be_visible()
    await page.get_by_role("link", name="Kirjoita selvitys").click()
    await page.fill("[name='content/problems']", "Talkoot alkoivat vasta syksyllä.")
    await page.get_by_role("button", name="Tallenna").click()
    await page.get_by_role("button", name="Jätä selvitys").click()
    await page.get_by_role("dialog").get_by_role("button", name="Jätä selvitys").click()
    await expect(officer.get_by_text("Talkoot alkoivat vasta syksyllä.")).to_be_visible()
    await officer.get_by_role("button", name="Hyväksy selvitys").click()
    await expect(officer.get_by_text("Hyväksytty", exact=True).first).to_be_visible()
    await expect(page.get_by_text("Hyväksytty", exact=True).first).to_be_visible()

    await page.get_by_role("link", name=f"Arvioinnit vuodelta {YEAR}").click()
    await page.get_by_role("button", name="Anna arviointi").click()
    await expect(page.get_by_role("alert").first).to_contain_text("Valitse jokin vaihtoehdoista.")
    await _evaluate(page, Words("fi"), "yes")
    await expect(page.get_by_role("button", name="Muuta arviointia")).to_be_visible()
    await officer.get_by_role("link", name=f"Arvioinnit vuodelta {YEAR}").click()
    await expect(officer.get_by_text("Kerhosta tuli tärkeä paikka.")).to_be_visible()
    await _evaluate(officer, Words("fi"), "changed")
    await expect(officer.get_by_text("Kyllä, mutta muutettuna")).to_be_visible()
    await expect(page.get_by_text("Kyllä, mutta muutettuna")).to_be_visible()
    await expect(page.get_by_role("button", name="Muuta arviointia")).to_have_count(0)
    await page.set_viewport_size(PHONE)
    await assert_accessible(page)
    await assert_fits(page)


async def test_who_saves_second_loses_nothing(own_site: Site, page_as: PageAs) -> None:
    path = await _begun(own_site, 2018, {"activities": "Kerho.", "problems": "Kylmä tila."})
    editor = await own_site.api(EDITOR)
    page = await page_as(EDITOR, site=own_site)
    watch_of(page).allow("status 412|the server responded with a status of 412")
    await page.goto(f"/sv/{path}/edit")
    await page.fill("[name='content/activities']", "Klubben.")
    editor.send("PATCH", path, {"content": {"activities": "Kerho toisin.", "problems": "Ahdas tila."}}, seen=path)
    await page.get_by_role("button", name="Spara").click()
    await expect(page.get_by_text("Kerho toisin.")).to_be_visible()
    await expect(page.locator("[name='content/activities']")).to_have_value("Klubben.")
    await expect(page.locator("[name='content/problems']")).to_have_value("Ahdas tila.")
    await assert_accessible(page)
    await page.fill("[name='content/plans']", "Vi fortsätter.")
    await page.get_by_role("link", name="Till redogörelsen").click()
    await page.get_by_role("dialog").get_by_role("button", name="Stanna på sidan").click()
    await page.get_by_role("button", name="Spara").click()
    await page.wait_for_url(f"**/sv/{path}")
    await expect(page.get_by_text("Vi fortsätter.")).to_be_visible()
    said = editor.get(path)["content"]
    assert (said["activities"], said["problems"], said["plans"]) == ("Klubben.", "Ahdas tila.", "Vi fortsätter.")


async def test_who_submitted_it_is_told_that_somebody_else_accepts(own_site: Site, page_as: PageAs) -> None:
    path = await _begun(own_site, 2016, {"activities": "Kerho."})
    report, owner = (await own_site.api(EDITOR)).get(path), await own_site.api(OWNER)
    officer = await own_site.api(OFFICER)
    person = f"organisations/{report['organisation']['id']}/people/{officer.get('me')['id']}"
    owner.send("PUT", person, {"roles": ["editor"]})
    accept_offers(officer)
    officer.send("POST", f"{path}/submit", {}, seen=path)
    reason = "You submitted this report yourself, so somebody else of the other party accepts or returns it."
    for language, view in (("fi", DESK), ("sv", PHONE), ("en", PHONE)):
        words = Words(language)
        page = await page_as(OFFICER, site=own_site, viewport=view)
        await page.goto(f"/{language}/{path}")
        await expect(page.get_by_text(words(reason)).first).to_be_visible()
        await expect(page.get_by_role("button", name=words("Accept the report", "reports"))).to_have_count(0)
        await assert_accessible(page)
        await assert_fits(page)
