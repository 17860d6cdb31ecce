"""What changed between two versions of an application's content.

Both sides are brought to the plain form of `puumerkki.applications.snapshot` first, so a stored snapshot compares
with a live row, and two contents differ here exactly where their canonical bytes differ.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from puumerkki.kernel.crypto.canonical import canonical, plain, step

_Objects = dict[str | int, tuple[int, dict[str, JsonValue]]]


class ChangeKind(StrEnum):
    """What happened at a place."""

    added = "added"
    removed = "removed"
    changed = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. Its pointer (RFC 6901) holds in the new content, that of `removed` in the old."""

    pointer: str
    kind: ChangeKind
    old: JsonValue
    new: JsonValue


def compare(old: Mapping[str, object], new: Mapping[str, object]) -> list[Change]:
    """All differences, objects' keys in alphabetical order and a list's removals before the rest.

    A text is one value. A list whose items all are objects with an `id`, or all with a `key`, each once, is
    compared item by item as long as the items that stay keep their order; any other list is one value.
    """
    return list(_differences(plain(old), plain(new), "", ""))


def changed_parts(old: Mapping[str, object], new: Mapping[str, object]) -> frozenset[str]:
    """The top-level keys that differ, also by being there or not."""
    before, after = ({key: canonical(value) for key, value in side.items()} for side in (old, new))
    return frozenset(str(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def only_minor(old: Mapping[str, object], new: Mapping[str, object], minor_fields: Collection[str]) -> bool:
    """Whether nothing but minor fields differs, or nothing at all: then an endorsement may stay."""
    return changed_parts(old, new) <= set(minor_fields)


def _differences(old: JsonValue, new: JsonValue, old_at: str, new_at: str) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _in_objects(old, new, old_at, new_at)
        return
    if isinstance(old, list) and isinstance(new, list):
        for name in ("id", "key"):
            before, after = _by(name, old), _by(name, new)
            if before is not None and after is not None and _keep_order(before, after):
                yield from _in_lists(before, after, old_at, new_at)
                return
    if canonical(old) != canonical(new):
        yield Change(new_at, ChangeKind.changed, old, new)


def _in_objects(old: dict[str, JsonValue], new: dict[str, JsonValue], old_at: str, new_at: str) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield Change(step(old_at, key), ChangeKind.removed, old[key], None)
        elif key not in old:
            yield Change(step(new_at, key), ChangeKind.added, None, new[key])
        else:
            yield from _differences(old[key], new[key], step(old_at, key), step(new_at, key))


def _in_lists(before: _Objects, after: _Objects, old_at: str, new_at: str) -> Iterator[Change]:
    for identity, (place, item) in before.items():
        if identity not in after:
            yield Change(step(old_at, place), ChangeKind.removed, item, None)
    for identity, (place, item) in after.items():
        if identity not in before:
            yield Change(step(new_at, place), ChangeKind.added, None, item)
        else:
            old_place, old_item = before[identity]
            yield from _in_objects(old_item, item, step(old_at, old_place), step(new_at, place))


def _by(name: str, items: list[JsonValue]) -> _Objects | None:
    """The items by what they call themselves, with their places; None where that does not tell them apart."""
    found: _Objects = {}
    for place, item in enumerate(items):
        identity = item.get(name) if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(identity, str | int) or isinstance(identity, bool):
            return None
        if identity in found:
            return None
        found[identity] = (place, item)
    return found


def _keep_order(before: _Objects, after: _Objects) -> bool:
    return [each for each in before if each in after] == [each for each in after if each in before]
