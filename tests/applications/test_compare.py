"""The changes between two versions are complete: carried out on the old, they give the new."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puumerkki.applications.compare import Change, ChangeKind, changed_parts, compare, only_minor
from puumerkki.kernel.crypto.canonical import canonical, plain
from puumerkki.networks.decision_rule import ApplicationPart

ADDED, REMOVED, CHANGED = ChangeKind.added, ChangeKind.removed, ChangeKind.changed

names = st.sampled_from(["title", "goals", "id", "key", "a/b", "m~n", ""])
leaves = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "1", "x"])


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists and objects, and lists of objects that have an id or a key, sometimes twice the same."""
    named = st.tuples(
        st.sampled_from(["id", "key"]),
        st.lists(st.tuples(leaves, st.dictionaries(names, inner, max_size=2)), max_size=4),
    )
    return st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(names, inner, max_size=3),
        named.map(lambda drawn: [{**rest, drawn[0]: identity} for identity, rest in drawn[1]]),
    )


def roster(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Items in the order of their ids, so that those in two rosters are followed to other places."""
    items = st.dictionaries(st.integers(0, 4), st.dictionaries(names, inner, max_size=2), max_size=4)
    return items.map(lambda drawn: [{**drawn[identity], "id": identity} for identity in sorted(drawn)])


contents = st.dictionaries(names, st.recursive(leaves, nested, max_leaves=12), max_size=4)
partners = st.fixed_dictionaries({"partners": roster(leaves | roster(leaves))})
versions = st.tuples(contents, contents) | st.tuples(partners, partners)


def tokens(pointer: str) -> list[str]:
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def resolve(value: Any, path: list[str]) -> Any:
    for token in path:
        value = value[int(token) if isinstance(value, list) else token]
    return value


def carry_out(changes: list[Change], old: Any) -> Any:
    """Removals by the old places from the end, then the rest by the new places in their order."""
    result = deepcopy(old)
    for change in reversed([each for each in changes if each.kind is REMOVED]):
        *path, last = tokens(change.pointer)
        holder = resolve(result, path)
        del holder[int(last) if isinstance(holder, list) else last]
    for change in (each for each in changes if each.kind is not REMOVED):
        *path, last = tokens(change.pointer)
        holder = resolve(result, path)
        if isinstance(holder, list) and change.kind is ADDED:
            holder.insert(int(last), change.new)
        else:
            holder[int(last) if isinstance(holder, list) else last] = change.new
    return result


@given(contents)
def test_nothing_changed(content: dict[str, Any]) -> None:
    assert compare(content, deepcopy(content)) == []
    assert changed_parts(content, deepcopy(content)) == frozenset()
    assert only_minor(content, deepcopy(content), [])


@given(versions)
def test_the_changes_make_the_new_of_the_old(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    assert canonical(carry_out(compare(old, new), old)) == canonical(new)


@given(versions)
def test_pointers_lead_to_what_they_tell(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    for change in compare(old, new):
        if change.kind is REMOVED:
            assert (resolve(old, tokens(change.pointer)), None) == (change.old, change.new)
        else:
            assert resolve(new, tokens(change.pointer)) == change.new
        if change.kind is ADDED:
            assert change.old is None
        if change.kind is CHANGED:
            assert canonical(change.old) != canonical(change.new)


@given(versions)
def test_changed_parts_are_those_of_the_changes(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    old, new = pair
    parts = changed_parts(old, new)
    assert parts == {tokens(change.pointer)[0] for change in compare(old, new)}
    assert parts == changed_parts(new, old)
    assert only_minor(old, new, parts)
    for part in parts:
        assert not only_minor(old, new, parts - {part})


@given(contents, contents, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(old: dict[str, Any], new: dict[str, Any], order: Any) -> None:
    turned = {key: new[key] for key in order.sample(list(new), len(new))}
    assert compare(old, turned) == compare(old, new)


def test_fields_are_compared_one_by_one() -> None:
    old = {"title": {"fi": "Kylätalo", "sv": "Byahus"}, "budget": 100, "goals": "a"}
    new = {"title": {"fi": "Kylätupa", "en": "Village"}, "budget": 100, "a/b~c": 1, "goals": None}
    assert compare(old, new) == [
        Change("/a~1b~0c", ADDED, None, 1),
        Change("/goals", CHANGED, "a", None),
        Change("/title/en", ADDED, None, "Village"),
        Change("/title/fi", CHANGED, "Kylätalo", "Kylätupa"),
        Change("/title/sv", REMOVED, "Byahus", None),
    ]


@pytest.mark.parametrize("name", ["id", "key"])
def test_named_items_are_followed(name: str) -> None:
    old = {"partners": [{name: "a", "hours": 1}, {name: "b", "hours": 2}, {name: "c", "hours": 3}]}
    new = {"partners": [{name: "z"}, {name: "b", "hours": 2}, {name: "c", "hours": 4}]}
    assert compare(old, new) == [
        Change("/partners/0", REMOVED, {name: "a", "hours": 1}, None),
        Change("/partners/0", ADDED, None, {name: "z"}),
        Change("/partners/2/hours", CHANGED, 3, 4),
    ]


def test_a_followed_item_has_its_place_on_each_side() -> None:
    old = {"partners": [{"id": "a"}, {"id": "b", "hours": 1, "note": "x"}]}
    new = {"partners": [{"id": "b", "hours": 2, "site": "y"}]}
    assert compare(old, new) == [
        Change("/partners/0", REMOVED, {"id": "a"}, None),
        Change("/partners/0/hours", CHANGED, 1, 2),
        Change("/partners/1/note", REMOVED, "x", None),
        Change("/partners/0/site", ADDED, None, "y"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["a", "b"], ["a", "c"]),
        ([{"id": 1}, {"id": 2}], [{"id": 2}, {"id": 1}]),
        ([{"id": 1}], [{"id": 1}, {"id": 1}]),
        ([{"id": 1}], [{"key": 1}]),
        ([{"id": 1}, "x"], [{"id": 2}, "x"]),
        ([{"id": True}], [{"id": False}]),
    ],
    ids=["texts", "another order", "twice the same", "named otherwise", "not all named", "no name"],
)
def test_other_lists_are_one_value(old: list[Any], new: list[Any]) -> None:
    assert compare({"list": old}, {"list": new}) == [Change("/list", CHANGED, plain(old), plain(new))]


def test_what_json_tells_apart_is_told_apart() -> None:
    assert compare({"a": 1}, {"a": True}) == [Change("/a", CHANGED, 1, True)]
    assert changed_parts({"a": 0}, {"a": False}) == {"a"}
    assert compare({"a": None}, {}) == [Change("/a", REMOVED, None, None)]
    assert changed_parts({"a": None}, {}) == {"a"}


def test_a_stored_version_compares_with_a_live_one() -> None:
    assert compare({"budget": "10.5"}, {"budget": Decimal("10.50")}) == []
    assert compare({"budget": "9"}, {"budget": Decimal("10.50")}) == [Change("/budget", CHANGED, "9", "10.5")]
    assert changed_parts({"budget": "10.5"}, {"budget": Decimal("10.50")}) == frozenset()


def test_minor_fields_are_parts_of_the_application() -> None:
    old = {"title": "a", "budget": 1, "measures": ["x"]}
    minor = (ApplicationPart.budget, ApplicationPart.measures)
    assert only_minor(old, {**old, "budget": 2, "measures": []}, minor)
    assert not only_minor(old, {**old, "budget": 2, "title": "b"}, minor)
