"""Every operation as every role, held against one committed table.

`yes` is a successful answer, of a list with the number of its items, so that what everybody reads and what each reads
of their own look different; a number alone is the status of the refusal. After a change that is meant:
`PUUMERKKI_WRITE_PERMISSIONS=1 .venv/bin/pytest tests/web/test_permissions.py` writes the table anew; read its diff.
"""

import csv
import os
from pathlib import Path

import httpx
import pytest

from tests.factories import World
from tests.personas import EVERYBODY, make_cast
from tests.valid_requests import load
from tests.web.calls import make, undone

TABLE = Path(__file__).with_name("permissions.csv")
OPERATIONS = load()


def read_table() -> dict[str, list[str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        heading, *rows = csv.reader(lines)
    assert heading == ["operation", *EVERYBODY]
    return {name: answers for name, *answers in rows}


def write_row(name: str, answers: list[str]) -> None:
    rows = (read_table() if TABLE.exists() else {}) | {name: answers}
    with TABLE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["operation", *EVERYBODY])
        writer.writerows([known, *rows[known]] for known in sorted(rows) if known in OPERATIONS)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
async def test_who_may(name: str, world: World) -> None:
    cast = await make_cast(world)
    call = await OPERATIONS[name](cast)
    answers = []
    for caller in EVERYBODY:
        async with undone(world.session):
            answer = await make(cast, call, by=caller)
        assert answer.status_code < 500, answer.text
        answers.append(_in_short(answer))
        if caller == call.by:
            assert answer.is_success, f"the declared request fails: {answer.status_code} {answer.text}"
    if os.environ.get("PUUMERKKI_WRITE_PERMISSIONS"):
        write_row(name, answers)
    assert dict(zip(EVERYBODY, answers, strict=True)) == dict(zip(EVERYBODY, read_table()[name], strict=True))


def _in_short(answer: httpx.Response) -> str:
    if not answer.is_success:
        return str(answer.status_code)
    is_json = answer.headers.get("content-type") == "application/json"
    found = answer.json() if is_json and answer.content else None
    return f"yes {len(found['items'])}" if isinstance(found, dict) and "items" in found else "yes"


def test_the_table_holds_no_other_operations() -> None:
    assert set(read_table()) == set(OPERATIONS)
