"""Attachments: kinds by content, clean names, who may."""

import io
import zipfile
from urllib.parse import quote

import httpx
import pytest
from sqlmodel import col, select

from puumerkki.discussions.models import Attachment, Audience
from puumerkki.discussions.queries import attachments
from puumerkki.discussions.service import media
from puumerkki.kernel import files
from puumerkki.kernel.errors import Invalid
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref
from puumerkki.needs.models import Need, NeedState
from tests.factories import Client, World
from tests.personas import CALLERS, Cast, make_cast
from tests.valid_requests.needs import make_need

OF_THE_NETWORK = {"coordinator", "chair", "secretary", "observer", "representative", "deputy"}
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40


def archive(*parts: tuple[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return made.getvalue()


TYPES = ("[Content_Types].xml", "<Types/>")
DOCX = archive(TYPES, ("word/document.xml", "<x/>"))


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


@pytest.fixture
async def need(cast: Cast) -> Need:
    return await make_need(cast, NeedState.agreed, raised_for_organisation_id=cast.association.id)


async def upload(
    caller: Client,
    need: Need,
    content: bytes,
    name: str = "liite.pdf",
    *,
    audience: str = "applicants",
    declared: str = "",
) -> httpx.Response:
    path = f"/attachments?subject_kind=need&subject_id={need.id}&audience={audience}&name={quote(name, safe='')}"
    headers = {"Content-Type": declared} if declared else {}
    return await caller.request("POST", path, content=content, headers=headers)


async def test_uploaded_listed_fetched_and_removed(cast: Cast, need: Need) -> None:
    made = await upload(cast["editor"], need, PDF, "Selvitys ä & €.pdf", declared="text/html")
    assert made.status_code == 201, made.text
    body = made.json()
    assert (body["media_type"], body["size"], body["name"]) == ("application/pdf", len(PDF), "Selvitys ä & €.pdf")
    path = made.headers["location"].removeprefix("/api/v1")
    content = await cast["observer"].get(f"{path}/content")
    assert (content.content, content.headers["content-type"]) == (PDF, "application/pdf")
    assert content.headers["content-disposition"] == (
        "attachment; filename=\"Selvitys _ _ _.pdf\"; filename*=UTF-8''Selvitys%20%C3%A4%20%26%20%E2%82%AC.pdf"
    )
    assert content.headers["x-content-type-options"] == "nosniff"
    assert content.headers["content-security-policy"].startswith("sandbox")
    listed = (await cast["chair"].get(f"/attachments?subject_kind=need&subject_id={need.id}")).json()["items"]
    assert [(item["id"], item["uploaded_by"]["name"]) for item in listed] == [(body["id"], "editor")]
    session = cast.world.session
    assert [one.digest for one in await attachments(session, Ref("need", need.id), Audience.applicants)] == [
        body["digest"]
    ]
    assert (await cast["chair"].delete(path, if_match=1)).status_code == 403
    assert (await cast["editor"].delete(path)).status_code == 428
    assert (await cast["editor"].delete(path, if_match=1)).status_code == 204
    assert (await cast["editor"].delete(path, if_match=2)).status_code == 404
    assert (await cast["editor"].get(f"{path}/content")).status_code == 404
    assert (await cast["editor"].get(path)).json()["removed_at"] is not None
    assert (await cast["editor"].get(f"/attachments?subject_kind=need&subject_id={need.id}")).json()["items"] == []
    told = await session.exec(select(EventRow.type).where(col(EventRow.subject_id) == need.id))
    assert told.all() == ["attachment.added", "attachment.removed"]


@pytest.mark.parametrize("role", CALLERS)
async def test_only_the_audience_reads_and_writes(cast: Cast, need: Need, role: str) -> None:
    path = (await upload(cast["coordinator"], need, PDF, audience="network")).headers["location"]
    seen = role in OF_THE_NETWORK
    for answer in (await cast[role].get(path), await cast[role].get(f"{path}/content")):
        assert answer.status_code == (200 if seen else 404)
    listed = await cast[role].get(f"/attachments?subject_kind=need&subject_id={need.id}")
    assert len(listed.json()["items"]) == seen
    refused = 401 if role == "anonymous" else 403
    writes = seen and role != "observer"
    other = PDF + role.encode()
    assert (await upload(cast[role], need, other, audience="network")).status_code == (201 if writes else refused)
    if role != "coordinator":
        refused = 401 if role == "anonymous" else 403 if seen else 404
        assert (await cast[role].delete(path, if_match=1)).status_code == refused


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (PDF, "a.exe", media.PDF),
        (b"\xef\xbb\xbf" + PDF, "a.pdf", media.PDF),
        (b"\r\n" * 400 + PDF, "a.pdf", media.PDF),
        (b"X-Mailer: a scanner\r\n\r\n" + PDF, "a.pdf", media.PDF),
        (PNG, "a", media.PNG),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40 + b"\xff\xd9", "a.jpg", media.JPEG),
        (DOCX, "a.zip", media.DOCX),
        (archive(TYPES, ("xl/workbook.xml", "<x/>")), "a.xlsx", media.XLSX),
        (archive(("mimetype", media.ODT), ("content.xml", "x")), "a.odt", media.ODT),
        (archive(("mimetype", media.ODS), ("content.xml", "x")), "a.ods", media.ODS),
        ("nimi;määrä\nä;1\n".encode(), "A.CSV", media.CSV),
        ("nimi;määrä\r\n".encode("cp1252"), "a.csv", media.CSV),
        ("\ufeffHyvää päivää. 1 < 2".encode(), "a.html", media.TXT),
    ],
)
def test_allowed_kinds_are_known_by_their_content(content: bytes, name: str, found: str) -> None:
    assert media.media_type_of(content, name) == found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"MZ\x90\0" + b"\0" * 100,
        b"\x7fELF" + b"\0" * 60,
        b"#!/bin/sh\nrm -rf /\n",
        b"<!DOCTYPE html><html></html>",
        b"\xef\xbb\xbf  <html><script>alert(1)</script>",
        b"text, then <ScRiPt>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><x/>",
        b"GIF89a" + b"\0" * 20,
        b"MZ\x90\0" + PDF,
        b"<html><script>alert(1)</script>" + PDF,
        b"\0" * 2000 + PDF,
        b"PK\x03\x04 no archive",
        archive(("a.txt", "b")),
        archive(("mimetype", "application/epub+zip")),
        archive(TYPES, ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")),
        archive(TYPES, ("ppt/presentation.xml", "<x/>")),
        "UTF-16 text".encode("utf-16"),
    ],
)
def test_other_content_is_refused_whatever_its_name(content: bytes) -> None:
    for name in ("a.pdf", "a.txt", "a.csv", "a.docx"):
        with pytest.raises(Invalid):
            media.media_type_of(content, name)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic_refused"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0", "heic_refused"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old_office_refused"),
        (archive(TYPES, ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")), "macros_refused"),
        (archive(("a.txt", "b")), "archive_refused"),
        (archive(TYPES, ("ppt/presentation.xml", "<x/>")), "media_type_refused"),
        (b"PK\x03\x04 no archive", "file_broken"),
        (b"MZ\x90\0" + b"\0" * 100, "media_type_refused"),
    ],
)
def test_what_is_refused_says_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        media.media_type_of(content, "a.pdf")
    assert [(one.pointer, one.code) for one in refused.value.problems] == [("body", code)]


