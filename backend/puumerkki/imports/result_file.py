"""What became of a file, as a file: each row as it was read, with its verdict and what to do."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.imports.faults import fault_words
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportJob, ImportRow, RowVerdict
from puumerkki.imports.own_files import RESULT_HEADINGS
from puumerkki.kernel.csv_cells import csv_lines

BATCH = 2000
_APPLIED = {"fi": "tallennettu", "sv": "sparad", "en": "stored"}
VERDICTS: Mapping[str, Mapping[RowVerdict, str]] = MappingProxyType(
    {
        "fi": {
            RowVerdict.new: "uusi",
            RowVerdict.changed: "muuttuu",
            RowVerdict.unchanged: "ennallaan",
            RowVerdict.near: "samankaltainen on jo",
            RowVerdict.faulty: "virheellinen",
            RowVerdict.left_out: "jätetty pois",
        },
        "sv": {
            RowVerdict.new: "ny",
            RowVerdict.changed: "ändras",
            RowVerdict.unchanged: "oförändrad",
            RowVerdict.near: "en liknande finns redan",
            RowVerdict.faulty: "felaktig",
            RowVerdict.left_out: "utelämnad",
        },
        "en": {
            RowVerdict.new: "new",
            RowVerdict.changed: "changed",
            RowVerdict.unchanged: "unchanged",
            RowVerdict.near: "one like it is there",
            RowVerdict.faulty: "faulty",
            RowVerdict.left_out: "left out",
        },
    }
)
BECAUSE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "fi": {
            "skipped": "Valittiin jätettäväksi pois",
            "changed_since_the_trial": "Tiedot muuttuivat koeajon jälkeen: lähetä rivi uudelleen",
            "row": "Sama on rivillä",
        },
        "sv": {
            "skipped": "Valdes att utelämnas",
            "changed_since_the_trial": "Uppgifterna ändrades efter provkörningen: skicka raden på nytt",
            "row": "Samma finns på rad",
        },
        "en": {
            "skipped": "Somebody chose to leave it out",
            "changed_since_the_trial": "What is here changed after the trial run: send the row again",
            "row": "The same is in row",
        },
    }
)


def file_name(job: ImportJob, language: str) -> str:
    """What the file is called: after the one that somebody sent."""
    stem = Path(job.file_name or "").stem or job.kind.value
    return f"{stem} – {RESULT_HEADINGS[language][1]}.csv"


async def result_lines(session: AsyncSession, job: ImportJob, *, language: str) -> list[str]:
    """The lines of the file, as spreadsheet programs in Finland open it: a byte order mark, semicolons."""
    names = select(func.jsonb_object_keys(col(ImportRow.cells))).where(col(ImportRow.job_id) == job.id).distinct()
    fields = dict.fromkeys(sorted((await session.exec(names)).all()))
    headings = RULES[job.kind].template.headings
    named = [headings[name][language] if name in headings else name for name in fields]
    written = ["\ufeff", *csv_lines([(*RESULT_HEADINGS[language], *named)], delimiter=";")]
    after = 0
    while True:
        statement = select(ImportRow).where(col(ImportRow.job_id) == job.id, col(ImportRow.row) > after)
        rows = (await session.exec(statement.order_by(col(ImportRow.row)).limit(BATCH))).all()
        if not rows:
            return written
        lines = (
            (
                row.row,
                _APPLIED[language] if row.applied else VERDICTS[language][row.verdict],
                _what_to_do(row, language),
                *({**row.cells, **(row.corrected or {})}.get(name) for name in fields),
            )
            for row in rows
        )
        written += csv_lines(lines, delimiter=";")
        after = rows[-1].row
        session.expunge_all()


def _what_to_do(row: ImportRow, language: str) -> str:
    said: list[str] = []
    if row.because is not None:
        words, other = BECAUSE[language], row.because.get("row")
        if row.because["code"] in words:
            said.append(f"{words[row.because['code']]}.")
        elif other is not None:
            said.append(f"{words['row']} {other}.")
    said += [_said(one, language) for one in row.findings]
    return " ".join(said)


def _said(finding: dict[str, Any], language: str) -> str:
    words = fault_words()[finding["code"]][language]
    more = f" ({finding['detail']})" if finding.get("detail") else ""
    other = f" {BECAUSE[language]['row']} {finding['first']}." if finding.get("first") else ""
    column = f"{finding['column']}: " if finding["column"] else ""
    return f"{column}{words}{more}{other}"
