"""Checking a puumerkki: by its number, and by its files, genuine ones and others."""

from collections.abc import Awaitable, Callable

import httpx
from playwright.async_api import FilePayload, Page, expect

from tests.e2e.conftest import watch_of
from tests.e2e.site import Site

PageAs = Callable[..., Awaitable[Page]]
NUMBER = "ELAMANKAARI-2026-0001"
REVOKED = "ELAMANKAARI-2026-0003"


def _file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _credential(site: Site, number: str) -> bytes:
    return httpx.get(f"{site.url}/api/v1/endorsements/{number}/credential").content


async def test_by_its_number(page_as: PageAs, site: Site) -> None:
    page = await page_as(None)
    await page.goto("/fi/check")
    number = page.get_by_label("Puumerkin numero")
    await number.fill("elamankaari-2026-0001")
    await page.keyboard.press("Enter")
    found = page.get_by_role("region", name=NUMBER)
    await expect(found).to_be_focused()
    await expect(found).to_contain_text("Puumerkki on voimassa")
    await number.fill(REVOKED)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name=REVOKED)).to_contain_text("Peruutettu")
    watch_of(page).allow("404")
    await number.fill("ELAMANKAARI-2026-9999")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Puumerkkiä numerolla ELAMANKAARI-2026-9999 ei ole.")).to_be_visible()
    await number.fill("jotain muuta")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Kirjoita koko numero").first).to_be_visible()


async def test_by_its_files(page_as: PageAs, site: Site) -> None:
    applicant = await site.api("hakija01@demo.example")
    snapshot = applicant.content(f"endorsements/{NUMBER}/snapshot")
    credential = _credential(site, NUMBER)
    page = await page_as(None)
    await page.goto("/fi/check")
    chosen = page.locator("input[type=file]")

    await chosen.set_input_files([_file("endorsement.jwt", credential), _file("hakemus.json", snapshot)])
    good = page.get_by_role("region", name="Tiedosto on voimassa oleva puumerkki")
    await expect(good).to_be_focused()
    await expect(good).to_contain_text(NUMBER)

    await chosen.set_input_files(_file("hakemus.json", snapshot.replace(b"kotona", b"kotoma", 1)))
    bad = page.get_by_role("region", name="Tiedosto ei todista voimassa olevaa puumerkkiä")
    await expect(bad).to_contain_text("ei ole se versio, jota .jwt-tiedosto koskee")

    await chosen.set_input_files(_file("endorsement.jwt", _other_claims(credential)))
    await expect(bad).to_contain_text("Ei aito")
    await expect(bad).to_contain_text("tiedostoa on muutettu")

    await chosen.set_input_files(_file("endorsement.jwt", _credential(site, REVOKED)))
    await expect(bad).to_contain_text("Puumerkki on peruutettu.")

    await chosen.set_input_files(_file("kuva.png", b"\x89PNG\r\n"))
    await expect(page.get_by_text("Tämä ei ole puumerkin tiedosto: kuva.png")).to_be_visible()


async def test_a_partys_signature(page_as: PageAs, site: Site) -> None:
    editor = await site.api("hakija01@demo.example")
    path = f"agreements/{editor.get('agreements', state='in_force')['items'][0]['id']}"
    [signature, *_] = [one for one in editor.get(path)["signatures"] if one["version_number"] == 2]
    snapshot = editor.content(f"{path}/versions/2/snapshot")
    page = await page_as(None)
    await page.goto("/fi/check")
    chosen = page.locator("input[type=file]")
    await chosen.set_input_files(
        [_file("allekirjoitus.jwt", signature["credential"].encode()), _file("sopimus.json", snapshot)]
    )
    good = page.get_by_role("region", name="Allekirjoitus pätee")
    await expect(good).to_be_focused()
    await expect(good).to_contain_text("Kumppanuussopimus kotona asuvien tueksi")
    await chosen.set_input_files(_file("sopimus.json", snapshot.replace(b"kotona", b"kotoma", 1)))
    await expect(page.get_by_role("region", name="Allekirjoitus ei päde")).to_be_focused()


def _other_claims(credential: bytes) -> bytes:
    """The same with another character among its claims."""
    header, claims, signature = credential.split(b".")
    place = len(claims) // 2
    return b".".join(
        (
            header,
            claims[:place] + (b"A" if claims[place : place + 1] != b"A" else b"B") + claims[place + 1 :],
            signature,
        )
    )
