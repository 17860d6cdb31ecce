"""An association's first day, on a phone: founded, confirmed, into a network, asked to apply together."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.agreements import OFFICER, PageAs
from tests.e2e.checks import PHONE, assert_accessible, assert_fits
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.words import Words

FOUNDER, COORDINATOR, EDITOR = "perustaja@demo.example", "coordinator.kotona@demo.example", "hakija01@demo.example"
NEW = {
    "fi": ("Rajakylän Ruotupolku ry", "990.101", "Oulu"),
    "sv": ("Hemstigen i Uleåborg rf", "990.102", "Uleåborg"),
}


async def _looked_at(page: Page) -> None:
    await assert_accessible(page)
    await assert_fits(page)


async def _founded(page: Page, words: Words) -> str:
    """Its founder adds it: it waits, and says what it may do until then. Its id."""
    name, number, home = NEW[words.language]
    await page.goto(f"/{words.language}/organisations/new")
    await page.locator("input[name=names]").fill(name)
    await page.locator("input[name=association_register_number]").fill(number)
    await page.get_by_role("button", name=re.compile(words("Home municipality", "organisations"))).click()
    await page.get_by_role("option", name=home, exact=True).click()
    await page.get_by_role("button", name=words("Add the organisation", "organisations")).click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    waits = words("The organisation waits for confirmation", "organisations")
    await expect(page.get_by_text(waits)).to_be_visible()
    await _looked_at(page)
    return page.url.split("/")[-2]


async def _confirmed(page: Page, words: Words, made: str) -> None:
    """The city's officer finds it among the tasks, and confirms it by one click."""
    name, _, _ = NEW[words.language]
    await page.goto(f"/{words.language}/work")
    await expect(page.get_by_text(words("Confirm an added organisation", "activity")).first).to_be_visible()
    await page.locator(f"a[href$='/organisations/{made}']").first.click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    confirm = page.get_by_role("button", name=words("Confirm the organisation", "organisations"))
    await expect(confirm).to_be_visible()
    await _looked_at(page)
    await confirm.click()
    await expect(page.get_by_text(words("The organisation has been confirmed.", "organisations"))).to_be_visible()
    await expect(confirm).to_have_count(0)


async def _joined(page: Page, words: Words, network: str) -> None:
    """Invited, it comes into the network by its own owner's yes."""
    name, _, _ = NEW[words.language]
    await page.goto(f"/{words.language}/work")
    await expect(page.get_by_text(words("Answer an invitation to a network", "activity")).first).to_be_visible()
    await page.goto(f"/{words.language}/networks/{network}/members")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=name))
    accept = row.get_by_role("button", name=words("Accept the invitation", "networks"))
    await expect(accept).to_be_visible()
    await _looked_at(page)
    await accept.click()
    await expect(page.get_by_text(words("The organisation is now a member.", "networks"))).to_be_visible()


async def _applies_together(page: Page, words: Words, application: str) -> None:
    """Asked to apply together, it says yes."""
    await page.goto(f"/{words.language}/work")
    await expect(page.get_by_text(words("Answer whether you apply together", "activity")).first).to_be_visible()
    await page.goto(f"/{words.language}/applications/{application}")
    await page.get_by_role("button", name=words("Accept", "applications")).click()
    await expect(page.get_by_text(words("Has accepted", "applications"), exact=True)).to_be_visible()
    await _looked_at(page)


@pytest.mark.parametrize("language", ["fi", "sv"])
async def test_an_associations_first_day(own_site: Site, page_as: PageAs, language: str) -> None:
    words = Words(language)
    founder = await page_as(FOUNDER, site=own_site, viewport=PHONE)
    made = await _founded(founder, words)
    await _confirmed(await page_as(OFFICER, site=own_site, viewport=PHONE), words, made)
    coordinator = await own_site.api(COORDINATOR)
    [network] = [one["id"] for one in coordinator.get("networks")["items"] if "Kotona" in one["names"]["fi"]]
    coordinator.send("POST", f"networks/{network}/members", {"organisation_id": made})
    await _joined(founder, words, network)
    editor = await own_site.api(EDITOR)
    [applicant] = [one["scope_id"] for one in editor.get("me")["roles"] if one["role"] == "editor"]
    body = {"applicant_id": applicant, "title": "Polku kotoa", "content": {}, "co_applicant_ids": [made]}
    application = editor.send("POST", "applications", body)["id"]
    await _applies_together(founder, words, application)
    [co_applicant] = editor.get(f"applications/{application}")["co_applicants"]
    assert co_applicant["answer"] == "accepted"


