"""The decision tables as docs/who-may-what.md has them."""

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "who-may-what.md"
NOTHING = "–"
Cells = dict[tuple[str, str], str]


def table(first: str) -> Cells:
    """The cells of the table whose first heading is this, by row and column."""
    lines = PAGE.read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    columns, found = _parts(lines[start])[1:], {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        row, *cells = _parts(line)
        assert len(cells) == len(columns), row
        found |= {(row, column): cell for column, cell in zip(columns, cells, strict=True)}
    return found


def _parts(line: str) -> list[str]:
    return [one.strip() for one in line.strip("|").split("|")]
