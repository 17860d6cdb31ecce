"""Tasks and the change feed. The live stream does not end by itself: tests/activity reads it."""

from sqlalchemy import text

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.kernel.eventlog.sealing import seal_events
from tests.partnerships.gate import handled, scene_of
from tests.personas import Cast
from tests.valid_requests import Call, operation

PLACE = """
with fresh as (
    insert into event_position (position, event_id, occurred_at)
    select (select last_position from event_sequence) + row_number() over (order by id), id, occurred_at
    from event where not exists (select from event_position where event_id = event.id) returning position
)
update event_sequence set last_position = (select max(position) from fresh)
"""
"""What the sequencer does, but for what is not committed."""


@operation("tasks_list")
async def list_tasks(cast: Cast) -> Call:
    await scene_of(cast, gate=False)
    return Call("GET", "/tasks", by="officer")


@operation("deadlines_list")
async def list_deadlines(cast: Cast) -> Call:
    arrived = await scene_of(cast, gate=False)
    await handled(cast.world.session, arrived.version, arrived.network, state=HandlingState.in_review)
    return Call("GET", "/deadlines", by="coordinator")


@operation("events_list")
async def list_events(cast: Cast) -> Call:
    await scene_of(cast)
    connection = await cast.world.session.connection()
    await connection.execute(text(PLACE))
    return Call("GET", "/events?limit=5", by="officer")


async def _seal(cast: Cast) -> int:
    await scene_of(cast)
    connection = await cast.world.session.connection()
    await connection.execute(text(PLACE))
    seal = await seal_events(cast.world.session)
    assert seal is not None
    return seal.number


@operation("event_seals_list")
async def list_event_seals(cast: Cast) -> Call:
    await _seal(cast)
    return Call("GET", "/event-seals?limit=5", by="outsider")


@operation("event_seals_get")
async def get_event_seal(cast: Cast) -> Call:
    return Call("GET", f"/event-seals/{await _seal(cast)}", by="outsider")


@operation("audit_events_list")
async def list_audit_events(cast: Cast) -> Call:
    await scene_of(cast)
    connection = await cast.world.session.connection()
    await connection.execute(text(PLACE))
    return Call("GET", "/audit-events?limit=5", by="operator")
