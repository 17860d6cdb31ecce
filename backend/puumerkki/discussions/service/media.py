"""What a file is by its content, and a name that is safe to show. What people declare is not believed."""

import io
import unicodedata
import zipfile

import puremagic

from puumerkki.kernel.errors import invalid
from puumerkki.kernel.zip_files import BROKEN_ZIP

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TXT = "text/plain"
_EXTENSIONS = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    ODS: (".ods",),
    CSV: (".csv",),
    TXT: (".txt",),
}
"""The kinds that are taken, with the extensions that they are downloaded under."""
ALLOWED = tuple(_EXTENSIONS)

_BY_SIGNATURE = frozenset({PNG, JPEG})
_MAIN_PART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"})
"""Brands of the picture formats that telephones take by themselves (ISO/IEC 23008-12)."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins what Word, Excel and PowerPoint saved before 2007."""
_PDF_HEADER_WITHIN = 1024
REFUSALS = {
    "heic_refused": "Save the picture as JPEG or PDF, and add that.",
    "old_office_refused": "Save the document as PDF, DOCX or XLSX, and add that.",
    "macros_refused": "Save the document without macros, or as PDF.",
    "archive_refused": "Add the files one by one, not as an archive.",
    "file_broken": "The file is broken: save it again, and add that.",
}
_LONGEST_MIMETYPE = 100
_MARKUP = ("<!doctype", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?xml", "<?php")
_SCRIPTS = ("#!", "%!ps", "{\\rtf")


def media_type_of(content: bytes, name: str) -> str:
    """The media type of allowed content, or Invalid. Only between CSV and plain text the name decides."""
    found = _zipped(content) if content.startswith(b"PK") else _signed(content) or _written(content, name)
    if found is None:
        code = _refusal(content)
        raise invalid("body", code, REFUSALS.get(code, f"Only these kinds of files are taken: {', '.join(ALLOWED)}."))
    return found


def _refusal(content: bytes) -> str:
    """Why content that is not taken is not: what to do differs with what it is."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        return "heic_refused"
    if content.startswith(_OLE):
        return "old_office_refused"
    if not content.startswith(b"PK"):
        return "media_type_refused"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except BROKEN_ZIP:
        return "file_broken"
    if any(name.endswith("vbaproject.bin") for name in names):
        return "macros_refused"
    office = "[content_types].xml" in names or "mimetype" in names
    return "media_type_refused" if office else "archive_refused"


def _pdf(content: bytes) -> bool:
    """Readers take a PDF whose header stands within the first 1024 bytes (ISO 32000-1, annex H.3).

    What stands before it is a byte order mark or text, and neither markup nor the beginning of a program.
    """
    before, header, _ = content[:_PDF_HEADER_WITHIN].partition(b"%PDF-")
    text = all(byte >= ord(" ") or byte in b"\t\r\n\f" for byte in before)
    return bool(header) and text and not any(mark.encode() in before.lower() for mark in (*_MARKUP, *_SCRIPTS))


def _signed(content: bytes) -> str | None:
    if _pdf(content):
        return PDF
    try:
        matches = puremagic.magic_string(content)
    except (puremagic.PureError, ValueError):
        return None
    return next((match.mime_type for match in matches[:1] if match.mime_type in _BY_SIGNATURE), None)


def _zipped(content: bytes) -> str | None:
    """Office documents are ZIP archives; their parts tell which. Those with macros are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size <= _LONGEST_MIMETYPE:
                declared = archive.read("mimetype").decode("ascii").strip()
                return declared if declared in (ODT, ODS) else None
    except BROKEN_ZIP:
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _MAIN_PART.items() if part in names), None)


def _written(content: bytes, name: str) -> str | None:
    """Text without control characters that no program would take for markup or a script."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return None
    if not text.strip() or any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
        return None
    beginning = text.lstrip()[:4096].lower()
    if beginning.startswith(_SCRIPTS) or any(mark in beginning for mark in _MARKUP):
        return None
    return CSV if name.lower().endswith(".csv") else TXT


def clean_name(given: str) -> str:
    """The last part of a name without what is invisible; Invalid where nothing is left."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    shown = (char for char in last if char.isspace() or not unicodedata.category(char).startswith("C"))
    name = " ".join("".join(shown).split()).lstrip(". ")
    if not name:
        raise invalid("name", "name_invalid", "The file needs a name.")
    return name[:200]


def download_name(name: str, media_type: str) -> str:
    """The name under which a file is saved: a program opens it by its extension, so that is of what was found in it."""
    extensions = _EXTENSIONS[media_type]
    return name if name.lower().endswith(extensions) else name + extensions[0]
