"""An import at an installation elsewhere: trial run, verdicts, decisions, then all at once; and its undo."""

import time
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from puumerkki.cli.import_request import ImportRequest
from puumerkki.cli.import_tables import SHOWN, progress_bar, say, show_result
from puumerkki.cli.installation import fail
from puumerkki.cli.remote import Server
from puumerkki.cli.remote_lines import LINES, bring_lines
from puumerkki.imports.deciding import Near
from puumerkki.imports.jobs import UNREADABLE
from puumerkki.imports.models import ImportState
from puumerkki.imports.results import FileReading, ImportResult, ReadColumn, RowError

LOOK_SECONDS = 0.5
GOING = frozenset({ImportState.queued, ImportState.running})
WHY = {
    "could_not_run": "the server could not run it, and its operator finds why in the log",
    "interrupted": "the server was interrupted several times",
    "touched_since": "others have changed or used what it wrote",
}
"""Why a step did not do what it should, by the import's `reason`."""
_ANY_FILE = {"Content-Type": "application/octet-stream"}
"""What a file is comes from its content."""


def import_there(server: Server, asked: ImportRequest, result: Path | None) -> bool:
    """Whether all rows went in, or would; with `skip_bad`, whether the good ones did. `result`: a file to write."""
    asked.check()
    if asked.file.suffix.lower() in LINES:
        if asked.decisions or asked.mapping or asked.sheet or result:
            raise fail("Lines of JSON have no headings, no sheets and no rows to decide, and their answer is shown.")
        return bring_lines(server, asked)
    started = time.monotonic()
    path, job = _trial(server, asked)
    shown = _result_of(job)
    complete = not shown.errors or (asked.skip_bad and shown.readable)
    other_now = 0
    if complete and not asked.dry_run:
        job = _step(server, path, "apply", job, {"leave_out": asked.skip_bad})
        tried, shown = shown, _result_of(job)
        other_now = shown.skipped - tried.skipped
    show_result(shown, _near(server, path, job), time.monotonic() - started)
    if result is not None:
        result.write_bytes(server.ask("GET", f"{path}/result.csv").content)
    _say_where(server, asked, job)
    if other_now:
        say(f"{other_now} rows are other now than the trial run showed, and were left out: send the file again.")
    return complete and not other_now


def _trial(server: Server, asked: ImportRequest) -> tuple[str, dict[str, Any]]:
    """The trial run, with the sheet, the headings and the decisions that were asked for."""
    query = {"kind": asked.kind, "dry_run": "true", "file_name": asked.file.name, **asked.scope}
    made = server.ask("POST", "/imports", params=query, body=asked.file, headers=_ANY_FILE)
    path = f"/imports/{made.json()['id']}"
    job = _wait(server, path, "trial")
    chosen = {"sheet": asked.sheet, "mapping": asked.mapping or None}
    if given := {name: value for name, value in chosen.items() if value is not None}:
        job = _step(server, path, "try", job, given)
    for row, decision in asked.decisions.items():
        decided = decision.model_dump(mode="json", exclude_unset=True)
        server.ask("PATCH", f"{path}/rows/{row}", json=decided, about=f"Row {row}")
    return path, _step(server, path, "try", job, {}) if asked.decisions else job


def _step(server: Server, path: str, step: str, job: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    server.ask("POST", f"{path}/{step}", json=given, version=job["version"])
    job = _wait(server, path, step)
    if step == "apply" and job["state"] != ImportState.succeeded:
        raise fail(f"Nothing was stored: {_reason(job)}.")
    return job


def _wait(server: Server, path: str, step: str) -> dict[str, Any]:
    """The import once the server has done with it; how far it is is shown meanwhile."""
    with progress_bar() as progress:
        task = progress.add_task(step, total=None)
        while True:
            job: dict[str, Any] = server.ask("GET", path).json()
            progress.update(task, completed=job["percent"], total=None if job["percent"] is None else 100)
            if job["state"] not in GOING:
                break
            time.sleep(LOOK_SECONDS)
    if job["state"] in (ImportState.failed, ImportState.cancelled):
        raise fail(f"Nothing was stored: {_reason(job)}.")
    return job


def _reason(job: dict[str, Any]) -> str:
    if job["reason"] is None:
        return "somebody cancelled it"
    reason: str = job["reason"]
    return WHY.get(reason, reason)


def _near(server: Server, path: str, job: dict[str, Any]) -> list[Near]:
    if not job["near"]:
        return []
    answer = server.ask("GET", f"{path}/rows", params={"verdict": "near", "limit": SHOWN})
    return [Near(one["row"], one["name"], "", one["candidates"]) for one in answer.json()["items"]]


def _say_where(server: Server, asked: ImportRequest, job: dict[str, Any]) -> None:
    if job["state"] == ImportState.succeeded:
        say(f"Stored: {server.url}/imports/{job['id']}")
        if asked.rule.sheet.undo is not None:
            say(f"To undo it: puumerkki --server {server.url} undo-import {job['id']}")
        return
    say("Nothing has been stored.")
    if job["state"] == ImportState.tried:
        say(f"In the app one can go on from here: {server.url}/imports/{job['id']}")


def _result_of(job: dict[str, Any]) -> ImportResult:
    """An import as the API shows it, as the result that the command shows."""
    found, reading = [RowError(**one) for one in job["errors"]], job["reading"]
    return ImportResult(
        created=job["created"],
        changed=job["changed"],
        unchanged=job["unchanged"],
        skipped=job["skipped"],
        near=job["near"],
        errors=[one for one in found if one.severity == "error"],
        warnings=[one for one in found if one.severity == "warning"],
        applied=job["state"] == ImportState.succeeded,
        readable=job["reason"] != UNREADABLE,
        reading=reading
        and FileReading(**reading | {"columns": tuple(ReadColumn(**column) for column in reading["columns"])}),
    )


def undo_import(
    context: typer.Context, import_id: Annotated[UUID, typer.Argument(help="The import's id, as `import` says it.")]
) -> None:
    """Undo an import at the server, while nobody else has touched what it wrote. Exit code 0: undone; 1: not."""
    server: Server | None = context.obj
    if server is None:
        raise fail("undo-import goes with --server: of what the operator's own command brings in no rows are kept.")
    path = f"/imports/{import_id}"
    started = time.monotonic()
    job = _step(server, path, "undo", server.ask("GET", path).json(), {})
    if job["state"] != ImportState.undone:
        raise fail(f"Not undone: {_reason(job)}.")
    say(f"Undone: {job['file_name']}, in {time.monotonic() - started:.1f} s.")
