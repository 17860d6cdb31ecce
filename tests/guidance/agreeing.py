"""Whether the next step in each thing is the first of what waits for a person in it, with its day."""

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.guidance.service.next_steps import Guided, next_in
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.reads.read_pool import PinnedReads
from puumerkki.wiring import ROOMS
from tests.factories import Client, World
from tests.tasks import Waits, tasks_of

_ALL = [task for room in ROOMS for task in room.tasks]


async def disagreements(world: World, callers: list[Client]) -> list[str]:
    """Where "my work" shows something that the step of its thing does not say, or says with another day."""
    found = []
    for caller in callers:
        if caller.id is None:
            continue
        first: dict[tuple[Guided, str], Waits] = {}
        for one in await tasks_of(world.session, caller.id, _ALL):
            if one.subject_kind in [*Guided]:
                first.setdefault((Guided(one.subject_kind), str(one.subject_id)), one)
        pool = PinnedReads(await driver_connection(world.session))
        actor = await load_actor(world.session, Caller(id=caller.id, kind=PrincipalKind.user))
        for (kind, _), one in first.items():
            step = (await next_in(world.session, pool, actor=actor, kind=kind, key=one.subject_id)).step
            if (step.task, step.due_on) != (one.kind, one.due_on) and not _beside(step.task, kind):
                found.append(f"{caller.id}: {one} waits, the step is {step!r}")
    return found


def _beside(task: str | None, kind: Guided) -> bool:
    """An application also says what waits in what has come of it, if that is due first."""
    return kind is Guided.application and task not in (None, "application_to_submit", "co_applicant_to_answer")
