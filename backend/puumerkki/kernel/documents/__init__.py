"""PDF documents that can be kept for good and read aloud, by typst.

PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) at once.
"""

import asyncio
import io
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno

MEDIA_TYPE = "application/pdf"
_LACKING = re.compile(
    "[^\u0020-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2044-\u205e\u2070-\u209c\u20a0-\u20bf\u2100-\u211e\u2122"
    "\u2190-\u22ff\u2500-\u25ff]"
)
"""All but the letters of Europe and the signs that typst's own font (Libertinus Serif) has."""
_TEMPLATE = Path(__file__).with_name("sheet.typ").read_bytes()


@dataclass(frozen=True)
class Fact:
    """A name and its value. `code`: set so that each character can be told apart."""

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a document: facts, paragraphs, points and a table, each if there is any, in this order."""

    heading: str
    facts: Sequence[Fact] = ()
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Code:
    """A QR code of an address. `alt`: what it is, for who does not see it."""

    url: str
    alt: str


@dataclass(frozen=True)
class Document:
    """A document. `language`: fi, sv or en; `foot`: at the foot of each page; `made_on`: the day it speaks of."""

    title: str
    language: str
    author: str
    lead: str
    foot: str
    made_on: date
    sections: Sequence[Section]
    code: Code | None = None


async def typeset(document: Document) -> bytes:
    """The document as PDF: the same document is the same bytes."""
    return await asyncio.to_thread(_typeset, document)


def _typeset(document: Document) -> bytes:
    data = _shown({**asdict(document), "made_on": document.made_on.isoformat()})
    if document.code is not None:
        data["code"]["svg"] = _qr(document.code.url)
    # megabytes that most processes never need
    import typst

    made: bytes = typst.compile(
        _TEMPLATE,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["a-2a", "ua-1"],
        ignore_system_fonts=True,
        timestamp=datetime.combine(document.made_on, time(), UTC),
    )
    return made


def _shown(value: Any) -> Any:
    """The standards refuse a document with a character that the font does not have: a sign stands in its place."""
    if isinstance(value, str):
        seen = (one for one in unicodedata.normalize("NFC", value) if unicodedata.category(one) not in ("Cf", "Cc"))
        return _LACKING.sub("\N{REPLACEMENT CHARACTER}", "".join(seen))
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    return value


def _qr(url: str) -> str:
    drawn = io.BytesIO()
    segno.make_qr(url, error="m").save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue().decode()
