"""The change feed: events by position, as far as a caller may see them; read page by page or as a live stream."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, cast, func, select
from sqlalchemy import bindparam as bind
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.types import BigInteger, Integer, Text
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.activity.listener import FeedListener
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Invalid, invalid
from puumerkki.kernel.eventlog.events import EventPosition, EventRow, EventSequence, visible
from puumerkki.kernel.eventlog.sealing import EventArchive
from puumerkki.kernel.reads.listings import json_object
from puumerkki.kernel.reads.read_pool import ReadPool

WINDOW = 10_000
"""So many positions are looked at in one read: a caller who sees little pages through much without a long query."""
STREAM_PAGE = 100
AGAIN_MS = 5000
"""So long do readers wait when the process ends, which is mostly to start anew."""
HEARTBEAT_SECONDS = 15.0

EVENT = {
    "position": col(EventPosition.position),
    "id": col(EventRow.id),
    "type": col(EventRow.type),
    "occurred_at": col(EventRow.occurred_at),
    "actor_id": col(EventRow.actor_id),
    "subject": json_object({"kind": col(EventRow.subject_kind), "id": col(EventRow.subject_id)}),
    "related": col(EventRow.related),
    "changed": col(EventRow.changed),
    "data": col(EventRow.data),
    "tier": col(EventRow.tier),
}


def position_unknown() -> Invalid:
    """The feed has no such position: the database is another, was restored, or its beginning was archived."""
    return invalid("after", "position_unknown", "The feed does not hold this position. Read everything again.")


@dataclass(frozen=True)
class FeedPage:
    """Events with their positions, as JSON; `next_after`: how far the read has looked; `last`: the feed's end."""

    items: list[tuple[int, str]]
    next_after: int
    last: int

    def body(self) -> bytes:
        """The answer of one page."""
        items = ",".join(item for _, item in self.items)
        return f'{{"items":[{items}],"next_after":{self.next_after}}}'.encode()


async def read_feed(
    pool: ReadPool,
    *,
    caller: Caller,
    after: int,
    limit: int,
    type_: str | None = None,
    subject_kind: str | None = None,
) -> FeedPage:
    """The next events after a position. Never from a replica, which may not have come as far as the caller.

    0 is the beginning of what is kept; whoever stood elsewhere in what was archived since would miss events.
    """
    given = {name: value for name, value in (("type", type_), ("subject_kind", subject_kind)) if value is not None}
    row = await pool.fetch(
        ("feed", caller.anonymous, *given),
        lambda: _statement(caller, frozenset(given)),
        caller.params() | {"after": after, "limit": limit} | given,
        anonymous=False,
    )
    found, texts, last, archived = row or (None, None, 0, None)
    positions, items = found or [], texts or []
    if after > last or 0 < after < (archived or 0):
        raise position_unknown()
    if after < (archived or 0):
        return await read_feed(pool, caller=caller, after=archived, limit=limit, type_=type_, subject_kind=subject_kind)
    full = len(positions) == limit
    return FeedPage(
        items=list(zip(positions, items, strict=True)),
        next_after=positions[-1] if full else min(after + WINDOW, last),
        last=last,
    )


async def last_position(pool: ReadPool) -> int:
    """The feed's end."""
    row = await pool.fetch(("feed_last",), lambda: select(col(EventSequence.last_position)), {}, anonymous=False)
    return int(row[0]) if row else 0


def _statement(caller: Caller, given: frozenset[str]) -> Select[Any]:
    after = bind("after", 0, type_=BigInteger())
    found = (
        select(col(EventPosition.position), cast(json_object(EVENT), Text).label("item"))
        .select_from(EventPosition)
        .join(
            EventRow,
            and_(
                col(EventRow.id) == col(EventPosition.event_id),
                col(EventRow.occurred_at) == col(EventPosition.occurred_at),
            ),
        )
        .where(col(EventPosition.position) > after, col(EventPosition.position) <= after + WINDOW, visible(caller))
        .order_by(col(EventPosition.position))
        .limit(bind("limit", None, type_=Integer()))
    )
    for name in sorted(given):
        found = found.where(col(getattr(EventRow, name)) == bind(name, None, type_=Text()))
    page = found.subquery("page")
    positions = func.array_agg(aggregate_order_by(page.c.position, page.c.position))
    items = func.array_agg(aggregate_order_by(page.c.item, page.c.position))
    last = select(col(EventSequence.last_position)).scalar_subquery()
    archived = select(func.max(col(EventArchive.last_position))).scalar_subquery()
    return select(positions, items, last, archived).select_from(page)


async def stream_feed(
    pool: ReadPool,
    listener: FeedListener,
    *,
    caller: Caller,
    after: int | None,
    until: datetime,
    type_: str | None = None,
    subject_kind: str | None = None,
) -> AsyncIterator[str]:
    """Server-sent events until a moment. Grants are asked anew with every read.

    An `after` that the feed has not come to (-1: an id that is no position) gives `event: reset` first: the reader
    fetches everything anew.
    """
    last = await last_position(pool)
    at = last if after is None else after
    if not 0 <= at <= last:
        at = last
        yield f"id: {at}\nevent: reset\ndata: {{}}\n\n"
    else:
        # the reader knows its place before anything happens, so that it misses nothing where the stream breaks
        yield f": here\nid: {at}\n\n"
    with listener.subscribed() as woken:
        while not listener.closed:
            woken.clear()
            try:
                page = await read_feed(
                    pool, caller=caller, after=at, limit=STREAM_PAGE, type_=type_, subject_kind=subject_kind
                )
            except Invalid:
                at = await last_position(pool)
                yield f"id: {at}\nevent: reset\ndata: {{}}\n\n"
                continue
            for position, item in page.items:
                yield f"id: {position}\ndata: {item}\n\n"
            at = page.next_after
            if at < page.last:
                continue
            left = (until - clock.now()).total_seconds()
            if left <= 0:
                return
            try:
                async with asyncio.timeout(min(left, HEARTBEAT_SECONDS)):
                    await woken.wait()
            except TimeoutError:
                yield ": still here\n\n"
    # who comes back at once finds nobody while the process starts anew
    yield f"retry: {AGAIN_MS}\n\n"
