"""Equal content has equal canonical bytes; any change shows in the digest; private parts stay out."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from puumerkki.applications.snapshot import SnapshotApplicant, SnapshotAttachment, build_snapshot, salted_digest
from puumerkki.kernel.crypto.canonical import canonical, digest, plain, sha256

SALT = bytes(range(16))


class Colour(StrEnum):
    red = "red"


class Level(IntEnum):
    high = 3


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    texts,
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12),
    st.dates(),
    st.datetimes(
        min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-5))]),
    ),
    st.uuids(),
    st.sampled_from([Colour.red, Level.high]),
)  # fmt: skip
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)
contents = st.dictionaries(texts, trees, min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ({"\ufb33": 1, "\U0001f600": 2}, '{"\U0001f600":2,"\ufb33":1}'.encode()),
        ({Colour.red: Level.high}, b'{"red":3}'),
        ("Hyvää/\n\x1f", '"Hyvää/\\n\\u001f"'.encode()),
        (Decimal("10.50"), b'"10.5"'),
        (Decimal("1E+3"), b'"1000"'),
        (Decimal("-0.00"), b'"0"'),
        (Decimal("12345678901234567890123456789012345.10"), b'"12345678901234567890123456789012345.1"'),
        (datetime(2026, 7, 1, 2, 30, tzinfo=timezone(timedelta(hours=3))), b'"2026-06-30T23:30:00Z"'),
        (datetime(2026, 7, 1, 2, 30, 0, 250000, tzinfo=UTC), b'"2026-07-01T02:30:00.250000Z"'),
        (date(2026, 7, 1), b'"2026-07-01"'),
        (UUID(int=7), b'"00000000-0000-0000-0000-000000000007"'),
        ((1, 2), b"[1,2]"),
        (2**53 - 1, b"9007199254740991"),
    ],
)
def test_canonical_forms(value: object, written: bytes) -> None:
    assert canonical(value) == written


@pytest.mark.parametrize(
    "refused",
    [
        1.0, float("nan"), 2**53, -(2**53), "\ud800", "a\x00b", Decimal("NaN"), Decimal("Infinity"), b"bytes",
        {1, 2}, object(), datetime(2026, 1, 1), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=3))),
        {"x\x00": 1}, {"\udfff": 1}, {5: "five"}, {UUID(int=1): 1},
    ],
    ids=lambda refused: type(refused).__name__,
)  # fmt: skip
def test_a_refusal_names_the_place(refused: object) -> None:
    with pytest.raises(ValueError, match=r"^/budget~1costs/2/so~0far.* has no canonical form$") as caught:
        canonical({"title": "fine", "budget/costs": [1, 2, {"so~far": refused}]})
    assert str(caught.value).encode().isascii()


def shuffled(value: Any, order: Any) -> Any:
    if isinstance(value, dict):
        return {key: shuffled(value[key], order) for key in order.sample(list(value), len(value))}
    return [shuffled(each, order) for each in value] if isinstance(value, list) else value


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to all leaves."""
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        return [place for key, each in steps for place in places(each, (*path, key))]
    return [path]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    return at(value[path[0]], path[1:]) if path else value


def replaced(value: Any, path: tuple[Any, ...], leaf: object) -> Any:
    if not path:
        return leaf
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], leaf)
    return copy


