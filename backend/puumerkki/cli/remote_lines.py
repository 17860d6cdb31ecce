"""Lines of JSON to an installation elsewhere: so many a request as the server stores at once."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from puumerkki.cli.import_request import ImportRequest
from puumerkki.cli.import_tables import progress_bar, show_counts, show_table
from puumerkki.cli.remote import Server
from puumerkki.imports.line_routes import NDJSON
from puumerkki.imports.lines import LINES as BATCH
from puumerkki.imports.results import ImportResult

LINES = frozenset({".ndjson", ".jsonl"})
"""Names of files that hold one JSON object a line end so."""


def bring_lines(server: Server, asked: ImportRequest) -> bool:
    """Whether every line went in, or would; with `skip_bad`, whether the server took them all to look at."""
    started, counts, wrong = time.monotonic(), Counter[str](), list[tuple[str, ...]]()
    with asked.file.open("rb") as source, progress_bar() as progress:
        task = progress.add_task(asked.file.name, total=None)
        for first, lines in _batches(source):
            for line in _bring(server, asked, lines):
                counts[line["verdict"]] += 1
                number = first + line["line"]
                wrong += [(str(number), *(one[name] for name in _SHOWN)) for one in line["errors"]]
            progress.update(task, completed=first + len(lines))
    show_table(("line", "field", "value", "what to do"), wrong)
    taken = ImportResult(created=counts["new"], changed=counts["changed"], unchanged=counts["unchanged"])
    taken.skipped = counts.total() - taken.created - taken.changed - taken.unchanged
    show_counts(taken, time.monotonic() - started)
    return not taken.skipped or asked.skip_bad


_SHOWN = ("column", "value", "message")


def _batches(source: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
    """So many lines at a time, and how many there were before."""
    before = 0
    while lines := list(islice(source, BATCH)):
        yield before, lines
        before += len(lines)


def _bring(server: Server, asked: ImportRequest, lines: list[bytes]) -> Iterator[dict[str, Any]]:
    """What became of each line. Sent again after a lost connection, what was stored is unchanged."""
    answer = server.ask(
        "POST",
        "/imports/bulk",
        params={"kind": asked.kind, "dry_run": str(asked.dry_run).lower(), **asked.scope},
        body=b"".join(lines),
        headers={"Content-Type": NDJSON},
    )
    return (json.loads(one) for one in answer.content.split(b"\n") if one)
