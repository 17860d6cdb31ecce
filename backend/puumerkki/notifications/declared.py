"""The kinds of tasks that the rooms declare, as the worker keeps them: by name, subject and permissions."""

from collections.abc import Iterable, Mapping, Sequence

from puumerkki.kernel.tasks import Task

Key = tuple[str, str, str]
"""Kind, kind of subject, and permissions apart by commas."""
_declared: dict[Key, tuple[Task, ...]] = {}


def register(tasks: Iterable[Task]) -> None:
    """Make the rooms' kinds of tasks known. Called by `wiring` only; again replaces them."""
    _declared.clear()
    for one in tasks:
        key = key_of(one)
        _declared[key] = (*_declared.get(key, ()), one)


def key_of(task: Task) -> Key:
    """Under which a kind is kept."""
    return task.kind, task.subject, ",".join(sorted(str(one) for one in task.permissions))


def declared() -> Mapping[Key, Sequence[Task]]:
    """All kinds by their keys."""
    return _declared
