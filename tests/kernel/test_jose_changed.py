"""Signed tokens: whatever is changed in one, it is refused."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.kernel.forged_tokens import (
    ALPHABET,
    GOOD,
    GOOD_HEADER,
    GOOD_PAYLOAD,
    HEADER,
    b64,
    changed,
    compact,
    forge,
    json_values,
    refusal,
)


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(ALPHABET) | st.characters(exclude_categories=[]))
@settings(max_examples=500)
def test_any_changed_character_is_refused(position: int, character: str) -> None:
    assume(GOOD[position] != character)
    refusal(GOOD[:position] + character + GOOD[position + 1 :])


def test_every_last_character_of_every_segment() -> None:
    for end in (len(GOOD_HEADER), len(GOOD_HEADER) + 1 + len(GOOD_PAYLOAD), len(GOOD)):
        for character in set(ALPHABET) - {GOOD[end - 1]}:
            refusal(GOOD[: end - 1] + character + GOOD[end:])


@given(st.integers(0, len(GOOD)), st.text(st.characters(exclude_categories=[]), min_size=1, max_size=5))
@settings(max_examples=200)
def test_anything_inserted_is_refused(position: int, text: str) -> None:
    refusal(GOOD[:position] + text + GOOD[position:])


@given(st.integers(0, len(GOOD) - 1), st.integers(1, len(GOOD)))
@settings(max_examples=200)
def test_anything_left_out_is_refused(position: int, length: int) -> None:
    refusal(GOOD[:position] + GOOD[position + length :])


@given(st.text(st.characters(exclude_categories=[])))
@settings(max_examples=300)
def test_arbitrary_text_is_refused(text: str) -> None:
    refusal(text)


@given(st.lists(st.binary(max_size=60).map(b64), min_size=3, max_size=3).map(".".join))
@settings(max_examples=300)
def test_arbitrary_segments_are_refused(text: str) -> None:
    refusal(text)


header_names = st.sampled_from(["alg", "typ", "kid", "cty", "crit", "jwk", ""])


@given(st.dictionaries(header_names, st.text(max_size=9) | st.none() | st.integers() | st.lists(st.text()), max_size=3))
@settings(max_examples=150)
def test_arbitrary_headers_with_our_signature_are_refused(members: dict[str, Any]) -> None:
    header = changed(HEADER, **members) if members else {}
    assume(header != HEADER)
    refusal(forge(header))


@given(st.binary(max_size=200) | json_values.map(compact))
@settings(max_examples=100)
def test_arbitrary_payloads_with_our_signature_are_refused(payload: bytes) -> None:
    refusal(forge(payload=payload))
