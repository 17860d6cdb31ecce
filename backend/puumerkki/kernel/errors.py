"""Errors that the rooms raise and `web/problems.py` turns into answers.

PuumerkkiError
├── Unauthenticated        401  nobody is signed in, or the token is not valid
├── Forbidden              403  known, but not allowed
├── NotFound               404  does not exist, or this actor may not know of it
├── Conflict               409  the state or a rule does not allow it; `code` names the rule
├── PreconditionFailed     412  the version in `If-Match` is stale
├── TooLarge               413  more bytes than allowed
├── Invalid                422  bad input; `problems` name the fields
├── PreconditionRequired   428  `If-Match` or `Idempotency-Key` is missing
└── TooManyRequests        429  asked too often; `retry_after` in seconds

Domains subclass these and give each error a stable `code`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field: a JSON pointer (RFC 6901) into the body, or a parameter's name."""

    pointer: str
    code: str
    message: str


class PuumerkkiError(Exception):
    """Base of all errors with an answer of their own. `details` are added to the problem document."""

    status: ClassVar[int] = 500
    code: str = "internal_error"
    message: str = "Something went wrong."

    def __init__(self, message: str | None = None, *, code: str | None = None, **details: Any) -> None:
        self.message = message or type(self).message
        self.code = code or type(self).code
        self.details = details
        super().__init__(self.message)


class Unauthenticated(PuumerkkiError):
    status = 401
    code = "unauthenticated"
    message = "Sign in first."


class Forbidden(PuumerkkiError):
    status = 403
    code = "forbidden"
    message = "You are not allowed to do this."


class NotFound(PuumerkkiError):
    status = 404
    code = "not_found"
    message = "There is no such thing, or you may not see it."


class Conflict(PuumerkkiError):
    status = 409
    code = "conflict"
    message = "The state of this does not allow it."


class PreconditionFailed(PuumerkkiError):
    status = 412
    code = "stale_version"
    message = "Somebody has changed this since you read it."


class TooLarge(PuumerkkiError):
    status = 413
    code = "too_large"
    message = "This is larger than allowed."


class Invalid(PuumerkkiError):
    status = 422
    code = "invalid"
    message = "Some of the input is not right."

    def __init__(
        self,
        message: str | None = None,
        *,
        problems: Sequence[FieldProblem] = (),
        code: str | None = None,
        **details: Any,
    ) -> None:
        super().__init__(message, code=code, **details)
        self.problems = tuple(problems)


class PreconditionRequired(PuumerkkiError):
    status = 428
    code = "precondition_required"
    message = "The If-Match header is missing."


class TooManyRequests(PuumerkkiError):
    status = 429
    code = "too_many_requests"
    message = "Too many attempts. Wait a while."

    def __init__(self, message: str | None = None, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def invalid(pointer: str, code: str, message: str) -> Invalid:
    """An `Invalid` about a single field."""
    return Invalid(problems=[FieldProblem(pointer, code, message)])
