"""An agreement between an association and the city: drafted, written, proposed, signed by both, in force."""

import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from playwright.async_api import Page, expect

from puumerkki.agreements.plan import confirms
from puumerkki.kernel import clock
from tests.e2e.checks import DESK, PHONE, assert_accessible, assert_fits, settled
from tests.e2e.conftest import watch_of
from tests.e2e.site import Api, Site
from tests.e2e.words import Words

PageAs = Callable[..., Awaitable[Page]]
EDITOR, OWNER, SIGNATORY = "hakija01@demo.example", "edustaja01@demo.example", "edustaja02@demo.example"
THIRD_EDITOR, THIRD_OWNER = "hakija03@demo.example", "edustaja03@demo.example"
OFFICER, DECIDER = "valmistelija.kaupunki@demo.example", "paattaja.kaupunki@demo.example"
PURPOSE = "Yksin asuvat saavat iltaisin seuraa läheltä kotia."


async def _city(api: Api) -> str:
    return str(api.get("organisations", q="Oulu", sector="municipality")["items"][0]["id"])


async def _association_with_a_signatory(site: Site) -> str:
    """The editor's association, whose owner has made somebody a signatory."""
    owner, signatory = await site.api(OWNER), await site.api(SIGNATORY)
    [role] = [one for one in owner.get("me")["roles"] if one["role"] == "owner"]
    path = f"organisations/{role['scope_id']}/people/{signatory.get('me')['id']}"
    owner.send("PUT", path, {"roles": ["signatory"]})
    return str(role["scope_id"])


async def _drafted(site: Site, title: str, content: dict[str, object], further: Sequence[str] = ()) -> str:
    """The path of a draft of the association with the city and further parties, from today on."""
    association, editor = await _association_with_a_signatory(site), await site.api(EDITOR)
    body = {
        "kind": "cooperation",
        "title": title,
        "organisation_id": association,
        "party_ids": [await _city(editor), *further],
        "starts_on": str(clock.today()),
        "ends_on": str(clock.today() + timedelta(days=730)),
        "content": content,
    }
    return f"agreements/{editor.send('POST', 'agreements', body)['id']}"


async def _sign(
    site: Site, page_as: PageAs, email: str, words: Words, title: str, view: dict[str, int], version: str = "1"
) -> Page:
    """From what waits for them, a signer reads the agreement and signs it."""
    page = await page_as(email, site=site, viewport=view)
    await page.goto(f"/{words.language}/work")
    await page.get_by_role("link", name=f"{words('Sign the agreement', 'desk')}: {title}").click()
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


async def test_from_a_draft_to_an_agreement_in_force(own_site: Site, page_as: PageAs) -> None:
    await _association_with_a_signatory(own_site)
    page = await page_as(EDITOR, site=own_site)
    await page.goto("/fi/agreements")
    await page.get_by_role("link", name="Laadi sopimus").first.click()
    await page.get_by_role("button", name="Aloita ja jatka kirjoittamaan").click()
    await expect(page.get_by_role("alert")).to_contain_text("Anna sopimukselle nimi.")
    await page.fill("[name=title]", "Iltakahvit Tuirassa")
    await page.fill("[name=party_ids]", "Oulu")
    await page.get_by_role("button", name=re.compile(r"^Oulu\s*$")).click()
    await page.fill("[name=starts_on]", "1.13.2027")
    await page.get_by_role("button", name="Aloita ja jatka kirjoittamaan").click()
    await expect(page.get_by_role("alert")).to_contain_text("Kirjoita päivä, esimerkiksi 31.3.2027.")
    await page.fill("[name=starts_on]", "1.1.2027")
    await page.fill("[name=ends_on]", "31.12.2028")
    await page.get_by_role("button", name="Aloita ja jatka kirjoittamaan").click()
    await page.wait_for_url("**/edit")

    await page.fill("[name='content/purpose']", PURPOSE)
    await page.get_by_role("button", name="Lisää panos").click()
    row = page.get_by_role("group", name="Panos 1")
    await expect(row.get_by_role("button", name=re.compile("Osapuoli"))).to_be_focused()
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Anna summa.")
    await row.get_by_role("button", name=re.compile("Osapuoli")).click()
    await page.get_by_role("option", name="Oulu", exact=True).click()
    await page.fill("[name='content/contributions/0/cents']", "12000")
    await expect(page.get_by_text(re.compile(r"^12.000.€ joka vuosi$"))).to_be_visible()
    await page.get_by_role("button", name="Lisää yhteyshenkilö").click()
    person = page.get_by_role("group", name="Yhteyshenkilö 1")
    await person.get_by_role("button", name=re.compile("Osapuoli")).click()
    await page.get_by_role("option", name="Oulu", exact=True).click()
    await page.fill("[name='contacts/0/name']", "Virpi Valmistelija")
    await page.get_by_role("button", name="Tallenna").click()

    await expect(page.get_by_text(PURPOSE)).to_be_visible()
    await expect(page.get_by_text("Virpi Valmistelija")).to_be_visible()
    await page.get_by_role("button", name="Vie allekirjoitettavaksi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Vie versio 1 allekirjoitettavaksi").click()
    await expect(page.get_by_text("Odottaa allekirjoitusta").first).to_be_visible()

    words = Words("fi")
    await _sign(own_site, page_as, SIGNATORY, words, "Iltakahvit Tuirassa", DESK)
    # it appears on the editor's page by itself
    await expect(page.get_by_text("Allekirjoitettu", exact=True)).to_have_count(1)
    decider = await _sign(own_site, page_as, DECIDER, words, "Iltakahvit Tuirassa", DESK)
    await expect(decider.get_by_text("Voimassa", exact=True).first).to_be_visible()
    await expect(page.get_by_text("Sopimus tuli voimaan")).to_be_visible()
    async with page.expect_download() as saved:
        await page.get_by_role("button", name=re.compile(r"^Allekirjoitus: Oulu, versio 1 \(\.jwt\)$")).click()
    assert (await (await saved.value).path()).read_text("utf-8").count(".") == 2
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Versio 1 tiedostona (.json)").click()
    assert PURPOSE in (await (await saved.value).path()).read_text("utf-8")
    async with page.expect_download() as saved:
        await page.get_by_role("button", name="Versio 1 luettavaksi ja tulostettavaksi (PDF)").click()
    assert (await (await saved.value).path()).read_bytes().startswith(b"%PDF-")


