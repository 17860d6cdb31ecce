"""After a walk: the rows of what waits equal the rooms' selects, and are for whom "my work" shows them."""

from typing import Any

from puumerkki.notifications.service.reconciling import reconcile
from puumerkki.wiring import ROOMS
from tests.factories import Client, World
from tests.notifications.people import follow_all, for_whom, open_tasks
from tests.tasks import tasks_of

_ALL = [task for room in ROOMS for task in room.tasks]


async def differences(world: World, callers: list[Client]) -> list[str]:
    """What rows that were kept event by event lack, or have too much."""
    await follow_all(world.session)
    kept = await _rows(world)
    await reconcile(world.session)
    full = await _rows(world)
    found = [f"a row too many, or changed: {one}" for one in kept - full]
    found += [f"a row that no event opened: {one}" for one in full - kept]
    rows = await for_whom(world.session)
    for caller in callers:
        if caller.id is None:
            continue
        mine = await tasks_of(world.session, caller.id, _ALL)
        shown = {(one.kind, one.subject_kind, one.subject_id, one.network_id, one.organisation_id) for one in mine}
        if shown != rows.get(caller.id, set()):
            found.append(f"{caller.id}: shown {shown - rows[caller.id]}, in rows {rows[caller.id] - shown}")
    return found


async def _rows(world: World) -> set[Any]:
    return {
        (one.kind, one.subject_id, one.permissions, one.scope_id, one.person_id, one.organisation_id, one.due_on)
        for one in await open_tasks(world.session)
    }
