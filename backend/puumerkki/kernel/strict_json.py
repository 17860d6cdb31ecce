"""JSON bodies, read so that nothing gets further that PostgreSQL or a reader of the API would refuse."""

import json
from typing import Any

from fastapi import Request

from puumerkki.kernel.errors import FieldProblem, Invalid, invalid
from puumerkki.kernel.field_types import MAX_INT

MAX_DEPTH = 32


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _bounded_int(digits: str) -> int:
    if len(digits) > 17:
        raise OverflowError
    return int(digits)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def bad_text(text: str) -> bool:
    """Whether a text holds NUL or a lone surrogate."""
    if "\0" in text:
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def parse_strict(body: bytes) -> Any:
    """The value of a JSON body; Invalid for no JSON, too deep, out of range, NUL or lone surrogates."""
    try:
        value = json.loads(
            body.decode("utf-8"), parse_constant=_refuse_constant, parse_int=_bounded_int, object_pairs_hook=_unique
        )
    except OverflowError:
        raise invalid("", "number_out_of_range", f"Integers must lie within ±{MAX_INT}.") from None
    except (ValueError, RecursionError) as error:
        raise Invalid(
            problems=[FieldProblem("", "json_invalid", f"This is no JSON: {type(error).__name__}.")]
        ) from None
    _walk(value, "", 0)
    return value


def _walk(value: Any, pointer: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise invalid(pointer[:300], "too_deep", f"Objects and lists may lie {MAX_DEPTH} deep at most.")
    if isinstance(value, str):
        if bad_text(value):
            raise invalid(pointer, "text_invalid", "The text holds NUL or half a surrogate pair.")
    elif isinstance(value, dict):
        for name, one in value.items():
            if bad_text(name):
                raise invalid(pointer, "text_invalid", "A name holds NUL or half a surrogate pair.")
            _walk(one, f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}", depth + 1)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            _walk(one, f"{pointer}/{number}", depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > MAX_INT:
        raise invalid(pointer, "number_out_of_range", f"Integers must lie within ±{MAX_INT}.")
    elif isinstance(value, float) and (value != value or abs(value) == float("inf")):
        raise invalid(pointer, "number_out_of_range", "The number is out of range.")


async def read_strict_json(request: Request) -> None:
    """Check a JSON body, and leave the parsed value where the framework looks for it. Bodies of other kinds pass."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        return
    body = await request.body()
    if body:
        request._json = parse_strict(body)
