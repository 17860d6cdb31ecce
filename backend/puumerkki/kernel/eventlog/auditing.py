"""Checks the event log against its seals: what was changed, removed or added since shows."""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from psycopg import AsyncConnection

from puumerkki.kernel.crypto.signed_tokens import KeyLookup, TokenError, verify_signature
from puumerkki.kernel.eventlog.sealing import BEGINNING, HEAD_TYPE, EventSeal, canonical, claims, events_between, link

SHOWN = 20
"""So many findings of a kind are told one by one."""


@dataclass(frozen=True)
class Finding:
    """What is wrong. `code` is stable; `first` and `last` are the positions that it concerns, where known."""

    code: str
    message: str
    first: int | None = None
    last: int | None = None


@dataclass
class Report:
    """What a check found. `sealed`: the events under seals that were checked; `archived`: those that lie elsewhere;
    `open`: those with a position, but no seal yet."""

    seals: int = 0
    sealed: int = 0
    archived: int = 0
    open: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def add(self, code: str, message: str, first: int | None = None, last: int | None = None) -> None:
        """Note a finding, unless many of its kind are noted already."""
        if sum(one.code == code for one in self.findings) < SHOWN:
            self.findings.append(Finding(code, message, first, last))


Form = tuple[int, bytes]
"""A position and the canonical form of its event."""


class ChainCheck:
    """Follows the chain, seal by seal. The same for a database and for an exported file."""

    def __init__(self, report: Report, keys: KeyLookup, issuer: str) -> None:
        self._report, self._keys, self._issuer = report, keys, issuer
        self._digest, self._number, self._position = BEGINNING, 0, 0
        self.heads: dict[int, bytes] = {}

    def begin_before(self, seal: EventSeal) -> None:
        """Begin with this seal, whichever it is: what it says of the one before it is taken as it stands."""
        self._digest, self._number, self._position = seal.previous, seal.number - 1, seal.first_position - 1

    async def seal(self, seal: EventSeal, forms: AsyncIterable[Form] | None) -> None:
        """Check one seal and the events under it; None: they are archived, and only the seal is at hand."""
        report = self._report
        span = (seal.first_position, seal.last_position)
        if seal.number != self._number + 1:
            gap = (self._position + 1, seal.first_position - 1)
            report.add("seal_missing", f"Seal {self._number + 1} is missing.", *gap)
        elif seal.previous != self._digest or seal.first_position != self._position + 1:
            report.add("seal_unlinked", f"Seal {seal.number} does not follow the one before it.", *span)
        self._check_signature(seal)
        if forms is not None:
            await self._check_events(seal, forms)
        self._digest, self._number, self._position = seal.digest, seal.number, seal.last_position
        self.heads[seal.number] = seal.digest
        report.seals += 1
        if forms is None:
            report.archived += seal.last_position - seal.first_position + 1
        else:
            report.sealed += seal.last_position - seal.first_position + 1

    async def _check_events(self, seal: EventSeal, forms: AsyncIterable[Form]) -> None:
        report, digest, expected = self._report, seal.previous, seal.first_position
        async for position, form in forms:
            if position > expected:
                report.add("event_missing", "Events are missing.", expected, position - 1)
            elif position < expected:
                report.add("event_added", "An event stands where none was sealed.", position, position)
            digest, expected = link(digest, form), max(expected, position + 1)
        if expected <= seal.last_position:
            report.add("event_missing", "Events are missing.", expected, seal.last_position)
        if digest != seal.digest:
            span = (seal.first_position, seal.last_position)
            report.add("event_changed", f"The events under seal {seal.number} are not those that were sealed.", *span)

    def _check_signature(self, seal: EventSeal) -> None:
        span = (seal.first_position, seal.last_position)
        try:
            said = verify_signature(seal.head, self._keys, typ=HEAD_TYPE)
        except TokenError as error:
            self._report.add("head_unsigned", f"The signature of head {seal.number} does not hold: {error}.", *span)
            return
        if said != claims(seal, self._issuer):
            self._report.add("head_differs", f"The signed head {seal.number} says something else than the seal.", *span)

    def check_kept(self, head: str) -> None:
        """Hold a head that somebody kept earlier against the chain that was just followed."""
        try:
            said = verify_signature(head, self._keys, typ=HEAD_TYPE)
        except TokenError as error:
            self._report.add("kept_head_unsigned", f"The head that was kept is not one of ours: {error}.")
            return
        number, last = said.get("seal"), said.get("last_position")
        known = self.heads.get(number) if isinstance(number, int) else None
        if known is None:
            self._report.add("seals_removed", f"Seal {number}, whose head was kept, is not there any more.", None, last)
        elif known.hex() != said.get("digest"):
            self._report.add("head_swapped", f"Seal {number} is not the one whose head was kept.", None, last)


