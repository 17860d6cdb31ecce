"""What the API takes and gives of endorsements."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.endorsements.models.revocations import RevocationWay
from puumerkki.kernel.field_types import Day, Moment, NameTranslations, Query, Schema
from puumerkki.kernel.reads.pagination import Page, PageQuery

NUMBER = r"^[A-Z0-9]{2,20}-\d{4}-\d{4,9}$"


class EndorsementStatus(StrEnum):
    """Whether an endorsement is valid today."""

    valid = "valid"
    superseded = "superseded"
    revoked = "revoked"
    expired = "expired"


class EndorsementSort(StrEnum):
    newest = "-issued_at"


class EndorsementQuery(PageQuery):
    """Filters of the register. `q`: in numbers, titles and applicants' names; `year`: of issue.

    `applicant`: the leading one or a further one.
    """

    network: UUID | None = None
    applicant: UUID | None = None
    application: UUID | None = None
    state: EndorsementStatus | None = None
    year: Annotated[int | None, Field(ge=2000, le=2200)] = None
    q: Query | None = None
    sort: EndorsementSort = EndorsementSort.newest


class EndorsementCondition(Schema):
    """What the puumerkki depends on, and whether it is met before the authority begins or later."""

    text: str
    met: bool
    when: MetWhen


class EndorsementReview(Schema):
    """The network is looking at whether it revokes the puumerkki; until that is decided the puumerkki is valid."""

    way: RevocationWay
    proposed_at: Moment
    heard_until: Moment


class EndorsementApplicant(Schema):
    id: UUID
    names: NameTranslations


class EndorsementAuthority(Schema):
    id: UUID
    names: NameTranslations


class EndorsementTurnout(Schema):
    """How many members decided: of the electorate some stood aside, and so many voted.

    `version`: the version on which they did, where the puumerkki has moved to another since.
    """

    electorate: int
    stood_aside: int
    voted: int
    version: int | None = None


class EndorsementPublic(Schema):
    """An endorsement in the register. `valid_until`: its last day; `superseded_by`: the number that came in its place.

    `authorities`: those that the application came to, so that they become its partners. `prolonged_at`: its last day
    was moved once. `review`: the network may revoke it; it is valid meanwhile.
    """

    id: UUID
    number: str
    status: EndorsementStatus
    network_id: UUID
    network_names: NameTranslations
    application_id: UUID
    version_number: int
    title: str
    applicants: list[EndorsementApplicant]
    authorities: list[EndorsementAuthority]
    issued_at: Moment
    valid_from: Day
    valid_until: Day
    conditions: list[EndorsementCondition]
    digest: str
    superseded_by: str | None
    ended_at: Moment | None
    ended_reason: str | None
    prolonged_at: Moment | None
    review: EndorsementReview | None
    turnout: EndorsementTurnout | None


EndorsementPage = Page[EndorsementPublic]


class VerifyGiven(Schema):
    """A credential, and the snapshot if there is one: its very bytes as text, or the object that they say."""

    credential: Annotated[str, Field(max_length=1_100_000)]
    snapshot: Annotated[str, Field(max_length=1_900_000)] | dict[str, Any] | None = None


class VerdictStatus(StrEnum):
    """An endorsement's status, or `unknown` where we have none such."""

    valid = "valid"
    superseded = "superseded"
    revoked = "revoked"
    expired = "expired"
    unknown = "unknown"


class VerdictPublic(Schema):
    """What the check found. `valid`: nothing speaks against it. `digest_matches`: null without a snapshot.

    `open_conditions` and `under_review`: as the register says today.
    """

    valid: bool
    signed: bool
    within_validity: bool
    status: VerdictStatus
    number: str | None
    network: str | None
    digest_matches: bool | None
    open_conditions: list[EndorsementCondition]
    under_review: bool
    problems: list[str]
