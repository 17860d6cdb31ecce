"""An association, a city and a third party that agree, and how they sign in the browser."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from playwright.async_api import Page, expect

from puumerkki.kernel import clock
from tests.e2e.checks import assert_accessible, assert_fits
from tests.e2e.site import Api, Site
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]


EDITOR, OWNER, SIGNATORY = "hakija01@demo.example", "edustaja01@demo.example", "edustaja02@demo.example"


THIRD_EDITOR, THIRD_OWNER = "hakija03@demo.example", "edustaja03@demo.example"


OFFICER, DECIDER = "valmistelija.kaupunki@demo.example", "paattaja.kaupunki@demo.example"


PURPOSE = "Yksin asuvat saavat iltaisin seuraa läheltä kotia."


async def city(api: Api) -> str:
    return str(api.get("organisations", q="Oulu", sector="municipality")["items"][0]["id"])


def accept_offers(person: Api) -> None:
    """Somebody accepts the roles that they are offered, if there are any."""
    if offers := person.get("me")["role_offers"]:
        person.send("POST", "me/role-offers/accept", {"offer_ids": [one["id"] for one in offers]})


async def association_with_a_signatory(site: Site) -> str:
    """The editor's association, whose owner has made somebody a signatory."""
    owner, signatory = await site.api(OWNER), await site.api(SIGNATORY)
    [role] = [one for one in owner.get("me")["roles"] if one["role"] == "owner"]
    path = f"organisations/{role['scope_id']}/people/{signatory.get('me')['id']}"
    owner.send("PUT", path, {"roles": ["signatory"]})
    accept_offers(signatory)
    return str(role["scope_id"])


async def drafted(site: Site, title: str, content: dict[str, object], further: Sequence[str] = ()) -> str:
    """The path of a draft of the association with the city and further parties, from today on."""
    association, editor = await association_with_a_signatory(site), await site.api(EDITOR)
    body = {
        "kind": "cooperation",
        "title": title,
        "organisation_id": association,
        "party_ids": [await city(editor), *further],
        "starts_on": str(clock.today()),
        "ends_on": str(clock.today() + timedelta(days=730)),
        "content": content,
    }
    return f"agreements/{editor.send('POST', 'agreements', body)['id']}"


async def sign(
    site: Site, page_as: PageAs, email: str, words: Words, title: str, view: dict[str, int], version: str = "1"
) -> Page:
    """From what waits for them, a signer reads the agreement and signs it."""
    page = await page_as(email, site=site, viewport=view)
    await page.goto(f"/{words.language}/work")
    await page.get_by_role("link", name=f"{words('Sign the agreement', 'activity')}: {title}").click()
    await page.get_by_role("button", name=words("Sign", "agreements"), exact=True).click()
    dialog = page.get_by_role("dialog")
    await assert_accessible(page)
    await assert_fits(page)
    confirm = words("Sign version {number}", "agreements").replace("{number}", version)
    await dialog.get_by_role("button", name=confirm).click()
    await expect(dialog).to_have_count(0)
    # the button that opened the window is gone: one goes on from the heading
    await expect(page.get_by_role("heading", level=1)).to_be_focused()
    return page
