"""Which encoding a file of text is in: told by rules, never guessed by statistics.

A byte order mark decides; else UTF-8 where all of the file is that, strictly; else UTF-16 by its shape; else
Windows-1252. A file that is UTF-8 in some rows and Windows-1252 in others is refused, since either would spoil rows.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from puumerkki.imports.reading.unreadable import UnreadableFile

CHUNK = 1 << 16
MOST_LINE = 1 << 20
"""So many bytes are looked at together where a file has no line breaks."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_SIGNS = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xc5[\xa0\xa1\xbd\xbe]|\xe2[\x80-\x84][\x80-\xbf]|\xcc[\x88\x8a]")
"""Letters and signs of Finnish and Swedish texts as UTF-8 has them. As Windows-1252 they would be such as `Ã¤` and
`â€“`, which stand in no word; `Ä` before a blank that does not break is none of them."""
_NOT_UTF8 = "not-utf-8"
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""What Windows-1252 has no sign for."""


def encoding_of(source: BinaryIO) -> str:
    """The encoding of a file that can be read from its beginning, where it is left; or UnreadableFile.

    The file is read once, or twice where it is not UTF-8, in chunks.
    """
    source.seek(0)
    start = source.read(CHUNK)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if marked is not None:
        _must_be(source, marked)
        found = marked
    elif shape := _utf16_shape(start):
        _must_be(source, shape)
        found = shape
    else:
        found = "utf-8" if _is(source, "utf-8") else _windows(source)
    source.seek(0)
    return found


def _utf16_shape(start: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is nothing, as the letters of our languages have it."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    most = len(start) // 2
    if most and odd * 10 >= most * 8 and not even:
        return "utf-16-le"
    if most and even * 10 >= most * 8 and not odd:
        return "utf-16-be"
    return None


def _is(source: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    try:
        while chunk := source.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _must_be(source: BinaryIO, encoding: str) -> None:
    if _is(source, encoding):
        return
    if encoding == "utf-8-sig":
        _windows(source)
    raise UnreadableFile("encoding_unknown")


def _windows(source: BinaryIO) -> str:
    """Windows-1252, where no row is UTF-8; else the first row of the kind of which there are fewer is told."""
    first: dict[str, int] = {}
    count = {_NOT_UTF8: 0, "utf-8": 0}
    for row, line in _rows(source):
        if line.isascii():
            continue
        if _UNDEFINED.search(_UTF8_SIGNS.sub(b"", line)):
            raise UnreadableFile("encoding_unknown", row=row)
        if _UTF8_SIGNS.search(line):
            count["utf-8"] += 1
            first.setdefault("utf-8", row)
        if not _UTF8_SIGNS.search(line) or not _as_utf8(line):
            count[_NOT_UTF8] += 1
            first.setdefault(_NOT_UTF8, row)
    if len(first) == 2:
        rarer = "utf-8" if count["utf-8"] < count[_NOT_UTF8] else _NOT_UTF8
        raise UnreadableFile("encodings_mixed", row=first[rarer])
    return "cp1252"


def _as_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rows(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with the numbers of their rows: a line break within quotation marks begins no row."""
    source.seek(0)
    row, quoted = 1, False
    while line := source.readline(MOST_LINE):
        yield row, line
        quoted ^= line.count(b'"') % 2 == 1
        if not quoted:
            row += 1
