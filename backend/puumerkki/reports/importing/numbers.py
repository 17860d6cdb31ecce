"""What an organisation reports on, by whatever number people call it; found for the rows of a file."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, literal
from sqlalchemy import select as core_select

from puumerkki.imports.sheets import Check, Staged
from puumerkki.imports.titles import plain
from puumerkki.kernel import subjects
from puumerkki.kernel.subjects import Ref
from puumerkki.reports import reportable
from puumerkki.reports.queries.parties import parties_of

_CREATE = (
    "drop table if exists import_reported",
    "create temporary table import_reported (subject_kind text, subject_id uuid, said text) on commit drop",
)
_SAME = (
    "drop table if exists import_same",
    "create temporary table import_same on commit drop as select row, subject_kind, subject_id,"
    " exact = bool_or(exact) over (partition by row) as best from ("
    "select i.row, r.subject_kind, r.subject_id, bool_or(r.said = i.subject) as exact from import_row i"
    f" join import_reported r on {plain('r.said')} = {plain('i.subject')} group by 1, 2, 3) found",
)
_TAKE = (
    "update import_row i set subject_kind = s.subject_kind, subject_id = s.subject_id from import_same s"
    " where s.row = i.row and s.best and i.given_id is null"
)
SEVERAL: Check = (
    "subject",
    "reported_of_several",
    "select i.row, i.subject, null::int from import_same s join import_row i using (row)"
    " where s.best and i.given_id is null group by i.row, i.subject having count(*) > 1",
)
NOT_FOUND: Check = (
    "subject",
    "reported_not_found",
    "select row, subject, null::int from import_row where given_id is null and subject_id is null",
)
OTHERWISE: Check = (
    "subject",
    "report_otherwise",
    "select i.row, i.subject, null::int from import_row i join report o on o.id = i.target_id"
    " where i.given_id is not null and (i.year <> o.year"
    " or exists (select from import_same s where s.row = i.row and s.best)"
    " and not exists (select from import_same s where s.row = i.row and s.best and s.subject_id = o.subject_id))",
)
"""Our id names one report, and the number or the year another."""
_NEW = b"select distinct subject_kind, subject_id from import_row where subject_id is not null"


def _own(organisation_id: UUID) -> list[Any]:
    """Selects of (kind, id, what it may be called by) of all that an organisation reports on."""
    party = reportable.parties()
    theirs = (party.c.organisation_id == organisation_id, party.c.reports)
    by_id = cast(party.c.subject_id, Text()).label("said")
    selects = [core_select(party.c.subject_kind, party.c.subject_id, by_id).where(*theirs)]
    for kind, one in reportable.kinds().items():
        for select in one.numbers():
            number = select.subquery()
            whose = number.c.organisation_id
            selects.append(
                core_select(literal(kind, Text()).label("subject_kind"), number.c.subject_id, number.c.number).where(
                    number.c.subject_id.in_(core_select(party.c.subject_id).where(*theirs)),
                    number.c.number.is_not(None),
                    whose.is_(None) | (whose == organisation_id),
                )
            )
    return selects


async def find(staged: Staged) -> None:
    """Say of each row what it is on, where one thing has its number."""
    await staged.run(*_CREATE)
    organisation_id: UUID = staged.values["organisation"]
    found = {tuple(one) for select in _own(organisation_id) for one in await staged.session.exec(select)}
    async with staged.connection.cursor().copy(
        "copy import_reported (subject_kind, subject_id, said) from stdin"
    ) as stream:
        for one in found:
            await stream.write_row(one)
    await staged.run(*_SAME, _TAKE)


async def name(staged: Staged) -> None:
    """What the reports are called by what they are on, and whose timelines tell of them, as where they are drafted."""
    for kind, subject_id in await (await staged.connection.execute(_NEW)).fetchall():
        subject = subjects.subject(kind)
        assert subject.title is not None
        around = await subject.parents(staged.session, subject_id) if subject.parents is not None else ()
        parties = await parties_of(staged.session, Ref(kind, subject_id))
        related = [subject_id, *around, *(one.id for one in parties)]
        await staged.connection.execute(
            b"update import_row set subject_title = %s::jsonb, related = %s where subject_id = %s",
            [json.dumps(await subject.title(staged.session, subject_id)), related, subject_id],
        )
