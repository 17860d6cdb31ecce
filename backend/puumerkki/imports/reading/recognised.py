"""What kind of file somebody sent, by its first bytes and what a ZIP holds; what is no table is said so."""

import zipfile
from typing import BinaryIO, Literal, TypeAlias

from puumerkki.imports.reading.unreadable import UnreadableFile
from puumerkki.kernel.zip_files import BROKEN_ZIP

WorkbookFormat: TypeAlias = Literal["xlsx", "ods"]
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
    (b"<?xml", "XML"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7Z"),
)
_LOOKED_AT = 1024
MOST_OF_OLE = 64 << 20


def format_of(source: BinaryIO) -> WorkbookFormat | None:
    """The kind of workbook; None is text. Raises UnreadableFile for what is neither.

    Excel's files since 2007 and LibreOffice's are ZIP archives; those before, and encrypted ones, are OLE files.
    """
    source.seek(0)
    start = source.read(_LOOKED_AT)
    if start.startswith(_OLE):
        source.seek(0)
        raise UnreadableFile("file_encrypted" if _ENCRYPTED in source.read(MOST_OF_OLE) else "workbook_old")
    if start.startswith(b"PK"):
        return _in_zip(source)
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, name in _OTHERS:
        if plain.startswith(sign.lower()):
            raise UnreadableFile("not_a_table", detail=name)
    if not start:
        raise UnreadableFile("file_empty")
    return None


def _in_zip(source: BinaryIO) -> WorkbookFormat:
    try:
        with zipfile.ZipFile(source) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
    except BROKEN_ZIP:
        raise UnreadableFile("workbook_broken") from None
    if b"encryption-data" in manifest:
        raise UnreadableFile("file_encrypted")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if "xl/workbook.bin" in names:
        raise UnreadableFile("workbook_old")
    raise UnreadableFile("not_a_table", detail="ZIP")
