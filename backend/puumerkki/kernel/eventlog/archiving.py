"""Takes old partitions of the event log out of the database, once a checked export of their events lies elsewhere.

Every step can be cut off and begun again: the export gets its name when it is whole, and one transaction notes the
archive and drops the partitions.
"""

import hashlib
from collections.abc import AsyncIterable, Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from psycopg import AsyncConnection, sql

from puumerkki.kernel import clock
from puumerkki.kernel.crypto.signed_tokens import KeyLookup
from puumerkki.kernel.eventlog.auditing import Finding, Form, Report, seals_after
from puumerkki.kernel.eventlog.export_verification import Export, Unreadable, verify_export
from puumerkki.kernel.eventlog.exporting import MANIFEST, export
from puumerkki.kernel.eventlog.sealing import EventArchive, EventSeal

LOCK = 0x7075756B

_PARTITIONS = """
select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = 'event'::regclass
  and (regexp_match(pg_get_expr(c.relpartbound, c.oid), $r$TO \\('([^']+)'\\)$r$))[1]::timestamptz <= %s
order by c.relname
"""
_BOUNDS = """
select count(*), count(p.position), coalesce(max(p.position), 0) from {} e
left join event_position p on p.event_id = e.id and p.occurred_at = e.occurred_at
"""
_REMEMBER = """
insert into archived_event (position, type, subject_kind, subject_id)
select p.position, e.type, e.subject_kind, e.subject_id from {} e
join event_position p on p.event_id = e.id and p.occurred_at = e.occurred_at where e.type = any(%s)
"""
_NOTE = """
insert into event_archive
    (number, first_seal, last_seal, first_position, last_position, partitions, manifest, archived_at)
select coalesce(max(number), 0) + 1, %s, %s, %s, %s, %s, %s, %s from event_archive
"""
_ARCHIVES = """
select number, first_seal, last_seal, first_position, last_position, partitions, manifest, archived_at
from event_archive order by number
"""


class NotArchivable(Exception):
    """Nothing was taken out of the database, and why."""


class _Old(NamedTuple):
    name: str
    events: int
    last_position: int


def folder_name(first_seal: int, last_seal: int) -> str:
    """The folder of one archive, inside the archive's folder."""
    return f"seals-{first_seal:08d}-{last_seal:08d}"


async def archives(connection: AsyncConnection[Any]) -> list[EventArchive]:
    """All archives that were made, in their order."""
    rows = await (await connection.execute(_ARCHIVES)).fetchall()
    return [EventArchive(**dict(zip(EventArchive.model_fields, row, strict=True))) for row in rows]