async def test_a_namesake_is_asked_about_and_a_refusal_is_mended(own_site: Site, page_as: PageAs) -> None:
    words = Words("fi")
    page = await page_as(FOUNDER, site=own_site, viewport=PHONE)
    await page.goto("/fi/organisations")
    await page.goto("/fi/organisations/new")
    await page.locator("input[name=names]").fill("OULUN KOTIYSTÄVÄT r.y.")
    await page.locator("input[name=association_register_number]").fill("990.103")
    await page.get_by_role("button", name=re.compile(words("Home municipality", "organisations"))).click()
    await page.get_by_role("option", name="Oulu", exact=True).click()
    watch_of(page).allow("409")
    await page.get_by_role("button", name=words("Add the organisation", "organisations")).click()
    await expect(page.get_by_role("heading", name=words("Is it this one?", "organisations"))).to_be_visible()
    await expect(page.get_by_role("link", name="Oulun Kotiystävät ry")).to_be_visible()
    await _looked_at(page)
    await page.get_by_role("button", name=words("It is another organisation", "organisations")).click()
    await expect(page.get_by_role("heading", name="OULUN KOTIYSTÄVÄT r.y.", level=1)).to_be_visible()
    made = page.url.split("/")[-2]

    officer = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await officer.goto(f"/fi/organisations/{made}")
    await officer.get_by_role("button", name=words("Do not confirm", "organisations"), exact=True).click()
    dialog = officer.get_by_role("dialog")
    await dialog.get_by_label(words("What needs to be corrected", "organisations")).fill("Yhdistys on jo täällä.")
    await _looked_at(officer)
    await dialog.get_by_role("button", name=words("Send the reason", "organisations")).click()
    await expect(dialog).to_have_count(0)

    await page.reload()
    await expect(page.get_by_text("Yhdistys on jo täällä.")).to_be_visible()
    await _looked_at(page)
    await page.get_by_role("button", name=words("Ask for confirmation again", "organisations")).click()
    await expect(page.get_by_text(words("Confirmation has been asked for.", "organisations"))).to_be_visible()
    waits = words("The organisation waits for confirmation", "organisations")
    await expect(page.get_by_text(waits)).to_be_visible()


async def test_who_is_not_here_yet_is_invited_by_name(own_site: Site, page_as: PageAs) -> None:
    words, name = Words("fi"), "Rajakylän Porinapiiri ry"
    coordinator = await own_site.api(COORDINATOR)
    [network] = [one["id"] for one in coordinator.get("networks")["items"] if "Kotona" in one["names"]["fi"]]
    leads = await page_as(COORDINATOR, site=own_site, viewport=PHONE)
    await leads.goto(f"/fi/networks/{network}/members")
    await leads.get_by_role("button", name=words("Invite an organisation", "networks")).click()
    await leads.get_by_role("button", name=words("The organisation is not here yet", "networks")).click()
    dialog = leads.get_by_role("dialog")
    await dialog.locator("input[name=names]").fill(name)
    await dialog.get_by_role("button", name=re.compile(words("Home municipality", "networks"))).click()
    await dialog.get_by_role("option", name="Oulu", exact=True).click()
    await dialog.locator("input[name='administrator.name']").fill("Paula Perustaja")
    await dialog.get_by_role("button", name=words("Send the invitation", "networks")).click()
    await expect(dialog).to_contain_text(words("Give an email address.", "networks"))
    await dialog.locator("input[name='administrator.email']").fill("paula@example.org")
    await _looked_at(leads)
    await dialog.get_by_role("button", name=words("Send the invitation", "networks")).click()
    await expect(dialog).to_have_count(0)
    row = leads.get_by_role("listitem").filter(has=leads.get_by_role("link", name=name))
    await expect(row).to_be_visible()

    paula = await page_as(None, site=own_site, viewport=PHONE)
    await paula.goto(await own_site.mailed_link("paula@example.org", "/fi/invitation#token="))
    await expect(paula.get_by_text(name)).to_be_visible()
    await expect(paula.locator("input[name=name]")).to_have_value("Paula Perustaja")
    await _looked_at(paula)
    await paula.get_by_text(words("sign agreements (signatory)", "identity")).click()
    await paula.get_by_role("button", name=words("Accept the invitation", "identity")).click()
    await expect(paula.get_by_role("heading", name=words("To begin with", "organisations"))).to_be_visible()
    waits = "Invited to: {network}. You can answer once the organisation has been confirmed."
    invited_to = next(one["names"]["fi"] for one in coordinator.get("networks")["items"] if one["id"] == network)
    await expect(paula.get_by_text(words(waits, "organisations").replace("{network}", invited_to))).to_be_visible()
    await _looked_at(paula)
    take = words("Take the role: {0}").replace("{0}", words("Signatory", "identity"))
    await paula.get_by_role("button", name=take).click()
    await expect(paula.get_by_role("button", name=take)).to_have_count(0)

    await paula.get_by_role("link", name=words("Invite a second person", "organisations")).click()
    await paula.get_by_role("button", name=words("Invite somebody", "organisations")).click()
    dialog = paula.get_by_role("dialog")
    await dialog.locator("input[name=name]").fill("Toini Toinen")
    await dialog.locator("input[name=email]").fill("toini@example.org")
    await dialog.get_by_role("button", name=words("Invite", "organisations"), exact=True).click()
    watch_of(paula).allow("409")
    await paula.get_by_role("button", name=re.compile(words("Send again", "organisations"))).click()
    await expect(paula.get_by_text("alle tunti sitten")).to_be_visible()
