"""An agreement between an association and the city: drafted, written, proposed, signed by both, to begin."""

import re
from datetime import timedelta

from playwright.async_api import expect

from puumerkki.agreements.duty_schedule import confirms
from puumerkki.kernel import clock
from tests.e2e.agreements import (
    DECIDER,
    EDITOR,
    OFFICER,
    PURPOSE,
    SIGNATORY,
    THIRD_EDITOR,
    THIRD_OWNER,
    PageAs,
    association_with_a_signatory,
    drafted,
    sign,
)
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.words import Words, written


async def test_from_a_draft_to_an_agreement_that_all_have_signed(own_site: Site, page_as: PageAs) -> None:
    await association_with_a_signatory(own_site)
    first = clock.today() + timedelta(days=33)
    page = await page_as(EDITOR, site=own_site)
    await page.goto("/fi/agreements")
    await page.get_by_role("link", name="Laadi sopimus").first.click()
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await expect(page.get_by_role("alert")).to_contain_text("Anna sopimukselle nimi.")
    await page.fill("[name=title]", "Iltakahvit Tuirassa")
    await page.fill("[name=party_ids]", "Oulun kaupunki")
    await page.get_by_role("button", name=re.compile(r"^Oulun kaupunki\s*$")).click()
    await page.fill("[name=starts_on]", "1.13.2027")
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await expect(page.get_by_role("alert")).to_contain_text("Kirjoita päivä, esimerkiksi 31.3.2027.")
    await page.fill("[name=starts_on]", written(first))
    await page.fill("[name=ends_on]", written(first + timedelta(days=730)))
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await page.wait_for_url("**/edit")

    await page.fill("[name='content/purpose']", PURPOSE)
    await page.get_by_role("button", name="Lisää panos").click()
    row = page.get_by_role("group", name="Panos 1")
    await expect(row.get_by_role("button", name=re.compile("Osapuoli"))).to_be_focused()
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Anna summa.")
    await row.get_by_role("button", name=re.compile("Osapuoli")).click()
    await page.get_by_role("option", name="Oulun kaupunki", exact=True).click()
    await page.fill("[name='content/contributions/0/cents']", "12000")
    await expect(page.get_by_text(re.compile(r"^12.000.€ joka vuosi$"))).to_be_visible()
    await page.get_by_role("button", name="Lisää yhteyshenkilö").click()
    person = page.get_by_role("group", name="Yhteyshenkilö 1")
    await person.get_by_role("button", name=re.compile("Osapuoli")).click()
    await page.get_by_role("option", name="Oulun kaupunki", exact=True).click()
    await page.fill("[name='contacts/0/name']", "Virpi Valmistelija")
    await page.get_by_role("button", name="Tallenna").click()

    await expect(page.get_by_text(PURPOSE)).to_be_visible()
    await expect(page.get_by_text("Virpi Valmistelija")).to_be_visible()
    await page.get_by_role("button", name="Vie allekirjoitettavaksi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Vie versio 1 allekirjoitettavaksi").click()
    await expect(page.get_by_text("Odottaa allekirjoitusta").first).to_be_visible()

    words = Words("fi")
    await sign(own_site, page_as, SIGNATORY, words, "Iltakahvit Tuirassa", DESK)
    # it appears on the editor's page by itself
    await expect(page.get_by_text("Allekirjoitettu", exact=True)).to_have_count(1)
    decider = await sign(own_site, page_as, DECIDER, words, "Iltakahvit Tuirassa", DESK)
    # nobody calls in force what all have signed but what has not begun
    begins = f"Allekirjoitettu, alkaa {written(first)}"
    await expect(decider.get_by_text(begins, exact=True)).to_have_count(2)
    await expect(decider.get_by_text("Voimassa", exact=True)).to_have_count(0)
    await expect(page.get_by_text("Kaikki osapuolet allekirjoittivat sopimuksen")).to_be_visible()
    async with page.expect_download() as saved:
        await page.get_by_role(
            "button", name=re.compile(r"^Allekirjoitus: Oulun kaupunki, versio 1 \(\.jwt\)$")
        ).click()
    assert (await (await saved.value).path()).read_text("utf-8").count(".") == 2
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Versio 1 tiedostona (.json)").click()
    assert PURPOSE in (await (await saved.value).path()).read_text("utf-8")
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Versio 1 luettavaksi ja tulostettavaksi (PDF)").click()
    assert (await (await saved.value).path()).read_bytes().startswith(b"%PDF-")


async def test_who_is_asked_to_sign_says_what_should_be_otherwise(own_site: Site, page_as: PageAs) -> None:
    path = await drafted(own_site, "Laulupiiri", {"purpose": PURPOSE})
    (await own_site.api(EDITOR)).send("POST", f"{path}/propose", {}, seen=path)
    words = Words("fi")
    page = await page_as(SIGNATORY, site=own_site, viewport=PHONE)
    await page.goto(f"/fi/{path}")
    said = page.get_by_role("region", name=words("Comments", "agreements"))
    await said.get_by_label(words("Your comment")).fill("Irtisanomisaika puuttuu.")
    await said.get_by_role("button", name=words("Comment"), exact=True).click()
    await expect(said.get_by_role("listitem").filter(has_text="Irtisanomisaika puuttuu.")).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    editor = await page_as(EDITOR, site=own_site)
    await editor.goto(f"/fi/{path}")
    await expect(editor.get_by_text("Irtisanomisaika puuttuu.")).to_be_visible()


