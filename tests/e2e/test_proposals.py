"""A proposed decision in the browser: handed back on a desk, proposed again on a phone, decided by one click more."""

from playwright.async_api import expect

from tests.e2e.agreements import PageAs
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits
from tests.e2e.site import Site
from tests.e2e.words import Words

OFFICER, DECIDER = "valmistelija.hyvinvointialue@demo.example", "paattaja.hyvinvointialue@demo.example"
FEATURE = "partner-requests"


async def test_a_proposal_is_handed_back_made_again_and_decided(own_site: Site, page_as: PageAs) -> None:
    decider = await own_site.api(DECIDER)
    case = next(one for one in decider.get("partner-requests")["items"] if one["title"] == "Saattajapankki")
    path = f"partner-requests/{case['id']}"
    assert "proposal_to_confirm" in [one["kind"] for one in decider.get("tasks")["items"]]

    words = Words("fi")
    decides = await page_as(DECIDER, site=own_site, viewport=DESK)
    await decides.goto(f"/fi/{path}")
    proposed = decides.get_by_role("region", name=words("Proposed decision", FEATURE), exact=True)
    await expect(proposed.get_by_text("§ 34")).to_be_visible()
    await assert_accessible(decides)
    await assert_fits(decides)
    await proposed.get_by_role("button", name=words("Hand the proposal back", FEATURE)).click()
    dialog = decides.get_by_role("dialog")
    await dialog.locator("textarea").fill("Matkakuluihin on varattu vähemmän.")
    await assert_accessible(decides)
    await dialog.get_by_role("button", name=words("Hand the proposal back", FEATURE)).click()
    await expect(dialog).to_be_hidden()
    await expect(decides.get_by_text(words("The proposal was handed back", FEATURE)).first).to_be_visible()

    words = Words("sv")
    prepares = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await prepares.goto("/sv/work")
    await prepares.get_by_role("link", name=words("See why the proposed decision was handed back", "activity")).click()
    await expect(prepares.get_by_text("Matkakuluihin on varattu vähemmän.")).to_be_visible()
    await assert_accessible(prepares)
    await assert_fits(prepares)
    await prepares.get_by_role("button", name=words("Propose a decision", FEATURE)).click()
    dialog = prepares.get_by_role("dialog")
    await expect(dialog.locator("input[name=section]")).to_have_value("§ 34")
    await dialog.locator("input[name='contributions/1/cents']").fill("2000")
    await assert_accessible(prepares)
    await assert_fits(prepares)
    await dialog.get_by_role("button", name=words("Send the proposal", FEATURE)).click()
    await expect(dialog).to_be_hidden()
    await expect(prepares.get_by_text("Saattajien matkakulut.").first).to_be_visible()

    words = Words("en")
    await decides.goto(f"/en/{path}")
    proposed = decides.get_by_role("region", name=words("Proposed decision", FEATURE), exact=True)
    await proposed.get_by_role("button", name=words("Decide as proposed", FEATURE)).click()
    dialog = decides.get_by_role("dialog")
    await assert_accessible(decides)
    await dialog.get_by_role("button", name=words("Record the decision", FEATURE)).click()
    await expect(dialog).to_be_hidden()
    await expect(decides.get_by_text(words("Decided as proposed", FEATURE))).to_be_visible()
    await assert_accessible(decides)
    decision = decider.get(path)["decision"]
    assert (decision["as_proposed"], decision["contributions"][1]["cents"]) == (True, 200_000)
