"""Ids, the clock, texts, strict JSON, If-Match and cursors: what needs no database."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Any
from uuid import RFC_4122, UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key, unaccented
from puumerkki.kernel.errors import Invalid, PreconditionFailed
from puumerkki.kernel.field_types import Day, Moment, NameTranslations
from puumerkki.kernel.ids import batched_ids, new_id
from puumerkki.kernel.preconditions import parse_if_match
from puumerkki.kernel.reads.pagination import decode_cursor, encode_cursor, fingerprint_of
from puumerkki.kernel.strict_json import MAX_DEPTH, parse_strict


def test_ids_are_version_7_and_sort_as_made() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert all(one.version == 7 and one.variant == "specified in RFC 4122" for one in made)


def test_so_are_those_of_rows_written_in_bulk() -> None:
    before, rows, after = new_id(), [row.split("\t") for row in batched_ids(3, 5000)], new_id()
    columns = [[UUID(one) for one in column] for column in zip(*rows, strict=True)]
    for column in columns:
        assert [before, *column, after] == sorted([before, *column, after])
    made = {one for column in columns for one in column}
    assert len(made) == 15_000
    assert {(one.version, one.variant) for one in made} == {(7, RFC_4122)}


LETTERS = st.text(st.sampled_from("aoåäöÅÄÖéØßẞı \u0301\u0308\u030a"))


@given(LETTERS)
def test_the_short_way_of_letters_here_is_the_long_way(text: str) -> None:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    assert unaccented(text) == "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    each = [sort_key(f"x{sign}x")[1:-1] for sign in unicodedata.normalize("NFC", text).casefold()]
    assert sort_key(text) == " ".join("".join(each).split())


def test_the_day_is_finlands() -> None:
    with clock.fixed(datetime(2026, 6, 30, 21, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with clock.fixed(datetime(2026, 12, 31, 21, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 22, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 21, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 22, tzinfo=UTC)),
    ],
)
def test_days_end_at_finnish_midnight_also_when_clocks_change(day: date, ends: datetime) -> None:
    assert clock.end_of_day(day) == ends


def test_names_sort_as_finns_sort() -> None:
    names = ["Öja", "Äänekoski", "Åland", "Zeta", "akaa", "Élan", "Ähtäri", "elo"]
    assert sorted(names, key=sort_key) == ["akaa", "Élan", "elo", "Zeta", "Åland", "Ähtäri", "Äänekoski", "Öja"]


@pytest.mark.parametrize(
    "value", ["2026-13-01", "20260101", "2026-01-01T00:00:00Z", 5, 1.5, True, "0001-01-01", "9999-12-31"]
)
def test_what_is_no_day_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Day).validate_python(value)


@pytest.mark.parametrize(
    "value", ["2026-01-01", "2026-01-01T00:00:00", 1700000000, "1700000000", "2026-01-01T25:00:00Z"]
)
def test_what_is_no_moment_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(value)


def test_moments_are_kept_in_utc() -> None:
    given_moment = TypeAdapter(Moment).validate_python("2026-11-22T10:00:00+02:00")
    assert given_moment == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert given_moment.utcoffset() is not None


def test_translations_need_one_language_and_drop_the_empty_ones() -> None:
    adapter = TypeAdapter(NameTranslations)
    assert adapter.validate_python({"fi": " Tuira ", "sv": None}) == {"fi": "Tuira"}
    for bad in ({}, {"fi": ""}, {"de": "x"}, {"fi": None}, "Tuira"):
        with pytest.raises(ValidationError):
            adapter.validate_python(bad)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "json_invalid"),
        (b"\xff", "json_invalid"),
        (b'{"a":1,"a":2}', "json_invalid"),
        (b"NaN", "json_invalid"),
        (b"[1e999]", "number_out_of_range"),
        (b"[123456789012345678]", "number_out_of_range"),
        (b"[9007199254740993]", "number_out_of_range"),
        (b'{"a":"x\\u0000"}', "text_invalid"),
        (b'{"a":"\\ud800"}', "text_invalid"),
        (b'{"\\u0000":1}', "text_invalid"),
        (b"[" * 5000 + b"]" * 5000, "json_invalid"),
        (b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2), "too_deep"),
    ],
)
def test_json_that_nothing_behind_could_hold_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_strict(body)
    assert caught.value.problems[0].code == code


def test_the_pointer_names_the_bad_text() -> None:
    with pytest.raises(Invalid) as caught:
        parse_strict(b'{"a/b":[{"c":"\\u0000"}]}')
    assert caught.value.problems[0].pointer == "/a~1b/0/c"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_invalid(body: bytes) -> None:
    try:
        parse_strict(body)
    except Invalid as error:
        assert error.problems


@pytest.mark.parametrize("header", ['"7"', 'W/"7"', "7", '"7-gzip"', ' "7" '])
def test_etags_are_read_leniently(header: str) -> None:
    assert parse_if_match(header) == 7


@pytest.mark.parametrize("header", ["*", "", '"x"', '"7", "8"', '"-1"', '"1e3"'])
def test_what_names_no_version_is_stale(header: str) -> None:
    with pytest.raises(PreconditionFailed):
        parse_if_match(header)


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "N"]), max_size=50), min_size=1, max_size=4))
def test_cursors_come_back(keys: list[str]) -> None:
    tie = fingerprint_of("list", "name", {"a": 1})
    assert decode_cursor(encode_cursor(tie, keys), tie, len(keys)) == keys
    with pytest.raises(Invalid):
        decode_cursor(encode_cursor(tie, keys), fingerprint_of("list", "name", {"a": 2}), len(keys))


@given(st.text(max_size=60))
def test_any_other_text_is_no_cursor(text: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(text, "tie", 1)
