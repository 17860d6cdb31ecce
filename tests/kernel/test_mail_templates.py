"""What our mails' templates must hold, so that lines stay lines."""

import re
from pathlib import Path

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
