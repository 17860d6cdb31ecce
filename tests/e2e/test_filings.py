"""An application at a funder: planned, sent, granted in part."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija02@demo.example"


async def test_from_the_plan_to_the_funders_decision(own_site: Site, page_as: PageAs) -> None:
    api = await own_site.api(EDITOR)
    [application] = [one for one in api.get("applications")["items"] if one["title"] == "Muistikahvila joka kylään"]
    page = await page_as(EDITOR, site=own_site)
    await page.goto(f"/fi/applications/{application['id']}")
    await settled(page)
    await page.get_by_role("button", name="Suunnittele jättäminen rahoittajalle").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Lisää suunnitelmaan").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Valitse rahoittaja.")
    await dialog.locator("input[name=funder_id]").fill("avustuskeskus")
    await dialog.get_by_role("button", name=re.compile("STEA")).click()
    await expect(dialog.get_by_text("Hankeavustukset 2027").first).to_be_visible()
    await dialog.get_by_role("button", name="Lisää suunnitelmaan").click()
    await page.get_by_role("link", name=re.compile("STEA")).click()
    await page.wait_for_url("**/fi/filings/*")

    await page.get_by_role("button", name="Muuta suunnitelmaa").click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=applied_cents]").fill("61000")
    await dialog.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_text(re.compile(r"^61.000.€$"))).to_be_visible()

    await page.get_by_role("button", name="Kirjaa hakemus jätetyksi").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("Jätetty hakemus poikkeaa tästä versiosta").click()
    await dialog.get_by_role("textbox", name="Tavoitteet").fill("Sata ihmistä vuodessa.")
    await dialog.get_by_role("button", name="Kirjaa", exact=True).click()
    await expect(page.get_by_text("Sata ihmistä vuodessa.")).to_be_visible()
    await expect(page.get_by_text("Kahdessa vuodessa toiminta tavoittaa kaksisataa ikäihmistä.")).to_be_visible()
    await expect(page.get_by_text("Voimassa tässä versiossa")).to_be_visible()

    await page.get_by_role("button", name="Kirjaa myöntävä päätös").click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=granted_cents]").fill("30000")
    await dialog.get_by_role("button", name="Kirjaa", exact=True).click()
    await expect(page.get_by_text(re.compile(r"30.000.€, osittain"))).to_be_visible()
