"""Mail comes back from somebody's address: they learn of it in the app, and who manages people sees whose it is."""

from collections.abc import Awaitable, Callable

import psycopg
from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
EDITOR = "hakija01@demo.example"
MANAGES = """
select g.scope_id::text, owner.email from role_grant g
join app_user u on u.id = g.principal_id
join role_grant o on o.scope_id = g.scope_id and o.role = 'owner'
join app_user owner on owner.id = o.principal_id and owner.id <> u.id
where u.email = %s and g.role = 'editor' limit 1
"""


async def test_a_banner_says_so_and_leads_to_the_address(page_as: PageAs, own_site: Site) -> None:
    with psycopg.connect(own_site.database) as connection:
        connection.execute("insert into mail_address (address, failed_at) values (%s, now())", (EDITOR,))
        found = connection.execute(MANAGES, (EDITOR,)).fetchone()
    assert found is not None
    organisation, owner = found
    page = await page_as(EDITOR, site=own_site)
    await page.goto("/fi/work")
    await settled(page)
    await expect(page.get_by_text("Viestit eivät mene perille")).to_be_visible()
    await expect(page.get_by_text(EDITOR)).to_be_visible()
    await assert_accessible(page)
    await page.set_viewport_size(PHONE)
    await assert_fits(page)
    await page.get_by_role("main").get_by_role("link", name="Korjaa osoite profiilissasi").click()
    await page.wait_for_url("**/fi/profile")

    managing = await page_as(owner, site=own_site)
    await managing.goto(f"/fi/organisations/{organisation}/people")
    await settled(managing)
    await expect(managing.get_by_text("Viestit eivät mene perille")).to_be_visible()
    await expect(managing.get_by_text("Pyydä henkilöä puhelimitse korjaamaan osoitteensa")).to_be_visible()
    await assert_accessible(managing)
    await managing.goto("/fi/work")
    await settled(managing)
    await expect(managing.get_by_role("link", name="Korjaa sähköpostiosoite, josta viestit palaavat")).to_be_visible()
    with psycopg.connect(own_site.database) as connection:
        connection.execute("delete from mail_address where address = %s", (EDITOR,))
    await page.goto("/fi/work")
    await settled(page)
    await expect(page.get_by_role("heading", level=1, name="Työpöytä")).to_be_visible()
    await expect(page.get_by_text("Viestit eivät mene perille")).to_have_count(0)
