"""The rows of a file that are rows of its list, and what is said of the others and of what nobody sees."""

from collections.abc import Iterator, Sequence

from puumerkki.imports.examples import is_example
from puumerkki.imports.lines import LinesTable
from puumerkki.imports.reading.tables import Record, TableFile
from puumerkki.imports.results import Findings

SHOWN = 5
"""So many hidden rows or columns are named."""


def rows_read(file: TableFile | LinesTable, findings: Findings) -> Iterator[Record]:
    """The rows. The example of a template is none, nor is a total, which is said.

    Hidden rows and columns count, since others hide what they have dealt with; how many there are is said.
    """
    if isinstance(file, TableFile) and (columns := file.hidden_headings):
        findings.warn(file.reading.heading_row or 1, "", "", "columns_hidden", detail=_first(columns, len(columns)))
    first: list[int] = []
    hidden = 0
    for record in file.records():
        if is_example(record.cells):
            findings.warn(record.row, "", "", "example_left_out")
        elif record.total is not None:
            findings.warn(record.row, "", record.total, "total_left_out")
        else:
            if record.hidden:
                hidden += 1
                first += [record.row] if hidden <= SHOWN else []
            yield record
    if hidden:
        findings.warn(first[0], "", "", "rows_hidden", detail=_first(first, hidden))


def _first(some: Sequence[object], count: int) -> str:
    """How many there are, and the first of them."""
    return f"{count}: {', '.join(map(str, some[:SHOWN]))}{' …' if count > SHOWN else ''}"
