"""What `import` shows: how the file was read, what is wrong in it, what is near, and how many rows went in."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from puumerkki.cli.installation import console
from puumerkki.imports.deciding import Near
from puumerkki.imports.results import FileReading, ImportResult

SHOWN = 50
"""So many lines of a table."""


def progress_bar() -> Progress:
    """How many rows have been taken."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed} rows"), TimeElapsedColumn())
    return Progress(*columns, console=console)


def say(text: str) -> None:
    """A sentence; brackets in it are the file's own."""
    console.print(text, markup=False, highlight=False)


def show_result(result: ImportResult, near: Sequence[Near], seconds: float) -> None:
    """All of it."""
    if result.reading is not None:
        _show_reading(result.reading)
    found = [(str(one.row), one.column, one.value, one.message) for one in (*result.errors, *result.warnings)]
    show_table(("row", "column", "value", "what to do"), found)
    show_table(
        ("row", "name", "much like", Column("id", no_wrap=True)),
        [(str(one.row), one.name, _words(found), found["id"]) for one in near for found in one.candidates],
    )
    if near:
        say("Say of these rows which one they are: --same ROW=ID, --another ROW or --skip ROW.")
    show_counts(result, seconds)


def show_counts(result: ImportResult, seconds: float) -> None:
    """How many rows went in, or would."""
    say(
        f"{result.created} new, {result.changed} changed, {result.unchanged} unchanged, {result.skipped} left out,"
        f" in {seconds:.1f} s."
    )


def show_table(headings: Sequence[str | Column], lines: Sequence[tuple[str, ...]]) -> None:
    """The first lines, and how many more there are; nothing where there are none."""
    if not lines:
        return
    columns = [one if isinstance(one, Column) else Column(one, overflow="fold") for one in headings]
    table = Table(*columns)
    for line in lines[:SHOWN]:
        table.add_row(*map(Text, line))
    console.print(table)
    if len(lines) > SHOWN:
        say(f"… and {len(lines) - SHOWN} more.")


def _words(candidate: Mapping[str, Any]) -> str:
    """Its names, and what tells it from others: the code of its municipality, its numbers."""
    names = " / ".join(dict.fromkeys(candidate["names"].values()))
    told = ("home_municipality_code", "business_id", "association_register_number")
    return ", ".join([names, *(candidate[name] for name in told if candidate[name])])


def _show_reading(reading: FileReading) -> None:
    how = (reading.encoding, reading.sheet and f"sheet {reading.sheet}", f"headings in row {reading.heading_row}")
    say(f"Read as {', '.join([reading.format, *filter(None, how)])}: {', '.join(reading.first_names)}")
