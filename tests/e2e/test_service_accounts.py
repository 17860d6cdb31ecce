"""A service account: made, its secret seen once, ended."""

from collections.abc import Awaitable, Callable

import httpx
from playwright.async_api import Page, expect

from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]


def token_status(site: Site, client_id: str, secret: str) -> int:
    form = {"grant_type": "client_credentials"}
    return httpx.post(f"{site.url}/api/v1/oauth/token", data=form, auth=(client_id, secret)).status_code


async def test_an_owner_makes_a_service_account_and_ends_it(own_site: Site, page_as: PageAs) -> None:
    page = await page_as("paakayttaja@demo.example", site=own_site)
    await page.goto("/fi/profile")
    await page.get_by_role("link", name="Organisaatioideni palvelutilit").click()
    await page.get_by_role("button", name="Tee palvelutili").click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=name]").fill("Jäsenrekisteri")
    await expect(dialog.get_by_text("Valmistelija", exact=True)).to_have_count(0)
    await dialog.get_by_role("button", name="Tee tili").click()
    await expect(dialog.get_by_role("heading", name="Ota salaisuus talteen nyt")).to_be_visible()
    client_id, secret = await dialog.locator("code").all_inner_texts()
    assert token_status(own_site, client_id, secret) == 200
    await page.keyboard.press("Escape")
    await expect(page.get_by_text(secret)).to_have_count(0)

    row = page.get_by_role("listitem").filter(has_text="Jäsenrekisteri")
    await expect(row).to_contain_text("Käytössä")
    await row.get_by_role("button", name="Lopeta tili: Jäsenrekisteri").click()
    await dialog.get_by_role("button", name="Lopeta tili").click()
    await expect(row).to_contain_text("Päättynyt")
    assert token_status(own_site, client_id, secret) == 401
