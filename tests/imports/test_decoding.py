"""Which encoding a file is in: by its mark, strictly, by its shape, never by guessing."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puumerkki.imports.reading.decoding import encoding_of
from puumerkki.imports.reading.unreadable import UnreadableFile

PLACES = [
    "Töölö",
    "Åbo",
    "Jyväskylä",
    "Äänekoski",
    "Närpes",
    "Pyhäjärvi",
    "Öja",
    "Sipoo",
    "Ekenäs",
    "Hämeenlinna",
    "Kökar",
    "Väståboland",
]
WHAT = [
    "väki",
    "Yö",
    "kyläyhdistys",
    "hembygdsförening",
    "Äidit",
    "ÅLDRINGAR",
    "Šakki",
    "”Löytö”",
    "Allé",
    "apu – tuki",
]
LEGAL = ["ry", "r.y.", "rf", "r.f.", "sr", "", "Oy Ab"]
NAMES = st.builds(
    lambda *parts: " ".join(filter(None, parts)), st.sampled_from(PLACES), st.sampled_from(WHAT), st.sampled_from(LEGAL)
)


def _encoding(content: bytes) -> str:
    return encoding_of(io.BytesIO(content))


@given(st.lists(NAMES, min_size=1, max_size=100), st.sampled_from(["\n", "\r\n"]))
def test_names_in_windows_1252_are_never_decoded_otherwise(names: list[str], line: str) -> None:
    text = line.join(["nimi;sektori", *(f"{name};yhdistys" for name in names)])
    content = text.encode("cp1252")
    assert content.decode(_encoding(content)) == text


@given(
    st.lists(NAMES, min_size=1, max_size=100),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_nor_are_names_in_unicode(names: list[str], encoding: str) -> None:
    text = "\r\n".join(["nimi;sektori", *(f"{name};yhdistys" for name in names)])
    content = text.encode(encoding)
    assert content.decode(_encoding(content)) == text


@given(st.lists(st.tuples(st.sampled_from(["Töölö", "Åbo", "Yö ry"]), st.booleans()), min_size=2, max_size=50))
def test_rows_in_two_encodings_are_refused_with_the_first_of_the_fewer(rows: list[tuple[str, bool]]) -> None:
    lines = [name.encode("utf-8" if unicode else "cp1252") for name, unicode in rows]
    content = b"\n".join([b"nimi", *lines])
    unicode, windows = ([row for row, one in enumerate(rows, start=2) if one[1] is kind] for kind in (True, False))
    if not unicode or not windows:
        assert _encoding(content) == ("utf-8" if unicode else "cp1252")
        return
    fewer = unicode if len(unicode) < len(windows) else windows
    with pytest.raises(UnreadableFile) as refused:
        _encoding(content)
    assert (refused.value.code, refused.value.row) == ("encodings_mixed", fewer[0])


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    lines = [b"nimi;kuvaus", 'Töölö;"kaksi\nriviä"'.encode(), "Yö;".encode(), "Åbo;".encode("cp1252")]
    with pytest.raises(UnreadableFile) as refused:
        _encoding(b"\n".join(lines))
    assert refused.value.row == 4


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"nimi", "utf-8"),
        ("KYLÄ\u00a0RY;TYÖ”".encode("cp1252") + "\nTöölö".encode("cp1252"), "cp1252"),
        ("Kylä".encode("utf-8-sig"), "utf-8-sig"),
        ("To\u0308o\u0308lo\u0308".encode(), "utf-8"),
    ],
)
def test_signs_that_look_like_another_encoding(content: bytes, encoding: str) -> None:
    assert _encoding(content) == encoding


@pytest.mark.parametrize(
    "content",
    [
        "nimi\nTöölö".encode("cp1252") + b"\x81",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf" + "Töölö".encode("cp1252"),
        "To\u0308o".encode() + "\nö".encode("cp1252"),
    ],
)
def test_what_is_in_no_encoding_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        _encoding(content)
