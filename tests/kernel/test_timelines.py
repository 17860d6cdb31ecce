"""A timeline, which asks by kind and tier, shows of its events what the feed would show to the same caller."""

import json
from uuid import UUID

import pytest
from psycopg import AsyncConnection
from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import array
from sqlmodel import col, select

from puumerkki.access.actor import ANONYMOUS, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.eventlog.events import EventRow, visible
from puumerkki.kernel.eventlog.timeline import TimelineQuery, timeline
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.subjects import Ref

KINDS = ("application", "handling", "partner_request", "agreement", "report")
PEOPLE = (
    "valmistelija.kaupunki@demo.example",
    "coordinator.elamankaari@demo.example",
    "hakija01@demo.example",
    "operaattori@demo.example",
)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_timeline_shows_what_the_feed_would(kind: str, demo_world: str) -> None:
    engine, pool = make_engine(demo_world, pool_size=2), ReadPool(demo_world, size=2)
    async with await AsyncConnection.connect(demo_world) as connection:
        people = await (
            await connection.execute("select id from app_user where email = any(%s) order by email", [list(PEOPLE)])
        ).fetchall()
        subjects = await (
            await connection.execute(
                "select subject_id from event where subject_kind = %s group by 1 order by count(*) desc, 1 limit 4",
                [kind],
            )
        ).fetchall()
    callers = [ANONYMOUS, *(Caller(id=id_, kind=PrincipalKind.user) for (id_,) in people)]
    assert len(callers) == len(PEOPLE) + 1
    assert subjects
    shown = 0
    for (subject_id,) in subjects:
        of_subject = or_(col(EventRow.subject_id) == subject_id, col(EventRow.related).contains(array([subject_id])))
        for caller in callers:
            async with make_sessions(engine)() as session:
                asked = select(EventRow.id).where(of_subject, visible(caller))
                expected = set((await session.exec(asked, params=caller.params())).all())
            try:
                found = await _all(pool, caller, Ref(kind, subject_id))
            except NotFound:
                continue
            assert found == expected
            shown += len(found)
    assert shown
    await pool.close()
    await engine.dispose()


async def _all(pool: ReadPool, caller: Caller, subject: Ref) -> set[UUID]:
    found: set[UUID] = set()
    cursor = None
    while True:
        query = TimelineQuery(limit=7, cursor=cursor)
        body, cursor = await timeline(pool, caller=caller, subject=subject, query=query)
        found |= {UUID(one["id"]) for one in json.loads(body)["items"]}
        if cursor is None:
            return found