async def test_in_swedish_on_a_phone_it_is_signed_amended_and_terminated(own_site: Site, page_as: PageAs) -> None:
    path = await _drafted(own_site, "Kvällskaffe i Tuira", {"purpose": PURPOSE})
    (await own_site.api(EDITOR)).send("POST", f"{path}/propose", {}, seen=path)
    words = Words("sv")
    await _sign(own_site, page_as, SIGNATORY, words, "Kvällskaffe i Tuira", PHONE)
    page = await _sign(own_site, page_as, DECIDER, words, "Kvällskaffe i Tuira", PHONE)
    await expect(page.get_by_text("Gällande", exact=True).first).to_be_visible()

    editor = await own_site.api(EDITOR)
    editor.send("PATCH", path, {"content": {"purpose": PURPOSE.replace("iltaisin", "päivisin")}}, seen=path)
    await expect(page.get_by_text("Arbetsversionen avviker från version 1")).to_be_visible()
    await expect(page.get_by_role("deletion")).to_contain_text("iltaisin")
    await assert_accessible(page)
    await assert_fits(page)

    await page.get_by_role("button", name="Säg upp avtalet").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Säg upp avtalet").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Varför")
    await dialog.locator("textarea").fill("Lokalen stängs.")
    await dialog.get_by_role("button", name="Säg upp avtalet").click()
    await expect(page.get_by_text("Uppsagt", exact=True)).to_be_visible()
    await expect(page.get_by_text("Lokalen stängs.")).to_be_visible()


async def test_who_is_asked_to_sign_says_what_should_be_otherwise(own_site: Site, page_as: PageAs) -> None:
    path = await _drafted(own_site, "Laulupiiri", {"purpose": PURPOSE})
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


async def test_an_amendment_is_taken_back(own_site: Site, page_as: PageAs) -> None:
    path = await _drafted(own_site, "Lukupiiri kirjastossa", {"purpose": PURPOSE})
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


async def test_who_saves_second_loses_nothing(own_site: Site, page_as: PageAs) -> None:
    path = await _drafted(own_site, "Kaksi kirjoittaa", {"purpose": PURPOSE, "forms": "Kahvila."})
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
    await page.get_by_role("button", name="Aloita ja jatka kirjoittamaan").click()
    await page.wait_for_url("**/edit")
    await page.get_by_role("textbox", name="Yhteistyön muodot").fill("Kahvila.")
    await page.get_by_role("link", name="Sopimuksen sivulle").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Lähde ja hylkää muutokset").click()
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
    path = await _drafted(own_site, "Iltakerho", content, further=[str(role["scope_id"])])
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
    await page.get_by_role("textbox", name="Osapuolet arvioivat viimeistään").fill("31.2.")
    await page.get_by_role("button", name="Tallenna").click()
    await expect(page.get_by_role("alert")).to_contain_text("Kirjoita vuoden päivä, esimerkiksi 31.3.")
    await page.get_by_role("textbox", name="Osapuolet arvioivat viimeistään").fill("31.3.")
    await page.get_by_role("button", name="Tallenna").click()
    await page.get_by_role("button", name="Vie allekirjoitettavaksi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Vie versio 2 allekirjoitettavaksi").click()
    await expect(page.get_by_text("Kerho asukastuvassa tiistaisin.").first).to_be_visible()

    for signer, view, words in ((SIGNATORY, DESK, Words("fi")), (THIRD_OWNER, DESK, Words("fi")), (DECIDER, PHONE, sv)):
        page = await _sign(own_site, page_as, signer, words, "Iltakerho", view, version="2")
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
