"""The city's agreements in figures, what ends soon, and the list as files."""

import csv
import io
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.e2e.checks import PHONE, assert_accessible, assert_fits
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.waiting import until

PageAs = Callable[..., Awaitable[Page]]
OFFICER, DECIDER = "valmistelija.kaupunki@demo.example", "paattaja.kaupunki@demo.example"
ENDS_SOON = "Ostopalvelusopimus päivätoiminnasta"


async def saved(page: Page, name: str) -> bytes:
    await page.get_by_role("button", name="Lataa koko luettelo").click()
    async with page.expect_download() as found:
        await page.get_by_role("menuitem", name=name).click()
    return (await (await found.value).path()).read_bytes()


async def test_the_figures_are_those_of_the_files(site: Site, page_as: PageAs) -> None:
    page = await page_as(DECIDER)
    await page.goto("/fi/agreements")
    await page.get_by_role("link", name="Sopimukset lukuina").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Sopimukset lukuina")
    sums = (await site.api(DECIDER)).get("agreements/sums")
    year, total = sums["year_from"], sums["total"]
    await page.get_by_role("button", name=re.compile("Vuoteen")).click()
    await page.get_by_role("option", name=str(year)).click()
    by_year = page.get_by_role("region", name="Vuosittain").get_by_role("row")
    await expect(by_year).to_have_count(3)
    row = re.sub(r"\s", "", await by_year.nth(1).inner_text())
    assert row == f"{year}{total['agreements']}{total['cents'] // 100}€{total['hours']}"
    ending = page.get_by_role("region", name="Päättyy kuuden kuukauden sisällä")
    await expect(ending.get_by_role("link", name=ENDS_SOON)).to_be_visible()

    text = (await saved(page, "Taulukko mihin tahansa ohjelmaan (.csv)")).decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    [_, *rows] = (
        CalamineWorkbook.from_filelike(io.BytesIO(await saved(page, "Excel-työkirja (.xlsx)")))
        .get_sheet_by_index(0)
        .to_python()
    )
    money, hours = head.index(f"Rahaa {year} (€)"), head.index(f"Tunteja {year}")
    assert [one[3] for one in lines] == [one[3] for one in rows]
    assert sum(round(float(one[money]) * 100) for one in rows) == total["cents"]
    assert sum(int(one[money].replace(",", "")) for one in lines) == total["cents"]
    assert sum(int(one[hours]) for one in lines) == total["hours"]


async def test_the_list_narrows_on_a_phone(site: Site, page_as: PageAs) -> None:
    page = await page_as(DECIDER, viewport=PHONE)
    await page.goto("/fi/agreements")
    await page.get_by_role("button", name=re.compile("Päättyy")).click()
    await page.get_by_role("option", name="Kuuden kuukauden sisällä").click()
    await expect(page.get_by_role("link", name=ENDS_SOON)).to_be_visible()
    await expect(page.get_by_role("link", name="Kumppanuussopimus kotona asuvien tueksi")).to_have_count(0)
    await assert_accessible(page)
    await assert_fits(page)
    await page.goto("/fi/agreements?year=2019")
    await expect(page.get_by_text("Yksikään sopimus ei vastaa hakua.")).to_be_visible()


async def test_anybody_finds_what_is_public(site: Site, page_as: PageAs) -> None:
    page = await page_as(None, viewport=PHONE)
    await page.goto("/fi")
    await page.get_by_role("main").get_by_role("link", name="Kaikille näytettävät sopimukset").click()
    await expect(page.get_by_role("link", name=ENDS_SOON)).to_have_count(0)
    await page.get_by_role("link", name="Kumppanuussopimus kotona asuvien tueksi").click()
    table = page.get_by_role("region", name="Osapuolten panokset")
    await expect(table.get_by_text(re.compile(r"^20.000.€$")).first).to_be_visible()
    await page.get_by_role("region", name="Osapuolet").get_by_role("link", name="Oulun kaupunki", exact=True).click()
    await expect(page.get_by_role("heading", level=2, name="Sopimukset")).to_be_visible()
    await expect(page.get_by_role("link", name="Kumppanuussopimus kotona asuvien tueksi")).to_be_visible()


