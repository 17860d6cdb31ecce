"""Two versions of an application side by side in the browser."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page, expect

from tests.e2e.checks import PHONE, assert_accessible, assert_fits
from tests.e2e.site import Site
from tests.e2e.test_main_job import CONTENT, EDITOR, drafted

PageAs = Callable[..., Awaitable[Page]]


async def test_the_words_that_changed_are_marked_and_choices_have_names(page_as: PageAs, own_site: Site) -> None:
    case = await drafted(own_site, page_as, "fi", "Sana sanalta")
    editor = await own_site.api(EDITOR)
    path = f"applications/{case.application}"
    editor.send("POST", f"{path}/submit", {}, seen=path)
    [need] = editor.get("needs", state="agreed", limit=1)["items"]
    mended = {**CONTENT, "methods": "Kahvila kolmena iltana viikossa."}
    editor.send("PATCH", path, {"content": mended, "need_ids": [need["id"]]}, seen=path)
    editor.send("POST", f"{path}/submit", {}, seen=path)

    page = await case.at(EDITOR, f"{path}/versions")
    changes = page.get_by_role("region", name="Versiosta 1 versioon 2")
    await expect(changes.locator("del")).to_have_text(["[poistettu: kahtena]"])
    await expect(changes.locator("ins")).to_have_text(["[lisätty: kolmena]", f"[lisätty: {need['title']}]"])
    await expect(changes).not_to_contain_text("muu valinta")
    await assert_accessible(page)
    await page.set_viewport_size(PHONE)
    await assert_fits(page)
