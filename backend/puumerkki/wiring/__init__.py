"""Where the rooms meet: lists them, gathers what their manifests bring, and connects them."""

from sqlmodel import SQLModel

from puumerkki.activity import deadlines, tasks
from puumerkki.kernel import links, subjects
from puumerkki.kernel.eventlog import events
from puumerkki.notifications import declared, mailed, told
from puumerkki.wiring.gathering import handlers_of, steps_of
from puumerkki.wiring.rooms import ROOMS

__all__ = ["PERIODIC", "REMEMBERED", "ROOMS", "ROUTERS", "WORKFLOWS", "connect", "metadata"]

ROUTERS = tuple(router for room in ROOMS for router in room.routers)
WORKFLOWS = tuple(workflow for room in ROOMS for workflow in room.workflows)
PERIODIC = steps_of(ROOMS)
REMEMBERED = tuple(event.type for room in ROOMS for event in room.remembered)
"""When an endorsement's issuing or a signature was sealed decides what it is worth if its key is compromised later."""
metadata = SQLModel.metadata
"""All rooms' tables."""


def connect() -> None:
    """Connect the rooms. Safe to call again."""
    for room in ROOMS:
        for subject in room.subjects:
            subjects.register(subject)
        if room.connect is not None:
            room.connect()
    tasks.register(task for room in ROOMS for task in room.tasks)
    deadlines.register(one for room in ROOMS for one in room.deadlines)
    declared.register(task for room in ROOMS for task in room.tasks)
    mailed.register(room.mailed for room in ROOMS)
    told.register((room.tells for room in ROOMS), (room.sides for room in ROOMS))
    events.set_handlers(handlers_of(ROOMS))
    links.set_links((link for room in ROOMS for link in room.links), (one for room in ROOMS for one in room.obstacles))