async def test_the_same_file_twice_is_said(cast: Cast, need: Need) -> None:
    first = await upload(cast["editor"], need, PDF, "eka.pdf")
    again = await upload(cast["editor"], need, PDF, "toka.pdf")
    assert (again.status_code, again.json()["code"]) == (409, "attachment_twice")
    assert (again.json()["id"], again.json()["name"]) == (first.json()["id"], "eka.pdf")
    assert (await upload(cast["editor"], need, PDF + b"2", "toka.pdf")).status_code == 201
    assert (await cast["editor"].delete(first.headers["location"], if_match=1)).status_code == 204
    assert (await upload(cast["editor"], need, PDF, "toka.pdf")).status_code == 201


async def test_a_program_renamed_to_pdf_leaves_nothing(cast: Cast, need: Need) -> None:
    answer = await upload(cast["editor"], need, b"MZ\x90\0" + b"\0" * 100, "ohjelma.pdf", declared="application/pdf")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "media_type_refused")
    assert (await cast.world.session.exec(select(Attachment))).all() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\sopimus.pdf", "sopimus.pdf"),
        ("a\r\nSet-Cookie: x\u202efdp.exe", "a Set-Cookie: xfdp.exe"),
        ("..hidden", "hidden"),
        ("A\u0308iti.txt", "Äiti.txt"),
        ('"; x="y.pdf', '"; x="y.pdf'),
    ],
)
async def test_names_are_cleaned_and_never_paths(cast: Cast, need: Need, given: str, kept: str) -> None:
    made = await upload(cast["editor"], need, PDF, given)
    assert (made.status_code, made.json()["name"]) == (201, kept), made.text
    content = await cast["editor"].get(f"{made.headers['location']}/content")
    assert content.headers["content-disposition"].count('"') == 2
    saved = content.headers["content-disposition"].rpartition("''")[2]
    assert saved.endswith(".pdf") and (saved.count(".pdf") == 1 or kept.count(".pdf") > 1)
    stored = (await cast.world.session.exec(select(Attachment))).one()
    assert files.key_of(stored.id) == f"{stored.id.hex[-2:]}/{stored.id.hex}"
    assert await files.get(stored.id) == PDF