async def test_a_decider_brings_a_list_in_from_paper(own_site: Site, page_as: PageAs, tmp_path: Path) -> None:
    association = (await own_site.api(DECIDER)).get("organisations", q="Oulun Kotiystävät")["items"][0]["id"]
    table = "Viite;Laji;Nimi;Osapuolet;Alkaa;Päättyy;Tarkoitus;Raha vuodessa;Allekirjoitettu\n"
    file = tmp_path / "sopimukset.csv"
    file.write_text(
        f"{table}A-1;yhteistyösopimus;Vanha kerho;{association};1.1.2020;31.12.2069;Kerho.;100;1.1.2020\n"
        f"A-2;lahja;Huono rivi;{association};1.1.2020;31.12.2030;Kerho.;;1.1.2020\n",
        "utf-8",
    )
    page = await page_as(DECIDER, site=own_site)
    await page.goto("/fi/agreements")
    await page.get_by_role("link", name="Tuo sopimusluettelo").click()
    await expect(page.get_by_text("Oulun kaupunki").first).to_be_visible()
    await page.locator("[name=file]").set_input_files(file)
    await assert_accessible(page)
    await page.get_by_role("button", name="Lähetä tiedosto ja aja koeajo").click()
    await page.get_by_role("button", name="Jatka koeajoon").click()
    await page.get_by_role("link", name="Virheellinen (1)").click()
    await expect(page.get_by_text("Anna sopimuksen tyyppi").first).to_be_visible()
    good, api = "\n".join(file.read_text("utf-8").splitlines()[:2]), await own_site.api(DECIDER)
    made = api.upload("imports", good, kind="agreements", organisation_id=await _city(own_site))
    await until(lambda: bool(api.get(f"imports/{made['id']}")["state"] == "succeeded"))
    await page.goto("/fi/agreements?q=Vanha")
    await page.get_by_role("link", name="Vanha kerho").click()
    await expect(page.get_by_text("Allekirjoitettu paperilla").first).to_be_visible()
    await expect(page.get_by_text("kirjaaja: Oulun kaupunki")).to_be_visible()


async def _city(site: Site) -> str:
    return str((await site.api(DECIDER)).get("organisations", q="Oulu", sector="municipality")["items"][0]["id"])


async def test_an_agreement_begins_with_a_ready_text_and_becomes_a_template(own_site: Site, page_as: PageAs) -> None:
    page = await page_as(OFFICER, site=own_site)
    await page.goto("/fi/agreements/new")
    await page.fill("[name=title]", "Kylätalon iltakerhot")
    await page.get_by_role("button", name=re.compile("Aloita pohjasta")).click()
    await page.get_by_role("option", name="Valmis teksti: Yhteistyösopimus").click()
    await page.get_by_role("button", name="Luo luonnos ja jatka").click()
    await page.wait_for_url("**/edit")
    await expect(page.locator("[name='content/personal_data']")).to_have_value(re.compile("rekisterinpitäjä"))
    await expect(page.locator("[name='content/reporting/0/what']")).to_have_value(re.compile("Toteutunut toiminta"))
    await page.get_by_role("link", name="Sopimuksen sivulle").click()
    await page.get_by_role("button", name="Tallenna pohjaksi").click()
    await page.get_by_role("dialog").get_by_role("button", name="Tallenna", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.goto("/fi/agreements/templates")
    await expect(page.get_by_text("Kylätalon iltakerhot")).to_be_visible()
    await page.get_by_role("button", name="Nimeä uudelleen: Kylätalon iltakerhot").click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("[name=name]").fill("")
    await dialog.get_by_role("button", name="Tallenna", exact=True).click()
    await expect(dialog.get_by_role("alert")).to_contain_text("Anna pohjalle nimi.")
    await assert_accessible(page)
    await dialog.locator("[name=name]").fill("Kylätalojen kerhot")
    await dialog.get_by_role("button", name="Tallenna", exact=True).click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("Kylätalon iltakerhot")).to_have_count(0)

    # its texts are taken anew from the agreement, which has changed
    officer = await own_site.api(OFFICER)
    [made] = officer.get("agreements", q="Kylätalon iltakerhot")["items"]
    path = f"agreements/{made['id']}"
    officer.send("PATCH", path, {"content": {"purpose": "Kerhot kokoontuvat kylätalolla."}}, seen=path)
    page = await page_as(OFFICER, site=own_site, viewport=PHONE)
    await page.goto(f"/sv/{path}")
    await page.get_by_role("button", name="Spara som mall").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name=re.compile("Spara som")).click()
    await page.get_by_role("option", name="I stället för: Kylätalojen kerhot").click()
    await expect(dialog.locator("[name=name]")).to_have_value("Kylätalojen kerhot")
    await assert_accessible(page)
    await assert_fits(page)
    await dialog.get_by_role("button", name="Spara", exact=True).click()
    await expect(dialog).to_have_count(0)
    own = [one for one in officer.get("agreements/templates")["items"] if one["id"] is not None]
    assert [(one["name"], one["content"]["purpose"]) for one in own] == [
        ("Kylätalojen kerhot", "Kerhot kokoontuvat kylätalolla.")
    ]
    assert own[0]["content"]["personal_data"], "all its texts are the agreement's"

    page = await page_as(OFFICER, site=own_site)
    await page.goto("/fi/agreements/templates")
    await page.get_by_role("button", name="Poista: Kylätalojen kerhot").click()
    await assert_accessible(page)
    await page.get_by_role("dialog").get_by_role("button", name="Poista pohja").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_text("Kylätalojen kerhot")).to_have_count(0)


