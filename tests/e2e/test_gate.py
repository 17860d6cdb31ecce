"""The gate in the browser: what an authority does without a puumerkki, and how members revoke one that they gave."""

from playwright.async_api import expect

from tests.e2e.agreements import DECIDER, OFFICER, PageAs
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits, choose
from tests.e2e.site import Site
from tests.e2e.words import Words

COORDINATOR = "coordinator.elamankaari@demo.example"
FEATURE = "partner-requests"


async def test_a_requirement_is_released_undone_and_the_answer_is_no(own_site: Site, page_as: PageAs) -> None:
    words = Words("fi")
    officer = await own_site.api(OFFICER)
    case = next(one for one in officer.get("partner-requests")["items"] if one["title"] == "Kyläauto")
    path = f"partner-requests/{case['id']}"
    decides = await page_as(DECIDER, site=own_site, viewport=DESK)
    await decides.goto(f"/fi/{path}")
    await expect(decides.get_by_text(words("Released"), exact=True).first).to_be_visible()
    await assert_accessible(decides)
    await decides.get_by_role("button", name=words("Undo the release", FEATURE)).click()
    dialog = decides.get_by_role("dialog")
    await dialog.locator("textarea").fill("Kyläauto palvelee ennen kaikkea ikäihmisiä.")
    await dialog.get_by_role("button", name=words("Undo", FEATURE), exact=True).click()
    await expect(decides.get_by_text(words("Missing"), exact=True).first).to_be_visible()

    prepares = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await prepares.goto(f"/fi/{path}")
    await expect(
        prepares.get_by_text(words("The authority cannot begin before every required puumerkki is there", FEATURE))
    ).to_be_visible()
    await assert_fits(prepares)
    await expect(prepares.get_by_role("button", name=words("Release", FEATURE), exact=True)).to_have_count(0)
    await assert_accessible(prepares)

    await decides.get_by_role("button", name=words("Release", FEATURE), exact=True).click()
    dialog = decides.get_by_role("dialog")
    await dialog.locator("textarea").fill("Kyläauto on sittenkin kaikkien kyläläisten.")
    await dialog.get_by_role("button", name=words("Release", FEATURE), exact=True).click()
    await expect(dialog).to_be_hidden()
    await prepares.reload()
    await expect(prepares.get_by_role("button", name=words("Begin to prepare", FEATURE))).to_be_visible()

    words = Words("sv")
    await decides.goto(f"/sv/{path}")
    await decides.get_by_role("button", name=words("Do not take up", FEATURE), exact=True).click()
    dialog = decides.get_by_role("dialog")
    await dialog.get_by_role("button", name=words("Record the answer", FEATURE)).click()
    await expect(dialog.get_by_role("alert")).to_be_focused()
    await dialog.locator("textarea[name=reason]").fill("Staden ordnar redan samma tjänst.")
    await dialog.locator("textarea[name=appeal]").fill("Begäran om omprövning lämnas inom 14 dagar.")
    await dialog.get_by_role("button", name=words("Record the answer", FEATURE)).click()
    await expect(dialog).to_be_hidden()
    assert officer.get(path)["decision"]["outcome"] == "not_taken_up"


async def _applicants_editor_and_another_voice(site: Site, applicant: str) -> tuple[str, str]:
    for number in range(1, 16):
        editor = f"hakija{number:02d}@demo.example"
        roles = (await site.api(editor)).get("me")["roles"]
        if any((one["role"], one["scope_id"]) == ("editor", applicant) for one in roles):
            return editor, f"edustaja{number % 15 + 1:02d}@demo.example"
    raise AssertionError("nobody writes for the applicant")


async def test_a_network_revokes_and_the_decision_is_to_be_looked_at(own_site: Site, page_as: PageAs) -> None:
    words = Words("en")
    coordinator, officer = await own_site.api(COORDINATOR), await own_site.api(OFFICER)
    decided = next(
        one
        for one in officer.get("partner-requests", state="decided")["items"]
        if one["endorsement_numbers"] and one["to_look_at"] is None
    )
    endorsement = coordinator.get(f"endorsements/{decided['endorsement_numbers'][0]}")
    handlings = coordinator.get("handlings", application=decided["application_id"])["items"]
    handling = next(one for one in handlings if one["network_id"] == endorsement["network_id"])
    leads = await page_as(COORDINATOR, site=own_site, viewport=DESK)
    await leads.goto(f"/en/handlings/{handling['id']}")
    await leads.get_by_role("button", name=words("Propose revoking the puumerkki", "handlings")).click()
    dialog = leads.get_by_role("dialog")
    await choose(dialog.get_by_role("radio", name=words("Two persons, for cause")))
    await choose(dialog.get_by_role("radio", name=words("The applicant asks for it")))
    await dialog.locator("textarea[name=reason]").fill("The applicant gives the plan up.")
    await assert_accessible(leads)
    await dialog.get_by_role("button", name=words("Propose revoking", "handlings"), exact=True).click()
    await expect(leads.get_by_text(words("Being reviewed by the network")).first).to_be_visible()

    applicant = coordinator.get(f"handlings/{handling['id']}")["applicant"]["id"]
    own, second = await _applicants_editor_and_another_voice(own_site, applicant)
    asks = await page_as(own, site=own_site, viewport=PHONE)
    await asks.goto(f"/en/handlings/{handling['id']}")
    await asks.get_by_role("button", name=words("Give your view on revoking", "handlings")).click()
    dialog = asks.get_by_role("dialog")
    await dialog.locator("textarea").fill("Yes, please: we will not carry it out.")
    await dialog.get_by_role("checkbox", name=words("We ask that the puumerkki be revoked", "handlings")).check(
        force=True
    )
    await assert_accessible(asks)
    await dialog.get_by_role("button", name=words("Send the view", "handlings")).click()
    await expect(dialog).to_be_hidden()
    await assert_accessible(asks)
    await assert_fits(asks)

    confirms = await page_as(second, site=own_site, viewport=DESK)
    await confirms.goto(f"/en/handlings/{handling['id']}")
    await confirms.get_by_role("button", name=words("Confirm the revoking, as the second person", "handlings")).click()
    await (
        confirms.get_by_role("dialog")
        .get_by_role("button")
        .filter(has_text=words("Revoke the puumerkki", "handlings"))
        .click()
    )
    await expect(confirms.get_by_role("dialog")).to_be_hidden()

    decides = await page_as(DECIDER, site=own_site, viewport=PHONE)
    await decides.goto(f"/en/partner-requests/{decided['id']}")
    await expect(decides.get_by_text(words("The puumerkki has been revoked.")).first).to_be_visible()
    await assert_accessible(decides)
    await assert_fits(decides)
    await decides.get_by_role("button", name=words("Keep the decision", FEATURE)).click()
    await expect(decides.get_by_role("button", name=words("Keep the decision", FEATURE))).to_have_count(0)
    assert officer.get(f"partner-requests/{decided['id']}")["state"] == "decided"
