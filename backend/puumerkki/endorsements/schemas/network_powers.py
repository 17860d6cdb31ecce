"""What the API takes and gives of endorsements that are taken back or made to last longer."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from puumerkki.endorsements.models.revocations import RevocationCause, RevocationState, RevocationWay
from puumerkki.kernel.field_types import Day, Flag, Moment, NameTranslations, Schema, Text

Members = Annotated[list[UUID], Field(max_length=1000)]


class RevocationGiven(Schema):
    """How the puumerkki is to be revoked: by ballot, by a meeting's decision, or by two persons for cause.

    A meeting names itself and who was present. `reason`: for a meeting its wording.
    """

    way: RevocationWay
    reason: Text
    cause: RevocationCause | None = None
    meeting_id: UUID | None = None
    present_member_ids: Members = []
    stood_aside_member_ids: Members = []

    @model_validator(mode="after")
    def _whole(self) -> "RevocationGiven":
        if (self.way is RevocationWay.cause) != (self.cause is not None):
            raise ValueError("a cause belongs to a revocation for cause, and only to that")
        if (self.way is RevocationWay.meeting) != (self.meeting_id is not None):
            raise ValueError("a meeting belongs to a revocation by a meeting, and only to that")
        return self


class ViewGiven(Schema):
    """What the applicant thinks of revoking the puumerkki.

    `asks`: it asks for this itself, so that nobody waits. Only the leading applicant says so, and only where the cause
    is `applicant_asks`.
    """

    view: Text
    asks: Flag = False


class DropGiven(Schema):
    reason: Text | None = None


class ProlongationGiven(Schema):
    """`valid_until`: the puumerkki's new last day."""

    valid_until: Day
    reason: Text


class ApplicantView(Schema):
    """What one applicant thinks of revoking the puumerkki."""

    organisation_id: UUID
    names: NameTranslations
    view: str
    given_at: Moment


class RevocationPublic(Schema):
    """A proposal to revoke the puumerkki. `heard_until`: until then each applicant may state its view.

    `asks`: the leading applicant has said that it asks for this itself.
    """

    id: UUID
    way: RevocationWay
    cause: RevocationCause | None
    reason: str
    state: RevocationState
    proposed_by: UUID
    proposed_at: Moment
    heard_until: Moment
    views: list[ApplicantView]
    asks: bool
    ballot_id: UUID | None
    meeting_id: UUID | None
    confirmed_by: UUID | None
    ended_at: Moment | None
    end_reason: str | None


class ProlongationPublic(Schema):
    """A later last day of the puumerkki; it holds once `confirmed_at` is there."""

    valid_until: Day
    former_valid_until: Day
    reason: str
    proposed_by: UUID
    confirmed_by: UUID | None
    confirmed_at: Moment | None