async def test_who_saves_second_loses_nothing(own_site: Site, page_as: PageAs) -> None:
    path = await drafted(own_site, "Kaksi kirjoittaa", {"purpose": PURPOSE, "forms": "Kahvila."})
    editor = await own_site.api(EDITOR)
    editor.send("POST", f"{path}/propose", {}, seen=path)
    page = await page_as(OFFICER, site=own_site)
    watch_of(page).allow("status 412|the server responded with a status of 412")
    await page.goto(f"/fi/{path}/edit")
    await page.fill("[name='content/purpose']", "Kaupungin sanoin.")
    await page.fill("[name='content/evaluation']", "Syksyisin yhdessä.")
    editor.send("PATCH", path, {"content": {"purpose": "Yhdistyksen sanoin.", "forms": "Kerho."}}, seen=path)
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_text("Kirjoittamasi on yhä tässä")).to_be_visible()
    await expect(page.get_by_text("Yhdistyksen sanoin.")).to_be_visible()
    await expect(page.locator("[name='content/purpose']")).to_have_value("Kaupungin sanoin.")
    await expect(page.locator("[name='content/forms']")).to_have_value("Kerho.")
    await assert_accessible(page)
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("heading", name="Kaksi kirjoittaa", level=1)).to_be_visible()
    said = editor.get(path)["content"]
    assert (said["purpose"], said["forms"]) == ("Kaupungin sanoin.", "Kerho.")
    assert said["evaluation"] == "Syksyisin yhdessä."


async def test_an_agreement_grows_from_an_application_that_found_its_partner(own_site: Site, page_as: PageAs) -> None:
    [application] = (await own_site.api(EDITOR)).get("applications", q="Yhdessä kotona")["items"]
    page = await page_as(EDITOR, site=own_site)
    await page.goto(f"/fi/applications/{application['id']}")
    await page.get_by_role("link", name="Laadi sopimus").click()
    await expect(page.locator("[name=title]")).to_have_value(application["title"])
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await page.wait_for_url("**/edit")
    await page.get_by_role("textbox", name="Yhteistyön muodot").fill("Kahvila.")
    await page.get_by_role("link", name="Sopimuksen sivulle").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Poistu tallentamatta").click()
    await page.get_by_role("link", name="avustushakemuksesta").click()
    await expect(page.get_by_role("heading", name=application["title"], level=1)).to_be_visible()
    await page.get_by_role("region", name="Siitä syntyneet sopimukset").get_by_role("link").first.click()
    await page.wait_for_url("**/agreements/*")
    await expect(page.get_by_role("link", name="avustushakemuksesta")).to_be_visible()


async def test_three_parties_negotiate_mend_sign_and_confirm(own_site: Site, page_as: PageAs) -> None:
    editor, third = await own_site.api(EDITOR), await own_site.api(THIRD_EDITOR)
    [role] = [one for one in third.get("me")["roles"] if one["role"] == "editor"]
    due = clock.today() + timedelta(days=20)
    content: dict[str, object] = {"purpose": PURPOSE, "confirm_by": f"{due:%m-%d}"}
    path = await drafted(own_site, "Iltakerho", content, further=[str(role["scope_id"])])
    editor.send("POST", f"{path}/propose", {}, seen=path)

    # the city, in Swedish and on a phone, says what it would have otherwise
    sv = Words("sv")
    page = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await page.goto(f"/sv/{path}")
    said = page.get_by_role("region", name=sv("Comments", "agreements"))
    await said.get_by_role("button", name=re.compile(sv("What the comments are about"))).click()
    await page.get_by_role("option", name=sv("Forms of cooperation", "agreements")).click()
    await said.get_by_label(sv("Your comment")).fill("Kerhon paikka puuttuu.")
    await said.get_by_role("button", name=sv("Comment"), exact=True).click()
    await expect(said.get_by_text("Kerhon paikka puuttuu.")).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)

    # the third party reads it and mends the agreement
    page = await page_as(THIRD_EDITOR, site=own_site)
    await page.goto(f"/fi/{path}")
    await expect(page.get_by_text("Kerhon paikka puuttuu.")).to_be_visible()
    await page.get_by_role("link", name=Words("fi")("Write the agreement", "agreements")).click()
    await page.get_by_role("textbox", name="Yhteistyön muodot").fill("Kerho asukastuvassa tiistaisin.")
    await page.get_by_role("textbox", name="Osapuolet arvioivat yhteistyötä vuosittain viimeistään").fill("31.2.")
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Kirjoita vuoden päivä, esimerkiksi 31.3.")
    await page.get_by_role("textbox", name="Osapuolet arvioivat yhteistyötä vuosittain viimeistään").fill("31.3.")
    await page.get_by_role("button", name="Tallenna").click()
    await page.get_by_role("button", name="Vie allekirjoitettavaksi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Vie versio 2 allekirjoitettavaksi").click()
    await expect(page.get_by_text("Kerho asukastuvassa tiistaisin.").first).to_be_visible()

    for signer, view, words in ((SIGNATORY, DESK, Words("fi")), (THIRD_OWNER, DESK, Words("fi")), (DECIDER, PHONE, sv)):
        page = await sign(own_site, page_as, signer, words, "Iltakerho", view, version="2")
    await expect(page.get_by_text("Gällande", exact=True).first).to_be_visible()

    # the city confirms its first year on the phone
    years = page.get_by_role("region", name=sv("Year by year", "agreements"))
    confirm = sv("Confirm the year {0}", "agreements").replace("{0}", str(confirms(due)))
    await years.get_by_role("button", name=confirm).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("textbox").fill("Anslaget är reserverat.")
    await assert_accessible(page)
    await dialog.get_by_role("button", name=confirm).click()
    await expect(dialog).to_have_count(0)
    await expect(years.get_by_text("Anslaget är reserverat.")).to_be_visible()
    await assert_fits(page)
    duties = [one for one in editor.get(f"{path}/duties")["items"] if one["kind"] == "confirmation"]
    assert [one["state"] for one in duties[:3]].count("done") == 1
