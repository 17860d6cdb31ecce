"""An agreement in force is amended, an amendment is taken back, and it is terminated."""

from playwright.async_api import expect

from tests.e2e.agreements import DECIDER, EDITOR, OFFICER, PURPOSE, SIGNATORY, PageAs, drafted, sign
from tests.e2e.checks import PHONE, assert_accessible, assert_fits, settled
from tests.e2e.site import Site
from tests.e2e.words import Words


async def test_in_swedish_on_a_phone_it_is_signed_amended_and_terminated(own_site: Site, page_as: PageAs) -> None:
    path = await drafted(own_site, "Kvällskaffe i Tuira", {"purpose": PURPOSE})
    (await own_site.api(EDITOR)).send("POST", f"{path}/propose", {}, seen=path)
    words = Words("sv")
    await sign(own_site, page_as, SIGNATORY, words, "Kvällskaffe i Tuira", PHONE)
    page = await sign(own_site, page_as, DECIDER, words, "Kvällskaffe i Tuira", PHONE)
    await expect(page.get_by_text("Gällande", exact=True).first).to_be_visible()

    editor = await own_site.api(EDITOR)
    async with page.expect_response(lambda answer: answer.url.endswith(f"/api/v1/{path}")):
        editor.send("PATCH", path, {"content": {"purpose": PURPOSE.replace("iltaisin", "päivisin")}}, seen=path)
    writes = await page_as(EDITOR, site=own_site, viewport=PHONE)
    await writes.goto(f"/sv/{path}")
    await expect(writes.get_by_text("Arbetsversionen avviker från version 1")).to_be_visible()
    await expect(writes.get_by_role("deletion")).to_contain_text("iltaisin")
    await assert_accessible(writes)
    await assert_fits(writes)
    await expect(page.get_by_role("deletion")).to_have_count(0)

    await page.get_by_role("button", name="Säg upp avtalet").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Säg upp avtalet").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Varför")
    await dialog.locator("textarea").fill("Lokalen stängs.")
    await dialog.get_by_role("button", name="Säg upp avtalet").click()
    await expect(page.get_by_text("Uppsagt", exact=True)).to_be_visible()
    await expect(page.get_by_text("Lokalen stängs.")).to_be_visible()


async def test_an_amendment_is_taken_back(own_site: Site, page_as: PageAs) -> None:
    path = await drafted(own_site, "Lukupiiri kirjastossa", {"purpose": PURPOSE})
    editor = await own_site.api(EDITOR)

    async def signed(version: int, *signers: str) -> None:
        for email in signers:
            api = await own_site.api(email)
            [party] = api.get(path)["sign_for"]
            api.send("POST", f"{path}/sign", {"organisation_id": party, "version_number": version})

    editor.send("POST", f"{path}/propose", {}, seen=path)
    await signed(1, SIGNATORY, DECIDER)
    editor.send("PATCH", path, {"content": {"evaluation": "Kysely syksyisin."}}, seen=path)
    editor.send("POST", f"{path}/propose", {}, seen=path)
    await signed(2, SIGNATORY)

    sv = Words("sv")
    page = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await page.goto(f"/sv/{path}")
    versions = page.get_by_role("region", name=sv("Versions", "agreements"))
    await expect(versions.get_by_text("Väntar på underskrifter")).to_be_visible()
    await expect(versions.get_by_text("Gällande", exact=True)).to_be_visible()
    await page.get_by_role("button", name=sv("Take the amendment back", "agreements")).click()
    dialog = page.get_by_role("dialog")
    send = dialog.get_by_role("button", name="Dra tillbaka version 2")
    await send.click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Varför")
    await assert_accessible(page)
    await assert_fits(page)
    await dialog.locator("textarea").fill("Enkäten ordnas på annat sätt.")
    await send.click()
    await expect(dialog).to_have_count(0)
    await expect(versions.get_by_text("Tillbakadragen", exact=True)).to_be_visible()
    await expect(versions.get_by_text("Enkäten ordnas på annat sätt.")).to_be_visible()
    await expect(page.get_by_text("Arbetsversionen avviker från version 1")).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)

    # nobody is asked to sign it any more; what is proposed next is version 3, compared with what is in force
    page = await page_as(DECIDER, site=own_site)
    await page.goto("/fi/work")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await settled(page)
    await expect(page.get_by_role("link", name="Allekirjoita sopimus: Lukupiiri kirjastossa")).to_have_count(0)
    page = await page_as(EDITOR, site=own_site)
    await page.goto(f"/fi/{path}")
    await expect(page.get_by_text("Muutosehdotus peruttiin")).to_be_visible()
    await expect(page.get_by_role("insertion")).to_contain_text("Kysely syksyisin.")
    await page.get_by_role("button", name="Vie allekirjoitettavaksi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Vie versio 3 allekirjoitettavaksi").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert editor.get(path)["current_version"] == 3
