"""The check of a signature, as the API takes and gives it."""

from typing import Annotated

from pydantic import Field

from puumerkki.kernel.text import Schema


class SignatureGiven(Schema):
    """A signature's credential, and the very bytes of the version if they are at hand."""

    credential: Annotated[str, Field(max_length=100_000)]
    snapshot: Annotated[str, Field(max_length=1_900_000)] | None = None


class SignatureVerdict(Schema):
    """What the check found. `valid`: nothing speaks against it. `digest_matches`: null without a snapshot.

    `in_period`: the agreement's time, as it was signed, has begun and not ended.
    """

    valid: bool
    signed: bool
    in_period: bool
    title: str | None
    version_number: int | None
    party: str | None
    digest_matches: bool | None
    problems: list[str]