@pytest.mark.parametrize("name", ["..", "///", "\u200b", " ", "x" * 201])
async def test_no_name_is_refused(cast: Cast, need: Need, name: str) -> None:
    answer = await upload(cast["editor"], need, PDF, name)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "name")


async def test_size_is_bounded(cast: Cast, need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_settings(), "attachment_max_bytes", len(PDF))
    assert (await upload(cast["editor"], need, PDF)).status_code == 201
    answer = await upload(cast["editor"], need, PDF + b"\n")
    assert (answer.status_code, answer.json()["code"]) == (413, "attachment_too_large")


async def test_the_same_key_with_another_subject_is_no_repeat(cast: Cast, need: Need) -> None:
    other = await make_need(cast, NeedState.agreed)
    answers = [
        await cast["coordinator"].request(
            "POST",
            f"/attachments?subject_kind=need&subject_id={one.id}&audience=network&name=a.pdf",
            content=PDF,
            headers={"Idempotency-Key": "same"},
        )
        for one in (need, need, other)
    ]
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize(
    ("name", "media_type", "saved"),
    [
        ("kuva.JPEG", media.JPEG, "kuva.JPEG"),
        ("laskuri.exe", media.PDF, "laskuri.exe.pdf"),
        ("muistio.js", media.TXT, "muistio.js.txt"),
        ("luvut.bat.", media.CSV, "luvut.bat..csv"),
        ("taulukko.pdf", media.XLSX, "taulukko.pdf.xlsx"),
    ],
)
def test_a_file_is_saved_under_the_extension_of_what_was_found_in_it(name: str, media_type: str, saved: str) -> None:
    assert media.download_name(name, media_type) == saved
    assert all(media.download_name("nimi", one).startswith("nimi.") for one in media.ALLOWED)


async def test_files_are_read_by_their_owner_only(cast: Cast, need: Need) -> None:
    made = await upload(cast["editor"], need, PDF)
    assert made.status_code == 201
    assert _modes() == {0o700}


def _modes() -> set[int]:
    folder = files.store().prefix
    return {folder.stat().st_mode & 0o777}
