"""An organisation that is here twice is merged and parted again, by the keyboard; the old address leads on."""

from playwright.async_api import Page, expect

from tests.e2e.agreements import PageAs
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site
from tests.e2e.words import Words

OPERATOR = "operaattori@demo.example"
KEPT, TWICE, OTHER = "Kaijonharjun Pelaajat ry", "Kaijonharjun Pelaajat", "Rajakylän Pelimannit"
WHY = "Sama seura on luettelossa kahdesti."


async def reach(page: Page, name: str) -> None:
    """Go on by the keyboard until a button or a link of this name has the focus."""
    focused = "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate(focused) == name:
            return
    raise AssertionError(f"{name} cannot be reached by the keyboard")


async def test_merged_and_parted_by_the_keyboard(own_site: Site, page_as: PageAs) -> None:
    operator = await own_site.api(OPERATOR)

    def made(name: str, number: str | None, *other_than: str) -> str:
        group = {"contact": {"name": "Toimisto", "email": "toimisto@demo.example"}}
        given = {
            "names": {"fi": name},
            "sector": "residents",
            "legal_form": "registered_association" if number else "unregistered_group",
            "home_municipality_code": "564",
            "other_than": list(other_than),
        } | ({"association_register_number": number} if number else group)
        id_: str = operator.send("POST", "organisations", given)["id"]
        return id_

    kept = made(KEPT, "990778")
    twice = made(TWICE, None, kept)
    made(OTHER, "990779")

    words = Words("fi")
    page = await page_as(OPERATOR, site=own_site, viewport=PHONE)
    await page.goto(f"/fi/organisations/{twice}")
    await settled(page)
    await reach(page, words("Merge with another organisation", "organisations"))
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text(words("Organisations with a similar name", "organisations"))).to_be_visible()
    await assert_accessible(page)
    await reach(page, words("Choose: {label}", "organisations").replace("{label}", KEPT))
    await page.keyboard.press("Enter")
    await expect(
        dialog.get_by_text(words("What goes to the organisation that remains", "organisations"))
    ).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    await dialog.locator("textarea[name=reason]").focus()
    await page.keyboard.type(WHY)
    await reach(page, words("Merge the organisations", "organisations"))
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    gone = words("This organisation has been merged with another one", "organisations")
    await expect(page.get_by_text(gone, exact=True)).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)

    words = Words("sv")
    page = await page_as(None, site=own_site, viewport=DESK)
    await page.goto(f"/sv/organisations?q={TWICE}")
    await settled(page)
    await expect(page.get_by_role("link", name=KEPT)).to_be_visible()
    await expect(page.get_by_role("link", name=TWICE, exact=True)).to_have_count(0)
    await page.goto(f"/sv/organisations/{twice}")
    await page.get_by_role("alert").or_(page.locator("main")).get_by_role("link", name=KEPT).first.click()
    await expect(page.get_by_role("heading", name=KEPT)).to_be_visible()
    await assert_accessible(page)

    words = Words("en")
    page = await page_as(OPERATOR, site=own_site, viewport=DESK)
    await page.goto(f"/en/organisations/{kept}")
    await expect(page.get_by_role("heading", name=words("Took the place of", "organisations"))).to_be_visible()
    told = page.get_by_role("listitem").filter(has_text=words("The organisation was merged with another one"))
    await expect(told.get_by_role("link", name=TWICE, exact=True)).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("link", name=TWICE, exact=True).first.click()
    await settled(page)
    await reach(page, words("Undo the merge", "organisations"))
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("What the merge moved returns to this organisation")).to_be_visible()
    await expect(dialog.get_by_text("Others who heard of the merge receive an email, too.")).to_be_visible()
    await assert_accessible(page)
    await reach(page, words("Undo the merge", "organisations"))
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    done = words("The merge has been undone. The two are separate organisations again.", "organisations")
    await expect(page.get_by_text(done)).to_be_visible()
    await expect(
        page.get_by_role("button", name=words("Merge with another organisation", "organisations"))
    ).to_be_visible()

    await page.goto(f"/en/organisations/{kept}")
    await page.get_by_role("button", name=words("Merge with another organisation", "organisations")).click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[name=into]").fill("Pelimannit")
    await dialog.get_by_role("button", name=OTHER).click()
    await expect(
        dialog.get_by_text(words("The two have different numbers in the register of associations."))
    ).to_be_visible()
    await expect(dialog.get_by_text("990778 – 990779")).to_be_visible()
    await assert_accessible(page)
