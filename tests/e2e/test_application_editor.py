"""The application's editor: from nothing to submitted; two people in one application, and neither loses a word."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.e2e.checks import assert_accessible
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
EDITOR, OWNER = "hakija01@demo.example", "paakayttaja@demo.example"
"""Of one association. The administrator makes itself an editor, too."""


async def saved(page: Page) -> None:
    """All that was typed is safe on the server."""
    await expect(page.locator("[data-saved]")).to_have_attribute("data-saved", "saved")


async def go(page: Page, step: str) -> None:
    """To another step; its heading has the focus."""
    await page.get_by_role("navigation", name="Hakemuksen osat").get_by_role("button", name=step).click()
    await expect(page.get_by_role("heading", level=2, name=step)).to_be_focused()


async def pick(page: Page, field: Locator, typed: str, name: str) -> None:
    """One of what a picker finds."""
    await field.fill(typed)
    await page.get_by_role("button", name=name).first.click()


async def begun(site: Site, title: str, **more: Any) -> str:
    """A draft of the first association; the path of its editor."""
    editor = await site.api(EDITOR)
    [role] = [one for one in editor.get("me")["roles"] if one["role"] == "editor"]
    made = editor.send("POST", "applications", {"applicant_id": role["scope_id"], "title": title, **more})
    return f"/fi/applications/{made['id']}/edit"


async def test_an_application_from_nothing_to_submitted(own_site: Site, page_as: PageAs) -> None:
    page = await page_as(EDITOR, site=own_site)
    await page.goto("/fi/applications")
    await page.get_by_role("link", name="Aloita hakemus").click()
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await expect(page.get_by_role("alert").filter(has_text="Anna hakemukselle nimi.")).to_be_focused()
    await page.fill("input[name=title]", "Iltavirkut")
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await page.wait_for_url(re.compile(r"/edit$"))
    await page.fill("input[name=amount_cents]", "12 500,50")

    await go(page, "Keitä pyydetään")
    await page.get_by_text("Elämänkaari", exact=True).click()
    await pick(page, page.locator("input[name=authorities]"), "Oulun kaupunki", "Oulun kaupunki")
    await page.get_by_label("Mitä pyydetään: Oulun kaupunki").fill("Tilat kahdesti viikossa.")
    await pick(page, page.locator("input[name=area_ids]"), "Tuira", "Tuira")
    await saved(page)

    await go(page, "Tarkista ja lähetä")
    missing = page.get_by_role("listitem").filter(has_text="(pyytäjä: Elämänkaari)")
    await expect(missing).to_have_count(8)
    await expect(page.get_by_role("button", name="Lähetä hakemus käsittelyyn")).to_have_count(0)
    await missing.get_by_role("button", name="Miksi").click()
    await expect(page.get_by_role("textbox", name="Miksi")).to_be_focused()
    for part in ("purpose", "goals", "methods", "partners", "complements", "cooperation"):
        await page.fill(f"textarea[name={part}]", f"Näin: {part}.")
    await page.get_by_text("Ikäihmiset", exact=True).click()
    await page.fill("input[name=duration]", "1.2.2027")
    await page.fill("input[name='duration/ends_on']", "31.1.2029")

    await go(page, "Tarpeet")
    await page.get_by_text("Digiapua kotiin").click()

    await go(page, "Kulut ja mittarit")
    await page.get_by_role("button", name="Lisää kulu").click()
    await page.keyboard.type("Palkat")
    await page.keyboard.press("Tab")
    await page.keyboard.type("10000,50")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Tilat")
    await expect(page.locator("[data-saved]")).to_have_text("Ei vielä tallennettu")
    await page.keyboard.press("Tab")
    await page.keyboard.type("2500")
    await expect(page.locator("output")).to_have_text(re.compile(r"12.500,50"))
    await saved(page)

    await go(page, "Tarkista ja lähetä")
    await expect(page.get_by_text("Viranomaisella oleva asiakirja voi olla julkinen").first).to_be_visible()
    await page.get_by_role("button", name="Lähetä hakemus käsittelyyn").click()
    dialog = page.get_by_role("dialog", name="Lähetetäänkö hakemus käsittelyyn?")
    await expect(dialog.get_by_role("listitem")).to_have_text(["Elämänkaari", "Oulun kaupunki"])
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Lähetä käsittelyyn", exact=True).click()
    await page.wait_for_url(re.compile(r"/fi/applications/[0-9a-f-]{36}$"))
    api = await own_site.api(EDITOR)
    made = api.get(f"applications/{page.url.rsplit('/', 1)[1]}")
    assert (made["state"], made["current_version"], made["amount_cents"]) == ("active", 1, 1_250_050)
    assert [(row["name"], row["cents"]) for row in made["content"]["budget"]["items"]] == [
        ("Palkat", 1_000_050),
        ("Tilat", 250_000),
    ]
    assert made["networks"][0]["handling"]["state"] == "received"
    assert made["authorities"][0]["asks"] == "Tilat kahdesti viikossa."


async def test_two_people_edit_one_application(own_site: Site, page_as: PageAs) -> None:
    path = await begun(own_site, "Kahden kirjoittama")
    owner = await own_site.api(OWNER)
    me = owner.get("me")
    people = f"organisations/{me['roles'][0]['scope_id']}/people"
    owner.send("PUT", f"{people}/{me['id']}", {"roles": ["owner", "editor"]})
    one, other = await page_as(EDITOR, site=own_site), await page_as(OWNER, site=own_site)
    for page in (one, other):
        watch_of(page).allow("412")
        await page.goto(f"{path}?step=content")
        await expect(page.locator("textarea[name=purpose]")).to_be_visible()
    # other fields: both are kept, nobody is asked
    await one.fill("textarea[name=purpose]", "Illat ovat pitkiä.")
    await other.fill("textarea[name=goals]", "Kukaan ei ole yksin.")
    for page in (one, other):
        await saved(page)
        await expect(page.locator("textarea[name=purpose]")).to_have_value("Illat ovat pitkiä.")
        await expect(page.locator("textarea[name=goals]")).to_have_value("Kukaan ei ole yksin.")
    # the same field, while one of them hears nothing of the other
    await other.context.set_offline(True)
    watch_of(other).allow("ERR_INTERNET_DISCONNECTED")
    await other.fill("textarea[name=methods]", "Kahvila kylätalolla.")
    await one.fill("textarea[name=methods]", "Kotikäyntejä joka viikko.")
    await saved(one)
    await expect(other.locator("[data-saved]")).to_contain_text("yhteyttä ei ole")
    await other.context.set_offline(False)
    clash = other.get_by_role("region", name="Miten")
    await expect(clash).to_contain_text("Kahvila kylätalolla.")
    await expect(clash).to_contain_text("Kotikäyntejä joka viikko.")
    await assert_accessible(other)
    await expect(one.locator("textarea[name=methods]")).to_have_value("Kotikäyntejä joka viikko.")
    await clash.get_by_role("button", name="Säilytä molemmat allekkain").click()
    await saved(other)
    both = "Kahvila kylätalolla.\n\nKotikäyntejä joka viikko."
    for page in (one, other):
        await expect(page.locator("textarea[name=methods]")).to_have_value(both)
    editor = await own_site.api(EDITOR)
    kept = editor.get(f"applications/{path.split('/')[3]}")["content"]
    assert (kept["purpose"], kept["goals"], kept["methods"]) == ("Illat ovat pitkiä.", "Kukaan ei ole yksin.", both)


async def test_leaving_saves_or_asks(own_site: Site, page_as: PageAs) -> None:
    path = await begun(own_site, "Kesken jäänyt")
    page = await page_as(EDITOR, site=own_site)
    await page.goto(f"{path}?step=budget")
    await page.get_by_role("button", name="Lisää kulu").click()
    await page.keyboard.type("Kulu ilman summaa")
    await page.get_by_role("link", name="Tarpeet").click()
    dialog = page.get_by_role("dialog", name="Kaikkea ei ole tallennettu")
    await dialog.get_by_role("button", name="Jää sivulle").click()
    await page.get_by_label(re.compile("Kulun 1 summa")).fill("20")
    await page.get_by_role("link", name="Hakemukset", exact=True).click()
    await page.wait_for_url("**/fi/applications")
    editor = await own_site.api(EDITOR)
    kept = editor.get(f"applications/{path.split('/')[3]}")["content"]
    assert kept["budget"]["total_cents"] == 2_000
