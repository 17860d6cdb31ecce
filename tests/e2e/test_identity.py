"""Signing in and out, links by mail, invitations, one's own account."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.conftest import watch_of
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija01@demo.example"
PASSWORD = "puumerkki-demo"


async def test_somebody_signs_in_where_they_wanted_to_go_and_out(page_as: PageAs, site: Site) -> None:
    page = await page_as(None)
    watch_of(page).allow("401")
    await page.goto("/fi/login?to=organisations%3Fq%3Doulu")
    await page.fill("input[name=email]", EDITOR)
    await page.fill("input[name=password]", "väärä salasana")
    await page.get_by_role("button", name="Kirjaudu").click()
    await expect(page.get_by_role("alert")).to_contain_text("Sähköpostiosoite tai salasana on väärä.")
    await expect(page.get_by_role("alert")).to_be_focused()
    await page.fill("input[name=password]", PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(re.compile(r"/fi/organisations\?q=oulu$"))
    await page.get_by_role("button", name="Eeva Valmistaja 01").click()
    await page.get_by_role("menuitem", name="Kirjaudu ulos").click()
    await expect(page.get_by_role("link", name="Kirjaudu")).to_be_visible()
    # the device is known for its own count of wrong passwords; nothing stays of the session
    assert [one["name"] for one in await page.context.cookies()] == ["puumerkki_device"]


async def test_a_mailed_link_signs_in(page_as: PageAs, site: Site) -> None:
    email = "hakija02@demo.example"
    page = await page_as(None)
    await page.goto("/fi/login")
    await page.get_by_role("link", name="Tilaa kirjautumislinkki").click()
    # the page before has such a field too
    await expect(page.get_by_role("heading", name="Kirjaudu linkillä", level=1)).to_be_visible()
    await page.fill("input[name=email]", email)
    await page.get_by_role("button", name="Lähetä linkki").click()
    await expect(page.get_by_role("status").filter(has_text=email)).to_be_visible()
    link = await site.mailed_link(email, "/fi/login-link#token=")
    await page.goto(link)
    await page.get_by_role("button", name="Kirjaudu", exact=True).click()
    await expect(page.get_by_role("button", name="Eeva Valmistaja 02")).to_be_visible()
    assert "token" not in page.url
    again = await page_as(None)
    watch_of(again).allow("401")
    await again.goto(link)
    await again.get_by_role("button", name="Kirjaudu", exact=True).click()
    await expect(again.get_by_role("alert")).to_contain_text("Linkki on jo käytetty tai vanhentunut.")


async def test_a_new_password_is_chosen_by_a_mailed_link(page_as: PageAs, site: Site) -> None:
    email = "hakija03@demo.example"
    page = await page_as(None)
    await page.goto("/sv/reset")
    await page.fill("input[name=email]", email)
    await page.get_by_role("button", name="Skicka länken").click()
    await page.goto((await site.mailed_link(email, "/reset#token=")).replace("/fi/", "/sv/"))
    await page.fill("input[name=password]", "för kort")
    await page.get_by_role("button", name="Byt lösenord").click()
    await expect(page.get_by_text("Lösenordet är för kort.", exact=True)).to_be_visible()
    await expect(page.get_by_role("alert").first).to_be_focused()
    await page.fill("input[name=password]", "lingon blåbär hjortron")
    await page.get_by_role("button", name="Byt lösenord").click()
    await page.wait_for_url("**/sv/login")
    await page.fill("input[name=email]", email)
    await page.fill("input[name=password]", "lingon blåbär hjortron")
    await page.get_by_role("button", name="Logga in").click()
    await expect(page.get_by_role("button", name="Eeva Valmistaja 03")).to_be_visible()


async def test_an_invitation_makes_an_account(page_as: PageAs, site: Site) -> None:
    owner = await site.api("paakayttaja@demo.example")
    role = next(one for one in owner.get("me")["roles"] if one["role"] == "owner")
    body = {
        "email": "uusi@example.org",
        "name": "Ulla Uusi",
        "language": "en",
        "scope_kind": "organisation",
        "scope_id": role["scope_id"],
        "role": "editor",
    }
    owner.send("POST", "invitations", body)
    page = await page_as(None)
    await page.goto(await site.mailed_link("uusi@example.org", "/en/invitation#token="))
    await page.fill("input[name=name]", "Ulla Uusitalo")
    await page.get_by_role("button", name="Accept the invitation").click()
    await expect(page.get_by_role("button", name="Ulla Uusitalo")).to_be_visible()
    await page.goto("/en/invitation")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Accept an invitation")


async def test_mailed_links_lead_to_pages(page_as: PageAs) -> None:
    page = await page_as(None)
    for path, title in (("invitation", "Hyväksy kutsu"), ("reset", "Valitse uusi salasana")):
        await page.goto(f"/fi/{path}")
        await expect(page.get_by_role("heading", level=1)).to_have_text(title)
