"""An organisation is told that it is to be archived and objects, then archives itself and names who takes its place."""

from playwright.async_api import expect

from tests.e2e.agreements import OWNER, PageAs
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits
from tests.e2e.site import Site
from tests.e2e.words import Words

OPERATOR = "operaattori@demo.example"
OTHER = "paakayttaja@demo.example"
"""The other administrator of `OWNER`'s organisation."""
SOURCE = "Yhdistysrekisteri, merkintä 1.10.2026"


async def test_told_first_then_at_its_own_wish_with_a_successor(own_site: Site, page_as: PageAs) -> None:
    owner, operator = await own_site.api(OWNER), await own_site.api(OPERATOR)
    me = owner.get("me")
    own = next(one["scope_id"] for one in me["roles"] if one["role"] == "owner")
    new = owner.send(
        "POST",
        "organisations",
        {
            "names": {"fi": "Seuraajayhdistys ry"},
            "sector": "association",
            "legal_form": "registered_association",
            "association_register_number": "990777",
            "home_municipality_code": "564",
        },
    )["id"]
    operator.send("POST", f"organisations/{new}/confirm", {}, seen=f"organisations/{new}")

    words = Words("en")
    page = await page_as(OPERATOR, site=own_site, viewport=DESK)
    await page.goto(f"/en/organisations/{own}/edit")
    await page.get_by_role("button", name=words("Archive the organisation", "organisations")).click()
    await page.get_by_text(words("Dissolved", "organisations"), exact=True).click()
    await page.locator("input[name=source]").fill(SOURCE)
    await assert_accessible(page)
    await page.get_by_role("button", name=words("Propose to archive the organisation", "organisations")).click()
    await expect(page.get_by_text(words("The organisation has been told.", "organisations"))).to_be_visible()

    words = Words("fi")
    page = await page_as(OWNER, site=own_site, viewport=PHONE)
    await page.goto("/fi/work")
    task = words("It is proposed to archive the organisation: agree or object", "activity")
    await page.get_by_role("link", name=task).first.click()
    await expect(page.get_by_text(SOURCE)).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    await page.get_by_role("button", name=words("Object to the archiving", "organisations")).click()
    await page.locator("textarea[name=objection]").fill("Toimimme yhä.")
    await (
        page.get_by_role("dialog").get_by_role("button", name=words("Object to the archiving", "organisations")).click()
    )
    await expect(page.get_by_text("Toimimme yhä.")).to_be_visible()
    await assert_accessible(page)

    words = Words("sv")
    page = await page_as(OWNER, site=own_site, viewport=DESK)
    await page.goto(f"/sv/organisations/{own}/edit")
    await page.get_by_role("button", name=words("Archive the organisation", "organisations")).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text(words("Merged with another organisation", "organisations")).click()
    await dialog.locator("input[name=source]").fill(SOURCE)
    await dialog.locator("input[name=successor_id]").fill("Seuraajayhdistys")
    await dialog.get_by_role("button", name="Seuraajayhdistys ry").click()
    await assert_accessible(page)
    await dialog.get_by_role("button", name=words("Archive the organisation", "organisations")).click()
    # it has another administrator, who agrees
    await expect(page.get_by_text(words("The organisation has been told.", "organisations")).first).to_be_visible()
    there = f"organisations/{own}"
    (await own_site.api(OTHER)).send("POST", f"{there}/archiving/agree", {}, seen=there)
    await page.goto(f"/sv/organisations/{new}")
    await expect(page.get_by_role("button", name=words("Take its place", "organisations"))).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("button", name=words("Take its place", "organisations")).click()
    await expect(page.get_by_role("heading", name=words("Took the place of", "organisations"))).to_be_visible()
    await assert_accessible(page)
    await page.goto(f"/sv/organisations/{own}")
    await expect(page.get_by_role("link", name="Seuraajayhdistys ry")).to_be_visible()
    await assert_accessible(page)
