"""What is said on a case in the browser: points asked for and answered, files, comments taken back."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.checks import assert_accessible
from tests.e2e.conftest import watch_of
from tests.e2e.site import Site
from tests.e2e.test_main_job import COORDINATOR, EDITOR, Case, drafted

PageAs = Callable[..., Awaitable[Page]]
TOO_LARGE = 20_000_001
DROP = """(names) => {
  const files = new DataTransfer()
  for (const name of names) files.items.add(new File(['Tuolit;12'], name))
  return files
}"""


async def submitted(site: Site, page_as: PageAs, title: str) -> Case:
    """An application before the network."""
    case = await drafted(site, page_as, "fi", title)
    path = f"applications/{case.application}"
    (await site.api(EDITOR)).send("POST", f"{path}/submit", {}, seen=path)
    return case


async def test_from_the_board_a_point_is_asked_for_and_answered(page_as: PageAs, own_site: Site) -> None:
    title = "Kohta kohdalta"
    case = await submitted(own_site, page_as, title)
    network = (await own_site.api(COORDINATOR)).get(await case.handling())["network_id"]
    leads = await case.at(COORDINATOR, f"networks/{network}/work")
    menu = leads.get_by_role("button", name=f"Siirrä: {title}")
    await menu.focus()
    await leads.keyboard.press("Enter")
    step = leads.get_by_role("link", name="Palauta täydennettäväksi")
    await step.focus()
    await leads.keyboard.press("Enter")
    form = leads.get_by_role("dialog", name="Palauta täydennettäväksi")
    await expect(form.locator(":focus")).to_have_count(1)
    await leads.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(leads).not_to_have_url(re.compile("action="))
    await leads.go_back()
    await menu.click()
    await step.click()
    await form.locator("textarea").first.fill("Kuka avaa ovet?")
    await form.get_by_role("button", name="Palauta", exact=True).click()
    await expect(form).to_have_count(0)
    await expect(leads.get_by_text("Palautettu", exact=True)).to_be_visible()

    applicant = await case.at(EDITOR, f"applications/{case.application}")
    point = applicant.get_by_role("listitem").filter(has_text="Kuka avaa ovet?")
    await point.get_by_role("button", name="Vastaa").click()
    answer = applicant.get_by_role("dialog", name="Vastaa")
    await answer.get_by_label("Vastauksesi").fill("Vapaaehtoinen, jolla on avain.")
    await answer.get_by_role("button", name="Lähetä vastaus").click()
    await expect(point).to_contain_text("Vastattu")
    seen = leads.get_by_role("listitem").filter(has_text="Kuka avaa ovet?")
    await expect(seen).to_contain_text("Vapaaehtoinen, jolla on avain.")
    await seen.get_by_role("button", name="Kuittaa korjatuksi").click()
    await expect(seen).to_contain_text("Selvitetty")


async def test_files_are_chosen_dropped_and_refused_by_name(page_as: PageAs, own_site: Site, tmp_path: Path) -> None:
    case = await submitted(own_site, page_as, "Liitteineen")
    page = await case.at(EDITOR, f"applications/{case.application}")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Lisää tiedostoja").click()
    await (await chooser.value).set_files(
        {"name": "tilat.csv", "mimeType": "text/csv", "buffer": b"Kirjasto;12\nTupa;8\n"}
    )
    await expect(page.get_by_role("button", name="Lataa: tilat.csv")).to_be_visible()

    drop = page.get_by_role("button", name="Lisää tiedostoja").locator("xpath=..")
    files = await page.evaluate_handle(DROP, ["tuolit.csv", "ohjelma.exe"])
    await drop.dispatch_event("dragover", {"dataTransfer": files})
    await drop.dispatch_event("drop", {"dataTransfer": files})
    await expect(page.get_by_role("button", name="Lataa: tuolit.csv")).to_be_visible()
    refused = page.get_by_role("alert").filter(has_text="Ei lisätty: ohjelma.exe")
    await expect(refused).to_contain_text("Tallenna tiedosto muodossa PDF")

    watch_of(page).allow("413")  # how much it takes only the server knows
    large = tmp_path / "kuvat.pdf"
    with large.open("wb") as file:
        file.truncate(TOO_LARGE)
    await page.locator("input[type=file]").set_input_files(large)
    await expect(page.get_by_role("alert").filter(has_text="Ei lisätty: kuvat.pdf")).to_contain_text(
        "Tiedosto on suurempi kuin"
    )
    await expect(page.get_by_text("ohjelma.exe")).to_have_count(0)
    await assert_accessible(page)


async def test_a_comment_and_a_file_are_taken_back_after_a_question(page_as: PageAs, own_site: Site) -> None:
    case = await submitted(own_site, page_as, "Vahingossa sanottu")
    page = await case.at(EDITOR, f"applications/{case.application}")
    await page.get_by_label("Kommenttisi").fill("Väärä hakemus.")
    await page.get_by_role("button", name="Kommentoi").click()
    comment = page.get_by_role("listitem").filter(has_text="Väärä hakemus.")
    question = page.get_by_role("dialog", name="Poistetaanko kommentti?")
    await comment.get_by_role("button", name="Poista").click()
    await question.get_by_role("button", name="Säilytä").click()
    await expect(question).to_have_count(0)
    await expect(comment.get_by_role("button", name="Poista")).to_be_focused()
    await page.keyboard.press("Enter")
    await question.get_by_role("button", name="Poista").click()
    await expect(page.get_by_text("Tämä kommentti on poistettu.")).to_be_visible()

    await page.locator("input[type=file]").set_input_files(
        {"name": "luettelo.csv", "mimeType": "text/csv", "buffer": b"Kirjasto;12\n"}
    )
    await page.get_by_role("button", name="Poista: luettelo.csv").click()
    asked = page.get_by_role("dialog", name="Poistetaanko tiedosto?")
    await expect(asked).to_contain_text("luettelo.csv")
    await asked.get_by_role("button", name="Poista", exact=True).click()
    await expect(page.get_by_role("button", name="Poista: luettelo.csv")).to_have_count(0)