async def archive(
    owner: AsyncConnection[Any],
    folder: Path,
    *,
    before: date,
    issuer: str,
    jwks: Sequence[dict[str, str]],
    keys: KeyLookup,
    remember: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> EventArchive | None:
    """Export, check and drop the partitions that end before the day; None where there is none with new seals.

    `owner`: a connection of the tables' owner, in autocommit mode. `remember`: types of events of which the moment of
    sealing is asked later too.
    """
    moment = datetime.combine(before, time(), UTC)
    if moment > clock.now():
        raise NotArchivable("That day has not come yet.")
    await owner.execute("select set_config('statement_timeout', '0', false)")
    locked = await (await owner.execute("select pg_try_advisory_lock(%s)", (LOCK,))).fetchone()
    if not locked or not locked[0]:
        raise NotArchivable("Somebody else is archiving at this moment.")
    try:
        old = await _old(owner, moment)
        known = await archives(owner)
        first = known[-1].last_seal + 1 if known else 1
        seals = await _covering(owner, first, max((one.last_position for one in old), default=0))
        if seals is None:
            return None
        target = folder / folder_name(first, seals[1].number)
        if not target.exists():
            await export(
                owner,
                target,
                issuer=issuer,
                jwks=jwks,
                first_seal=first,
                last_seal=seals[1].number,
                progress=progress,
            )
        await _check(target, first, seals[1], keys, issuer)
        digest = hashlib.sha256((target / MANIFEST).read_bytes()).digest()
        await _drop(owner, old, seals, digest, remember)
        return (await archives(owner))[-1]
    finally:
        await owner.execute("select pg_advisory_unlock(%s)", (LOCK,))


async def _old(owner: AsyncConnection[Any], moment: datetime) -> list[_Old]:
    found = []
    for (name,) in await (await owner.execute(_PARTITIONS, (moment,))).fetchall():
        events, placed, last = await _bounds(owner, name)
        if placed != events:
            raise NotArchivable(f"{events - placed} events of {name} have no position yet.")
        if events:
            found.append(_Old(name, events, last))
    return found


async def _bounds(owner: AsyncConnection[Any], name: str) -> tuple[int, int, int]:
    row = await (await owner.execute(sql.SQL(_BOUNDS).format(sql.Identifier(name)))).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


async def _covering(owner: AsyncConnection[Any], first: int, position: int) -> tuple[EventSeal, EventSeal] | None:
    """The first seal that is not archived, and the one over the position."""
    begin = None
    async for seal in seals_after(owner, first - 1):
        begin = begin or seal
        if position < begin.first_position:
            return None
        if seal.last_position >= position:
            return begin, seal
    if position and (begin is not None or first == 1):
        raise NotArchivable("Not all of those events are sealed yet. The worker seals them.")
    return None


async def _check(target: Path, first: int, last: EventSeal, keys: KeyLookup, issuer: str) -> None:
    report = await verify_export(target, keys=keys, kept_heads=[last.head], issuer=issuer)
    if not report.whole:
        raise NotArchivable(f"The export in {target} does not hold: {report.findings[0].message}")
    manifest = Export(target).manifest
    if (manifest["first_seal"], manifest["last_seal"]) != (first, last.number):
        raise NotArchivable(f"The export in {target} holds other seals.")


async def _drop(
    owner: AsyncConnection[Any],
    old: Sequence[_Old],
    seals: tuple[EventSeal, EventSeal],
    digest: bytes,
    remember: Sequence[str],
) -> None:
    first, last = seals
    async with owner.transaction():
        await owner.execute("set local lock_timeout = '5s'")
        for part in old:
            name = sql.Identifier(part.name)
            await owner.execute(sql.SQL("alter table event detach partition {}").format(name))
            # nobody writes to it any more: what came since it was looked at would be in no archive
            if await _bounds(owner, part.name) != (part.events, part.events, part.last_position):
                raise NotArchivable(f"Events came into {part.name} meanwhile. Try again.")
            await owner.execute(sql.SQL(_REMEMBER).format(name), (list(remember),))
            await owner.execute(sql.SQL("drop table {}").format(name))
        noted = (first.number, last.number, first.first_position, last.last_position)
        await owner.execute(_NOTE, (*noted, [part.name for part in old], digest, clock.now()))


async def check_archives(
    connection: AsyncConnection[Any], folder: Path, keys: KeyLookup, issuer: str
) -> tuple[list[Finding], Callable[[EventSeal], AsyncIterable[Form]] | None]:
    """Check the archives that lie in a folder; what is wrong, and where nothing is, the events by their seals."""
    findings: list[Finding] = []
    opened: list[tuple[int, Export]] = []
    for one in await archives(connection):
        target = folder / folder_name(one.first_seal, one.last_seal)
        report: Report = await verify_export(target, keys=keys, issuer=issuer)
        findings += report.findings
        try:
            export = Export(target)
        except Unreadable:
            continue
        if hashlib.sha256((target / MANIFEST).read_bytes()).digest() != one.manifest:
            message = f"{target.name} is not the archive that was made."
            findings.append(Finding("archive_differs", message, one.first_position, one.last_position))
        opened.append((one.last_seal, export))

    def forms(seal: EventSeal) -> AsyncIterable[Form]:
        export = next(export for last_seal, export in opened if seal.number <= last_seal)
        return export.forms(seal.last_position)

    return findings, None if findings else forms