_SEALS = """
select number, first_position, last_position, previous, digest, sealed_at, kid, head
from event_seal where number > %s order by number
"""
_UNPLACED = """
select count(*) from event
where event.xid < (select horizon from event_sequence where event_sequence.id = 1)
  and not exists (select from event_position where event_position.event_id = event.id
                  and event_position.occurred_at = event.occurred_at)
"""
_TAIL = """
select position, event.id is null from event_position
left join event on event.id = event_position.event_id and event.occurred_at = event_position.occurred_at
where position > %s order by position
"""
_ARCHIVED = "select first_seal, last_seal from event_archive order by number"
_ARCHIVED_TO = "select last_position from event_seal where number = %s"
_KEPT = """
with standing as (
    select (regexp_match(bound, $r$FROM \\('([^']+)'\\)$r$))[1]::timestamptz as low,
           (regexp_match(bound, $r$TO \\('([^']+)'\\)$r$))[1]::timestamptz as high
    from (select pg_get_expr(c.relpartbound, c.oid) as bound from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'event'::regclass) bounds
)
select count(*), array(
    select position from event_position p join standing on p.occurred_at >= low and p.occurred_at < high
    where p.position <= %(last)s and not exists (
        select from event where event.id = p.event_id and event.occurred_at = p.occurred_at)
    order by position limit 20
) from event_position where position <= %(last)s
"""
_LAST = "select last_position from event_sequence where event_sequence.id = 1"


async def seals_after(connection: AsyncConnection[Any], number: int) -> AsyncIterator[EventSeal]:
    """All seals with a greater number, in order, each read when it is asked for."""
    while True:
        row = await (await connection.execute(_SEALS + " limit 1", (number,))).fetchone()
        if row is None:
            return
        seal = EventSeal(**dict(zip(EventSeal.model_fields, row, strict=True)))
        yield seal
        number = seal.number


async def verify_database(
    connection: AsyncConnection[Any],
    keys: KeyLookup,
    issuer: str,
    *,
    archived: Callable[[EventSeal], AsyncIterable[Form]] | None = None,
    kept_heads: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Check the whole log in one snapshot of the database. `archived`: the events of archived seals, from the archives;
    without it only their seals are checked.

    The connection is in autocommit mode. `progress` is told how far the check has come, in positions.
    """
    report = Report()
    chain = ChainCheck(report, keys, issuer)
    async with connection.transaction():
        await connection.execute("set transaction isolation level repeatable read, read only")
        last = 0
        last_archived = await _last_archived(connection, report)
        async for seal in seals_after(connection, 0):
            if seal.number > last_archived:
                await chain.seal(seal, _forms(connection, seal.first_position, seal.last_position))
            elif archived is None:
                await chain.seal(seal, None)
            else:
                await chain.seal(seal, _with_kept(connection, report, seal, archived(seal)))
            last = seal.last_position
            if progress is not None:
                progress(last)
        await _check_kept(connection, report, last_archived)
        await _check_tail(connection, report, last)
    for head in kept_heads:
        chain.check_kept(head)
    return report


async def _forms(connection: AsyncConnection[Any], first: int, last: int) -> AsyncIterator[Form]:
    async for event in events_between(connection, first, last):
        if event.id is not None:
            yield event.position, canonical(event)


async def _last_archived(connection: AsyncConnection[Any], report: Report) -> int:
    """The last seal whose events are archived. Archives follow one another without a gap."""
    last = 0
    async for first, end in await connection.execute(_ARCHIVED):
        if first != last + 1:
            report.add("archive_missing", f"No archive is known of the seals {last + 1} to {first - 1}.")
        last = end
    return last


async def _with_kept(
    connection: AsyncConnection[Any], report: Report, seal: EventSeal, forms: AsyncIterable[Form]
) -> AsyncIterator[Form]:
    """The archive's events; those that the database still holds too must be the same."""
    kept = {position: form async for position, form in _forms(connection, seal.first_position, seal.last_position)}
    async for position, form in forms:
        if kept.get(position, form) != form:
            report.add("event_changed", "The event is not the one in the archive.", position, position)
        yield position, form


async def _check_kept(connection: AsyncConnection[Any], report: Report, last_seal: int) -> None:
    """Of archived seals the positions stay, and those events whose partition was not dropped."""
    row = await (await connection.execute(_ARCHIVED_TO, (last_seal,))).fetchone()
    if row is None:
        return
    kept = await (await connection.execute(_KEPT, {"last": row[0]})).fetchone()
    assert kept is not None
    if kept[0] != row[0]:
        report.add("position_missing", f"{row[0] - kept[0]} positions of archived events are missing.", 1, row[0])
    for position in kept[1]:
        report.add("event_missing", "The event of this position is missing.", position, position)


async def _check_tail(connection: AsyncConnection[Any], report: Report, last: int) -> None:
    """What no seal protects yet must at least be without holes; and no event may lie outside the positions."""
    expected = last + 1
    async for position, gone in await connection.execute(_TAIL, (last,)):
        if position != expected:
            report.add("position_missing", "Positions are missing.", expected, position - 1)
        if gone:
            report.add("event_missing", "The event of this position is missing.", position, position)
        expected = position + 1
        report.open += 1
    told = await (await connection.execute(_LAST)).fetchone()
    if told is None or told[0] != expected - 1:
        report.add("position_missing", "The last positions are missing.", expected, told[0] if told else None)
    unplaced = await (await connection.execute(_UNPLACED)).fetchone()
    if unplaced and unplaced[0]:
        report.add("event_added", f"{unplaced[0]} events were added past the sequencer: they have no position.")
