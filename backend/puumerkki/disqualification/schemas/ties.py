"""What the API takes and gives of ties in dispute, and of who leads instead of somebody who is tied."""

from enum import StrEnum
from uuid import UUID

from puumerkki.applications.schemas.named import OrganisationNamed, PersonNamed
from puumerkki.disqualification.models.ties import TieQuestionKind
from puumerkki.kernel.field_types import Flag, Moment, Schema, Text


class TieRaised(Schema):
    """Somebody is tied to an applicant, and why; of oneself: that a tie on record does not hold."""

    principal_id: UUID
    organisation_id: UUID
    reason: Text


class TieSettled(Schema):
    """Whether the person is tied, and why."""

    holds: Flag
    reason: Text


class TieAnswered(Schema):
    """What the person whom a question is about says to it."""

    text: Text


class LeadGiven(Schema):
    """Whom a member's representative wants to lead."""

    member_id: UUID
    principal_id: UUID


class TieStatus(StrEnum):
    """How it stands with a question. `lapsed`: nobody settled it in time, so what is on record goes."""

    open = "open"
    tied = "tied"
    not_tied = "not_tied"
    lapsed = "lapsed"


class TieQuestionPublic(Schema):
    """Whether somebody is tied. By what (`organisation`, `reason`, `answer`, `settled_reason`) is shown to who raised
    it, to the person, and to who settles or settled it; to nobody else. `other_reason`: of the other one who was asked,
    where two settle it. `may_answer`: the caller is the person.
    """

    id: UUID
    person: PersonNamed
    kind: TieQuestionKind
    standing: TieStatus
    raised_at: Moment
    settle_by: Moment
    settled_at: Moment | None
    organisation: OrganisationNamed | None
    reason: str | None
    answer: str | None
    settled_reason: str | None
    other_reason: str | None
    may_settle: bool
    may_answer: bool


class PersonActing(PersonNamed):
    """Who acts in the case, and whether they are tied there; by what is nobody's business."""

    tied: bool


class TiesPublic(Schema):
    """Who acts in a case and is tied, or said to be.

    `people`: for who takes part (`may_raise`); `own_ties`: to which applicants a tie of the caller is on record;
    `applicants`: to whom somebody can be tied.
    """

    people: list[PersonActing]
    questions: list[TieQuestionPublic]
    applicants: list[OrganisationNamed]
    own_ties: list[OrganisationNamed]
    may_raise: bool


class LeadPublic(Schema):
    """Who leads in place of those who are tied. `may_choose_for`: members for which the caller may choose."""

    instead: list[PersonNamed]
    nobody: bool
    candidates: list[PersonNamed]
    may_choose_for: list[UUID]
    chosen: list[PersonNamed]


class HandlingTiesPublic(TiesPublic):
    """The same of a network's case, with who leads it."""

    lead: LeadPublic
