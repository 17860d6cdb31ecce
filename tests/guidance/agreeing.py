"""Whether the next step in each thing is the first of what waits for a person in it, with its day."""

from sqlmodel import select

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.guidance.schemas import StepDoer
from puumerkki.guidance.service.next_steps import Guided, next_in
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.reads.read_pool import PinnedReads
from puumerkki.wiring import ROOMS
from tests.factories import Client, World
from tests.guidance.on_the_desk import TASKS
from tests.tasks import Waits, tasks_of

_LEAD = (P.handlings_lead, P.handlings_record, P.handlings_confirm)
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


async def on_no_desk(world: World, callers: list[Client]) -> list[str]:
    """Handlings in which a box asks somebody who leads to do something, and that wait for nobody on "my work"."""
    pool = PinnedReads(await driver_connection(world.session))
    actors = [await load_actor(world.session, Caller(id=one.id, kind=PrincipalKind.user)) for one in callers if one.id]
    found = []
    for handling in (await world.session.exec(select(Handling))).all():
        steps = [
            (await next_in(world.session, pool, actor=actor, kind=Guided.handling, key=handling.id)).step
            for actor in actors
            if any(actor.may(permission, handling.network_id) for permission in _LEAD)
        ]
        asks = [one for one in steps if one.doer is StepDoer.you and one.says in TASKS]
        if asks and not any(one.task for one in steps):
            found.append(f"{handling!r} waits for nobody, a box says {asks[0]!r}")
    return found


def _beside(task: str | None, kind: Guided) -> bool:
    """An application also says what waits in what has come of it, if that is due first."""
    return kind is Guided.application and task not in (None, "application_to_submit", "co_applicant_to_answer")
