"""Ties in the browser: said and settled in a network's case; a case handed over where everybody in office is tied."""

from playwright.async_api import expect

from tests.e2e.agreements import OFFICER, PageAs, accept_offers, city
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits
from tests.e2e.site import Site
from tests.e2e.words import Words

COORDINATOR = "coordinator.elamankaari@demo.example"
OPERATOR = "operaattori@demo.example"
OWNER = "edustaja09@demo.example"
WHY = "Istui hakijan hallituksessa viime vuonna."


async def _asked(site: Site) -> str:
    """Somebody who is asked to settle a question about a tie."""
    for number in range(1, 16):
        email = f"edustaja{number:02d}@demo.example"
        if (await site.api(email)).get("tasks", kind="tie_to_settle")["items"]:
            return email
    raise AssertionError("nobody is asked")


async def test_a_tie_is_said_and_a_second_person_settles_it(own_site: Site, page_as: PageAs) -> None:
    lead = await own_site.api(COORDINATOR)
    [first, *_] = [one for one in lead.get("handlings")["items"] if one["state"] in ("received", "in_review")]
    path, me = f"handlings/{first['id']}", lead.get("me")["id"]
    ties = lead.get(f"{path}/ties")
    [person, *_] = [one for one in ties["people"] if not one["tied"] and one["principal_id"] != me]
    words = Words("fi")
    page = await page_as(COORDINATOR, site=own_site, viewport=DESK)
    await page.goto(f"/fi/{path}")
    await page.get_by_role("button", name=words("Say that somebody has a tie")).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=words("Send to be settled")).click()
    await expect(dialog.get_by_role("alert")).to_be_focused()
    await assert_accessible(page)
    await dialog.get_by_role("button", name=words("Person")).click()
    await page.get_by_role("option", name=person["name"]).click()
    await dialog.locator("textarea[name=reason]").fill(WHY)
    await dialog.get_by_role("button", name=words("Send to be settled")).click()
    await expect(page.get_by_text(words("There is a question about a tie"))).to_be_visible()

    words = Words("sv")
    page = await page_as(await _asked(own_site), site=own_site, viewport=PHONE)
    await page.goto(f"/sv/{path}")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    await page.get_by_role("button", name=words("Settle the question: {name}").format(name=person["name"])).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text(WHY)).to_be_visible()
    await dialog.get_by_text(words("No, the person can take part"), exact=True).click()
    await dialog.locator("textarea[name=reason]").fill("Avgick redan tidigare.")
    await dialog.get_by_role("button", name=words("Settle"), exact=True).click()
    await expect(page.get_by_text(words("Has no tie")).first).to_be_visible()
    await expect(page.get_by_text(words("There is a question about a tie"))).to_have_count(0)


async def test_an_owner_hands_a_case_over(own_site: Site, page_as: PageAs) -> None:
    officer, operator, owner = await own_site.api(OFFICER), await own_site.api(OPERATOR), await own_site.api(OWNER)
    authority, me = await city(officer), owner.get("me")
    named = {"scope_kind": "organisation", "scope_id": authority, "name": me["name"], "email": me["email"]}
    operator.send("POST", "namings", named | {"reason": "Kaupunki pyysi pääkäyttäjää."})
    accept_offers(owner)
    own = {one["scope_id"] for one in me["roles"]}
    cases = officer.get("partner-requests", authority=authority)["items"]
    open_ = [one for one in cases if one["state"] in ("arrived", "referred") and one["applicant"]["id"] not in own]
    officer.send("PUT", f"affiliations/{open_[0]['applicant']['id']}", {"kinds": ["employee"]})
    [waits] = [one for one in owner.get("case-handovers")["items"] if one["office"] == "officer"]

    words = Words("fi")
    page = await page_as(OWNER, site=own_site, viewport=PHONE)
    await page.goto("/fi/work")
    task = words("Name another person: everybody in office has a conflict of interest in a case", "activity")
    await page.get_by_role("link", name=task).first.click()
    await expect(page.get_by_text(words("A case waits for a person", "organisations"))).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    button = words("Name who acts instead: {0}", "organisations").format(waits["case_number"])
    await page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=words("Hand over", "organisations")).click()
    await expect(dialog.get_by_role("alert")).to_be_focused()
    await assert_accessible(page)
    await dialog.get_by_role("button", name=words("Who acts instead", "organisations")).click()
    await page.get_by_role("option", name=waits["candidates"][0]["name"]).click()
    await dialog.get_by_role("button", name=words("Hand over", "organisations")).click()
    await expect(page.get_by_text(words("The case has been handed over.", "organisations"))).to_be_visible()
    words = Words("en")
    page = await page_as(OWNER, site=own_site, viewport=DESK)
    await page.goto(f"/en/organisations/{authority}/people")
    await expect(page.get_by_role("heading", name=words("Cases to hand over", "organisations"))).to_be_visible()
    await assert_accessible(page)
    page = await page_as(OFFICER, site=own_site, viewport=DESK)
    await page.goto(f"/en/partner-requests/{open_[0]['id']}")
    await expect(page.get_by_text(words("Takes no part because of a tie")).first).to_be_visible()
