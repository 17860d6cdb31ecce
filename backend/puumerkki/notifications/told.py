"""What the rooms declare of their events: whom each is told, and the sides around its subject."""

from collections.abc import Iterable, Mapping

from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import Side, Sides, Silent, Told

_GONE = Silent("no room has such events any more")
_told: dict[str, Told] = {}
_sides: dict[tuple[str, str], Side] = {}


def register(tells: Iterable[Tells], sides: Iterable[Sides]) -> None:
    """Make the rooms' declarations known. Called by `wiring` only; again replaces them."""
    _told.clear()
    _sides.clear()
    for of_room in tells:
        _told.update({event.type: told for event, told in of_room.items()})
    for around in sides:
        _sides.update({(kind, name): side for kind, named in around.items() for name, side in named.items()})


def told() -> Mapping[str, Told]:
    """By type of event."""
    return _told


def told_of(type_: str) -> Told:
    """What events of a type tell; nothing where no room has them any more."""
    return _told.get(type_, _GONE)


def side_of(kind: str, name: str) -> Side | None:
    """One side of a kind of subjects, if it has that."""
    return _sides.get((kind, name))
