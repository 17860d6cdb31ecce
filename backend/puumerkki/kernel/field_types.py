"""Types of what people send: bounded, without what PostgreSQL refuses, the same in every room."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from puumerkki.kernel.characters import one_line, plain_signs, several_lines

T = TypeVar("T")
MAX_INT = 2**53 - 1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})")


def _day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written YYYY-MM-DD")
    if not isinstance(value, str | date) or isinstance(value, datetime):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


def _moment(value: Any) -> Any:
    if isinstance(value, datetime) or (isinstance(value, str) and _MOMENT.fullmatch(value)):
        return value
    raise ValueError("a moment is written as RFC 3339 says, with its offset")


def _reasonable(value: date) -> date:
    if not 1800 <= value.year <= 2200:
        raise ValueError("the year must lie between 1800 and 2200")
    return value


def unique_items(values: list[T]) -> list[T]:
    """Validate that no value stands twice in a list; raises ValueError."""
    if len(set(values)) != len(values):
        raise ValueError("each may be given once only")
    return values


def _said_plainly(code: str, message: str) -> WrapValidator:
    """Says in words what a pattern only shows."""

    def say(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise PydanticCustomError(code, message) from None

    return WrapValidator(say)


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_reasonable)]
"""A day, ISO 8601."""
Moment = Annotated[
    AwareDatetime, BeforeValidator(_moment), AfterValidator(_reasonable), AfterValidator(lambda at: at.astimezone(UTC))
]
"""A moment, RFC 3339, kept in UTC."""
ONE_LINE = BeforeValidator(lambda value: one_line(value) if isinstance(value, str) else value)
"""Takes line breaks, control, bidi and zero-width signs out of what somebody wrote."""
SEVERAL_LINES = BeforeValidator(lambda value: several_lines(value) if isinstance(value, str) else value)
"""Takes bidi controls out of what somebody wrote."""
PLAIN_SIGNS = BeforeValidator(lambda value: plain_signs(value) if isinstance(value, str) else value)
"""Takes any dash for a dash and any blank for one, in numbers that somebody copied."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), ONE_LINE]
"""One line that people wrote."""
ShortLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), ONE_LINE]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), SEVERAL_LINES]
"""A text of several paragraphs."""
Query = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
"""What somebody types into a search box."""
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]{1,40}$")]
"""A classification's code."""
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f<>,;]{1,64}@[^@\s\x00-\x1f<>,;]+\.[^@\s\x00-\x1f<>,;.]{2,63}$",
    ),
    _said_plainly("email_invalid", "this is no email address; one looks like name@example.fi"),
    ONE_LINE,
]
WebAddress = Annotated[
    str,
    StringConstraints(max_length=2000, pattern=r"^https?://[^\s\x00-\x1f]+$"),
    _said_plainly("web_address_invalid", "this is no web address; one begins with https://"),
    ONE_LINE,
]
Cents = Annotated[int, Strict(), Field(ge=0, le=10**13)]
"""Money: integer cents of euro."""
Count = Annotated[int, Strict(), Field(ge=0, le=10**9)]
Flag = Annotated[bool, Strict()]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\+?\(?[0-9][0-9 ()./-]{2,30}$"), PLAIN_SIGNS]
Language = Annotated[str, StringConstraints(pattern=r"^(fi|sv|en)$")]


class UiLanguage(StrEnum):
    """The languages of the screens."""

    fi = "fi"
    sv = "sv"
    en = "en"


class Schema(BaseModel):
    """Base of what the API takes and gives. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class _Translated(Schema):
    @model_validator(mode="after")
    def _one_at_least(self) -> "_Translated":
        if all(value is None for value in self.__dict__.values()):
            raise ValueError("at least one language is needed")
        return self


def _as_dict(value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return value
    return {language: text for language, text in dict(value).items() if text is not None}


class _Name(_Translated):
    fi: Line | None = None
    sv: Line | None = None
    en: Line | None = None


class _Texts(_Translated):
    fi: Text | None = None
    sv: Text | None = None
    en: Text | None = None


NameTranslations = Annotated[_Name, AfterValidator(_as_dict), PlainSerializer(_as_dict, return_type=dict[str, str])]
"""`{"fi": …, "sv": …, "en": …}`, one at least, a line each. In Python a plain dict."""
TextTranslations = Annotated[_Texts, AfterValidator(_as_dict), PlainSerializer(_as_dict, return_type=dict[str, str])]
"""The same for longer texts."""


def display_name(names: Mapping[str, str], language: str = "fi") -> str:
    """The name in a language, or else in the first of ours that has one."""
    return names.get(language) or next(names[one] for one in ("fi", "sv", "en") if names.get(one))
