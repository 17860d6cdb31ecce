"""The check of a signature, as the API takes and gives it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from puumerkki.agreements.models import AgreementState, VersionStatus
from puumerkki.kernel.field_types import Schema


class SignatureGiven(Schema):
    """A signature's credential, and the very bytes of the version if they are at hand."""

    credential: Annotated[str, Field(max_length=100_000)]
    snapshot: Annotated[str, Field(max_length=1_900_000)] | None = None


class SignatureVerdict(Schema):
    """What the check found. `valid`: nothing speaks against it. `digest_matches`: null without a snapshot.

    `in_period`: the agreement's time, as it was signed, has begun and not ended. Of a signature that we know:
    `standing`, what has become of the version (superseded is `replaced`); `state`, where the agreement is; `unsigned`,
    the parties that have not signed the version; `ended_on`, the last day of an agreement that is over.
    """

    valid: bool
    signed: bool
    in_period: bool
    title: str | None
    version_number: int | None
    party: str | None
    digest_matches: bool | None
    standing: VersionStatus | None
    state: AgreementState | None
    unsigned: list[str]
    ended_on: date | None
    problems: list[str]
