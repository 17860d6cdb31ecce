"""What our mails' templates must hold, so that lines stay lines."""

import re
from pathlib import Path

from tests.mail_rules import WRITTEN

ROOT = Path(__file__).parents[2] / "backend" / "puumerkki"


def test_a_line_that_ends_in_a_tag_stays_a_line() -> None:
    """The newline after a tag is eaten, so that lines of tags leave no trace: a subject would run into the greeting."""
    found = []
    for path in sorted(ROOT.glob("*/mails/*.txt")):
        lines = path.read_text("utf-8").split("\n")
        for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), start=1):
            says = re.sub(r"\{%.*?%\}", "", line).strip()
            if says and line.endswith("%}") and not line.endswith("+%}") and following:
                found.append(f"{path.name}:{number}")
    assert len(list(ROOT.glob("*/mails/*.txt"))) > 100
    assert found == []


def test_no_template_says_what_people_wrote_or_voted() -> None:
    found = {
        f"{path.name}: {name}"
        for path in ROOT.glob("*/mails/*.txt")
        for name in re.findall(r"\{\{ ?(\w+)", path.read_text("utf-8"))
        if name in WRITTEN
    }
    assert found == set()


def test_no_template_says_why_it_comes_but_that_of_notices() -> None:
    """The foot does, by the reason of the envelope."""
    because = ("Saat tämän viestin", "Saat viestin", "Du får meddelandet", "You receive this")
    found = {path.name for path in ROOT.glob("*/mails/*.txt") if any(one in path.read_text("utf-8") for one in because)}
    assert found == {f"notices.{language}.txt" for language in ("fi", "sv", "en")}
