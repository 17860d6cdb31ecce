"""After the worker followed the feed in a walk: nobody was told of what they may not read, or of what they did."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, any_, bindparam
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger
from sqlmodel import col, select

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel.eventlog.events import EventPosition, EventRow, visible
from puumerkki.kernel.reads.statements import Statement
from puumerkki.kernel.tells import Silent
from puumerkki.notifications.models import Notice
from puumerkki.notifications.told import told_of
from tests.factories import World


async def wrongly_told(world: World, seen: set[UUID]) -> list[str]:
    """Notices that should not be, of those not yet `seen`; the feed's own filter is the judge."""
    rows = (await world.session.exec(select(Notice).where(col(Notice.position).is_not(None)))).all()
    fresh = [one for one in rows if one.id not in seen]
    seen |= {one.id for one in fresh}
    actors = dict(
        (
            await world.session.exec(
                select(EventPosition.position, EventRow.actor_id)
                .join(EventRow, col(EventRow.id) == col(EventPosition.event_id))
                .where(col(EventPosition.position).in_({one.position for one in fresh}))
            )
        ).all()
    )
    found = []
    for person in {one.principal_id for one in fresh}:
        mine = [one for one in fresh if one.principal_id == person]
        caller = Caller(id=person, kind=PrincipalKind.user)
        positions = sorted({one.position for one in mine if one.position is not None})
        read = {one for (one,) in await _visible().fetch_all(world.session, positions=positions, **caller.params())}
        for one in mine:
            tells = told_of(str(one.kind))
            assert not isinstance(tells, Silent), one.kind
            if one.position not in read and not any(tell.addressed for tell in tells):
                found.append(f"{person} was told of {one.kind}, which they may not read")
            if actors.get(one.position) == person and not any(tell.receipt for tell in tells):
                found.append(f"{person} was told of {one.kind}, which they did")
    return found


@cache
def _visible() -> Statement:
    def build() -> Select[Any]:
        positions = bindparam("positions", None, type_=ARRAY(BigInteger()))
        return (
            core_select(col(EventPosition.position))
            .join(EventRow, col(EventRow.id) == col(EventPosition.event_id))
            .where(
                col(EventPosition.position) == any_(positions), visible(Caller(id=UUID(int=0), kind=PrincipalKind.user))
            )
        )

    return Statement(build)
