"""Which kinds of tasks their rooms mail themselves, and which are always mailed, as the rooms declare."""

from collections.abc import Iterable, Mapping

from puumerkki.kernel.tells import Mailed
from puumerkki.notifications.models import Step

_mailed: dict[str, Mailed] = {}


def register(mailed: Iterable[Mapping[str, Mailed]]) -> None:
    """Make the rooms' declarations known. Called by `wiring` only; again replaces them."""
    _mailed.clear()
    for of_room in mailed:
        _mailed.update(of_room)


def by_room(kind: str, step: Step) -> bool:
    """Whether the mail of this step of a task is its room's."""
    found = _mailed.get(kind)
    return found == Mailed.reminders or (found == Mailed.opening and step == Step.opened)


def reminds_itself(kind: str) -> bool:
    """Whether its room has reminders of its own."""
    return _mailed.get(kind) == Mailed.reminders


def always(kind: str) -> bool:
    """Whether nobody can turn its mails off."""
    return _mailed.get(kind) == Mailed.always
