"""What all rooms bring, in the order of floors."""

from collections.abc import Iterable

from puumerkki.kernel.eventlog.events import Event, Handler
from puumerkki.kernel.room import Room, Step


def handlers_of(rooms: Iterable[Room]) -> dict[type[Event], tuple[Handler, ...]]:
    """What reacts to each event: first what says so, then room by room."""
    gathered: dict[type[Event], tuple[Handler, ...]] = {}
    for room in rooms:
        for event, handlers in room.handlers.items():
            gathered[event] = (*gathered.get(event, ()), *handlers)
        for event, handlers in room.handlers_first.items():
            gathered[event] = (*handlers, *gathered.get(event, ()))
    return gathered


def steps_of(rooms: Iterable[Room]) -> tuple[Step, ...]:
    """The periodic steps room by room, save for those that follow a step of another room at once.

    ValueError where that step does not exist, or not once, or where two wait for each other.
    """
    blocks = [(room.name, block) for room in rooms for block in room.periodic]
    every = [f"{room}.{step.__name__}" for room, block in blocks for step in block.steps]
    if wrong := sorted({one.after for _, one in blocks if one.after is not None and every.count(one.after) != 1}):
        raise ValueError(f"no such step, or several: {', '.join(wrong)}")
    names: list[str] = []
    steps: list[Step] = []
    while blocks:
        ready = next(((room, one) for room, one in blocks if one.after is None or one.after in names), None)
        if ready is None:
            raise ValueError(
                f"steps that wait for each other: {', '.join(sorted(str(one.after) for _, one in blocks))}"
            )
        blocks.remove(ready)
        room, block = ready
        place = len(steps) if block.after is None else names.index(block.after) + 1
        steps[place:place] = block.steps
        names[place:place] = [f"{room}.{step.__name__}" for step in block.steps]
    return tuple(steps)
