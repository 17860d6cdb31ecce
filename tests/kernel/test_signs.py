"""What people write holds no sign that nobody sees; names go into mails on one line and without links."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from puumerkki.kernel.characters import without_links
from puumerkki.kernel.field_types import Email, Line, NameTranslations, Text
from puumerkki.kernel.lookalikes import skeleton
from puumerkki.kernel.mail.words import SIGNATURES, harmless, link
from puumerkki.kernel.settings import get_settings

HIDDEN = "\u200b\u200d\u2060\ufeff\u00ad\u3164\U000e0041\U0001bca0\U00013430\u0600\u06dd"
BIDI = "\u202e\u2066\u200f\u061c"


@pytest.mark.parametrize("sign", [*HIDDEN, *BIDI, "\x07", "\x9f"])
def test_one_line_holds_no_sign_that_nobody_sees(sign: str) -> None:
    assert TypeAdapter(Line).validate_python(f"Ou{sign}lun Tuki ry") == "Oulun Tuki ry"
    assert TypeAdapter(NameTranslations).validate_python({"fi": f"{sign}Tuki"}) == {"fi": "Tuki"}
    assert TypeAdapter(Email).validate_python(f"a{sign}@example.org") == "a@example.org"
    with pytest.raises(ValidationError):
        TypeAdapter(Line).validate_python(sign)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\x0b", "\x85", "\u2028", "\u2029"])
def test_one_line_is_one_line(sign: str) -> None:
    assert TypeAdapter(Line).validate_python(f"Tuki{sign}ry") == "Tuki ry"


@pytest.mark.parametrize("sign", BIDI)
def test_several_lines_hold_no_bidi_controls(sign: str) -> None:
    assert TypeAdapter(Text).validate_python(f"Yksi\n\tkaksi {sign}kolme") == "Yksi\n\tkaksi kolme"


def test_a_bound_holds_for_what_is_kept() -> None:
    assert len(TypeAdapter(Line).validate_python("a\u200b" * 300)) == 300


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Tuki\n\nVahvista: https://evil.example/x", "Tuki Vahvista: evil .example/x"),
        ("www.evil.example", "evil .example"),
        ("a@evil。example", "a@evil .example"),
        ("29.11.2026 klo 16.15, A. B. Tuki ry.", "29.11.2026 klo 16.15, A. B. Tuki ry."),
    ],
)
def test_a_name_in_a_mail_is_no_link(name: str, shown: str) -> None:
    assert without_links(name) == shown
    assert harmless({"groups": [{"title": name, "days": 3}]}) == {"groups": [{"title": shown, "days": 3}]}


def test_only_links_that_we_made_stay() -> None:
    own = link("fi", "tasks")
    assert harmless(own) == own == f"{get_settings().public_url.rstrip('/')}/fi/tasks"
    for said in (str(own), f"{own}?x=,https://evil.example/x"):
        assert "://" not in harmless(said)
    assert set(SIGNATURES) == {"fi", "sv", "en"}


@pytest.mark.parametrize("name", ["OuIu", "Оulu", "0ulu", "Oulս", "ＯＵＬＵ", "O\u200bulu", "Óulú"])
def test_names_that_look_alike_are_one(name: str) -> None:
    assert skeleton(name) == skeleton("oulu")


@pytest.mark.parametrize("kind", [Line, Text])
def test_accents_are_one_sign_with_their_letters(kind: Any) -> None:
    assert TypeAdapter(kind).validate_python(unicodedata.normalize("NFD", "Töölön väki ry")) == "Töölön väki ry"


@given(name=st.text(st.characters(min_codepoint=1, max_codepoint=255)))
def test_a_name_of_latin_signs_looks_the_same_by_the_short_way(name: str) -> None:
    """One sign beyond Latin-1, and the whole name is folded the long way."""
    assert skeleton(f"〇 {name}").removeprefix("o").strip() == skeleton(name)