@given(contents, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(content: dict[str, Any], order: Any) -> None:
    assert canonical(shuffled(content, order)) == canonical(content)


@given(contents)
def test_canonical_bytes_read_back_as_themselves(content: dict[str, Any]) -> None:
    written = canonical(content)
    assert json.loads(written) == plain(content)
    assert canonical(json.loads(written)) == written


@given(contents, leaves, st.data())
def test_any_changed_leaf_changes_the_digest(content: dict[str, Any], leaf: object, data: st.DataObject) -> None:
    found = places(content)
    assume(found)
    path = data.draw(st.sampled_from(found))
    assume(repr(plain(at(content, path))) != repr(plain(leaf)))
    changed = replaced(content, path, leaf)
    assert digest(canonical(changed)) != digest(canonical(content))
    assert salted_digest(changed, SALT) != salted_digest(content, SALT)
    assert snapshot(content) != snapshot(changed)


def test_digests() -> None:
    assert digest(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256(b"abc") == hashlib.sha256(b"abc").digest()
    assert salted_digest({}, SALT) != salted_digest({}, SALT[::-1])
    assert salted_digest({}, SALT).startswith("hmac-sha256:")
    with pytest.raises(ValueError, match="at least 16 bytes"):
        salted_digest({}, SALT[:15])


FIRST: SnapshotApplicant = {"id": UUID(int=1), "name": "Kylä ry", "business_id": "1234567-1"}
SECOND: SnapshotApplicant = {"id": UUID(int=2), "name": "Vanhemmat", "business_id": None}
PLAN: SnapshotAttachment = {"name": "plan.pdf", "digest": digest(b"plan"), "size": 4}
OTHER_PLAN: SnapshotAttachment = {"name": "plan.pdf", "digest": digest(b"other plan"), "size": 10}
CONTACT = {"contact": {"name": "Maija Meikäläinen", "email": "maija@example.fi"}}


def snapshot(content: dict[str, Any], **changed: Any) -> bytes:
    given: dict[str, Any] = {
        "application_id": UUID(int=10), "version": 2, "network_id": UUID(int=11),
        "applicants": [FIRST, SECOND], "attachments": [PLAN, OTHER_PLAN], "private_part": {}, "salt": SALT,
    }  # fmt: skip
    return build_snapshot(content, **(given | changed))


def test_a_snapshot_holds_exactly_this() -> None:
    assert json.loads(snapshot({"title": "Kylätalo"}, private_part=CONTACT)) == {
        "format": "puumerkki-application-1",
        "application_id": str(UUID(int=10)),
        "version": 2,
        "network_id": str(UUID(int=11)),
        "applicants": [
            {"id": str(UUID(int=1)), "name": "Kylä ry", "business_id": "1234567-1"},
            {"id": str(UUID(int=2)), "name": "Vanhemmat", "business_id": None},
        ],
        "attachments": sorted([PLAN, OTHER_PLAN], key=lambda each: each["digest"]),
        "content": {"title": "Kylätalo"},
        "private_digest": salted_digest(CONTACT, SALT),
    }


def test_the_bytes_of_a_snapshot_never_change() -> None:
    """Endorsements given long ago hold these bytes' digest: a new shape needs a new `format` and its own test."""
    frozen = snapshot({"title": "Kylätalo", "budget": Decimal("1500.00"), "from": date(2026, 1, 1)})
    assert digest(frozen) == "sha256:2d594c1ad0478374e2a965ac9129992d6654804fcd00ffc86e8097464add7fb0"


def test_lists_without_an_order_are_sorted() -> None:
    turned = snapshot({}, applicants=[SECOND, FIRST], attachments=[OTHER_PLAN, PLAN])
    assert turned == snapshot({})


@pytest.mark.parametrize(
    "changed",
    [
        {"application_id": UUID(int=99)}, {"version": 3}, {"network_id": UUID(int=99)},
        {"applicants": [FIRST]}, {"applicants": [FIRST, {**SECOND, "name": "Other"}]},
        {"attachments": [PLAN]}, {"attachments": [PLAN, {**OTHER_PLAN, "size": 11}]},
        {"private_part": CONTACT}, {"salt": SALT[::-1]},
    ],
)  # fmt: skip
def test_everything_around_the_content_counts(changed: dict[str, Any]) -> None:
    assert snapshot({}, **changed) != snapshot({})


def test_people_and_stray_fields_stay_out() -> None:
    stray = [{**FIRST, "email": "maija@example.fi"}, SECOND]
    assert snapshot({}, applicants=stray, attachments=[PLAN, {**OTHER_PLAN, "by": "Maija"}]) == snapshot({})
    assert b"Maija" not in snapshot({}, private_part=CONTACT)
    with pytest.raises(ValueError, match="contact"):
        snapshot({"contact": "Maija"}, private_part=CONTACT)
