"""Applying together and accepting offered roles, in the browser."""

from playwright.async_api import expect

from tests.e2e.agreements import OFFICER, OWNER, PageAs
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.words import Words

ASKING, ASKED = "hakija13@demo.example", "edustaja14@demo.example"


async def test_an_organisation_answers_and_leaves_and_is_taken_out(own_site: Site, page_as: PageAs) -> None:
    words = Words("fi")
    [task] = (await own_site.api(ASKED)).get("tasks", kind="co_applicant_to_answer")["items"]
    path = f"applications/{task['subject']['id']}"
    page = await page_as(ASKED, site=own_site, viewport=PHONE)
    await page.goto("/fi/work")
    await expect(page.get_by_text(words("Answer whether you apply together", "activity")).first).to_be_visible()
    await page.goto(f"/fi/{path}")
    await expect(page.get_by_text(words("Has not answered yet", "applications"))).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    await page.get_by_role("button", name=words("Accept", "applications")).click()
    await expect(page.get_by_text(words("Has accepted", "applications"))).to_be_visible()
    # what comes next is asked once more before the page is left, and is theirs no more
    watch_of(page).allow("404.*/next/")
    await page.get_by_role("button", name=words("Leave the application", "applications")).click()
    await page.wait_for_url("**/fi/work")

    words = Words("sv")
    page = await page_as(ASKING, site=own_site, viewport=DESK)
    await page.goto(f"/sv/{path}/edit")
    await expect(page.get_by_text(words("Not all further applicants have accepted", "applications"))).to_be_visible()
    await assert_accessible(page)
    await page.get_by_role("button", name=words("Take out and name among the partners", "applications")).click()
    await expect(page.get_by_text(words("Not all further applicants have accepted", "applications"))).to_have_count(0)
    made = (await own_site.api(ASKING)).get(path)
    # only who has not answered is named among the partners; this one left
    assert made["co_applicants"] == [] and "\n" not in made["content"]["partners"]


async def test_an_offered_role_counts_once_it_is_accepted(own_site: Site, page_as: PageAs) -> None:
    owner, officer = await own_site.api(OWNER), await own_site.api(OFFICER)
    association = next(one["scope_id"] for one in owner.get("me")["roles"] if one["role"] == "owner")
    before = len(officer.get("me")["roles"])
    owner.send("PUT", f"organisations/{association}/people/{officer.get('me')['id']}", {"roles": ["viewer", "editor"]})
    words = Words("en")
    people = await page_as(OWNER, site=own_site, viewport=DESK)
    await people.goto(f"/en/organisations/{association}/people")
    await expect(people.get_by_text(words("Offered and not accepted yet", "organisations"))).to_be_visible()
    await assert_accessible(people)
    page = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await page.goto("/en/work")
    await page.get_by_role("link", name=words("Accept or decline the roles", "activity")).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(words("Roles offered to you", "identity"))
    await assert_accessible(page)
    await assert_fits(page)
    await page.get_by_role("button", name=words("Accept all", "identity")).click()
    await page.wait_for_url("**/en/work")
    assert len(officer.get("me")["roles"]) == before + 2