async def test_a_decider_records_what_was_signed_on_paper(own_site: Site, page_as: PageAs) -> None:
    officer = await own_site.api(OFFICER)
    body = {
        "kind": "cooperation",
        "title": "Sopimus paperilta",
        "organisation_id": await _city(own_site),
        "party_ids": [officer.get("organisations", q="Oulun Kotiystävät")["items"][0]["id"]],
        "starts_on": "2026-01-01",
        "ends_on": "2070-12-31",
        "content": {"purpose": "Kerho kylätalolla."},
    }
    made = officer.send("POST", "agreements", body)
    page = await page_as(DECIDER, site=own_site, viewport=PHONE)
    await page.goto(f"/fi/agreements/{made['id']}")
    await page.get_by_role("button", name="Kirjaa paperilla allekirjoitetuksi").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_text("Lisää ensin skannattu sopimus")).to_be_visible()
    on = {"subject_kind": "agreement", "subject_id": made["id"], "audience": "applicants", "name": "sopimus.csv"}
    officer.upload("attachments", "allekirjoitettu;sopimus\n", **on)
    await page.reload()
    await page.get_by_role("button", name="Kirjaa paperilla allekirjoitetuksi").click()
    await expect(dialog.get_by_text("sopimus.csv")).to_be_visible()
    await dialog.locator("[name=signed_on]").fill("1.1.2099")
    watch_of(page).allow("422 .*/record")
    await dialog.get_by_role("button", name="Kirjaa sopimus").click()
    await expect(dialog.get_by_role("button", name="Tämä päivä ei ole vielä tullut.")).to_be_visible()
    await assert_accessible(page)
    await assert_fits(page)
    await dialog.locator("[name=signed_on]").fill("2.1.2026")
    await dialog.get_by_role("button", name="Kirjaa sopimus").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("Yhden osapuolen kirjaama", exact=True).first).to_be_visible()
    await expect(page.get_by_text("Kirjannut sopimuksen", exact=True)).to_have_count(1)
    await expect(page.get_by_text("Ei ole vahvistanut", exact=True)).to_have_count(1)
    await assert_accessible(page)
    # the other party: one click, and the agreement is in force
    page = await page_as("edustaja01@demo.example", site=own_site, viewport=PHONE)
    await page.goto(f"/fi/agreements/{made['id']}")
    await page.get_by_role("button", name="Vahvista kirjattu sopimus").click()
    dialog = page.get_by_role("dialog")
    await assert_accessible(page)
    await dialog.get_by_role("button", name="Vahvista", exact=True).click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("Voimassa", exact=True).first).to_be_visible()


async def test_an_association_confirms_a_list_of_what_the_city_recorded(own_site: Site, page_as: PageAs) -> None:
    page = await page_as("edustaja03@demo.example", site=own_site, viewport=PHONE)
    await page.goto("/sv/agreements")
    await page.get_by_role("link", name="Bekräfta avtal som andra har antecknat").click()
    await page.get_by_text("Bekräfta: Yhteistyösopimus retkipäivistä").click()
    await assert_accessible(page)
    await assert_fits(page)
    await page.get_by_role("button", name="Bekräfta de valda").click()
    await expect(page.get_by_text("Det finns inga avtal som andra har antecknat")).to_be_visible()
