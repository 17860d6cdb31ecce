"""Every mail in every language, with names of all kinds: text and HTML say the same, and nothing runs together."""

import random
import re
import unicodedata
from pathlib import Path

import pytest

from puumerkki.kernel.mail import Foreign, link
from puumerkki.kernel.mail.words import SIGNATURES, SUBJECT_MAX, write
from puumerkki.kernel.settings import get_settings
from tests.kernel.mail_reading import HtmlRead
from tests.kernel.mail_shapes import LONG, filled, shape_of

ROOT = Path(__file__).parents[2] / "backend" / "puumerkki"
TEMPLATES = sorted(
    (f"puumerkki.{'.'.join(path.parents[1].relative_to(ROOT).parts)}", path.name.split(".")[0])
    for path in ROOT.rglob("mails/*.fi.txt")
)
TRIES = 25
ELEMENTS = {"html", "head", "meta", "title", "body", "div", "p", "ul", "li", "a", "br", "bdi"}
RUN_TOGETHER = re.compile(r"⟧\w|\w⟦|⟧⟦")


@pytest.mark.parametrize("language", SIGNATURES)
@pytest.mark.parametrize(("package", "template"), TEMPLATES)
def test_text_and_html_say_the_same(package: str, template: str, language: str) -> None:
    shape = shape_of(package, f"{template}.{language}.txt")
    rng = random.Random(f"{package} {template} {language}")
    for _ in range(TRIES):
        given = {name: filled(one, rng, language, name) for name, one in shape.attributes.items()}
        words = write(package, template, language, given)
        read = HtmlRead(words.html)
        assert read.text == words.text
        assert 0 < len(words.subject) <= SUBJECT_MAX
        assert not [sign for sign in words.subject if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Zl", "Zp")]
        assert not [sign for sign in words.text + words.html if unicodedata.category(sign) == "Co"]
        assert "\n\n\n" not in words.text and words.text.endswith(f"\n\n{SIGNATURES[language]}\n")
        assert not RUN_TOGETHER.search(f"{words.subject}\n{words.text}"), f"{words.subject}\n{words.text}"
        assert all(line.strip(" ⟦⟧.:-–") or not line for line in words.text.split("\n")), words.text
        assert read.buttons <= 1 and set(read.tags) <= ELEMENTS
        own = get_settings().public_url + "/"
        assert all((value or "").startswith(own) for name, value in read.attributes if name in ("href", "src"))
        assert not re.search(r"url\(|@import|https?://(?!testserver/)", words.html)
        assert f'<html lang="{language}">' in words.html and "light dark" in words.html


def test_no_template_is_left_out() -> None:
    assert len(TEMPLATES) > 40
    assert len(list(ROOT.rglob("mails/*.txt"))) == len(TEMPLATES) * len(SIGNATURES)


def test_a_subject_is_cut_and_nothing_else(tmp_path: Path) -> None:
    given = {"name": "A", "title": LONG * 2, "number": "2", "organisation": LONG, "link": link("fi", "x")}
    words = write("puumerkki.applications", "version_submitted", "fi", given)
    assert len(words.subject) == SUBJECT_MAX and words.subject.endswith("…")
    assert LONG * 2 in words.text and LONG * 2 in words.html


def test_words_of_another_language_say_so() -> None:
    given = {
        "name": "A",
        "title": Foreign("Träffar <i>", "sv"),
        "number": "2",
        "organisation": "שלום",
        "link": link("fi", "x"),
    }
    words = write("puumerkki.applications", "version_submitted", "fi", given)
    assert HtmlRead(words.html).languages == [("sv", "Träffar <i>")]
    assert "<bdi>שלום</bdi>" in words.html and words.subject == "Hakemus on lähetetty käsittelyyn: Träffar <i>"


def test_nobody_writes_marks_or_links() -> None:
    evil = "\ue000https://evil.example/\ue003 <a href='https://evil.example'>x</a>"
    given = {"name": evil, "title": evil, "number": evil, "organisation": evil, "link": link("fi", "x")}
    words = write("puumerkki.applications", "version_submitted", "fi", given)
    read = HtmlRead(words.html)
    assert [value for name, value in read.attributes if name == "href"] == ["http://testserver/fi/x"]
    assert "evil.example" not in words.html + words.text
