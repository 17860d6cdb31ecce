"""Documents: tagged, in a language, for good; what people wrote is text and never markup."""

import asyncio
import re
import zlib
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from puumerkki.kernel.documents import Code, Document, Fact, Section, typeset

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
HOSTILE = '#panic("read as markup") $x$ = Otsikko *vahva* `koodi` <a> @b \\ // /* #read("/etc/passwd")'


def document(text: str, language: str = "sv") -> Document:
    return Document(
        title=text or "–",
        language=language,
        author=text or "–",
        lead=text,
        foot=text,
        made_on=date(2026, 11, 3),
        sections=[
            Section(text or "–", facts=[Fact(text, text), Fact(text, text, code=True)], paragraphs=[text]),
            Section("2", points=[text], head=[text, text], rows=[[text, text]]),
        ],
        code=Code("https://puumerkki.example/fi/endorsements/X-2026-0001", "QR"),
    )


def parts(pdf: bytes) -> bytes:
    """All that the file says, unpacked."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


async def test_it_is_tagged_and_says_its_standards_and_language() -> None:
    said = parts(await typeset(document("Intyg")))
    assert b"<pdfaid:part>2</pdfaid:part>" in said and b"<pdfaid:conformance>A</pdfaid:conformance>" in said
    assert b"<pdfuaid:part>1</pdfuaid:part>" in said
    assert b"/MarkInfo" in said and b"/StructTreeRoot" in said
    assert re.search(rb"/Lang\s*\(sv\)", said)
    assert b"/Alt" in said and b"/TH" in said


async def test_the_same_document_is_the_same_bytes() -> None:
    first = await typeset(document("Todistus", "fi"))
    assert await typeset(document("Todistus", "fi")) == first
    # else the second in which it was made would stand in it
    assert set(re.findall(rb"D:(\d{14})", parts(first))) == {b"20261103000000"}


async def test_what_people_wrote_is_no_markup() -> None:
    assert (await typeset(document(HOSTILE))).startswith(b"%PDF-")


@given(LINES)
@settings(max_examples=40)
def test_any_text_can_be_set(text: str) -> None:
    assert asyncio.run(typeset(document(text, "fi"))).startswith(b"%PDF-")
