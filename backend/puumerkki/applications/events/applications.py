"""What happens to applications. Changes of the working copy are the applicants' own."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.applications.models.applications import ApplicantAnswer
from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class ApplicationCreated(Event):
    type = "application.created"
    tier = Tier.own

    continues_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationChanged(Event):
    type = "application.changed"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ApplicationDeleted(Event):
    type = "application.deleted"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ApplicationSubmitted(Event):
    type = "application.submitted"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Event):
    type = "application.withdrawn"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ApplicationClosed(Event):
    type = "application.closed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ApplicantAsked(Event):
    """An organisation was asked to apply together."""

    type = "application.applicant_asked"
    tier = Tier.own

    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApplicantAnswered(Event):
    """It accepted or declined."""

    type = "application.applicant_answered"
    tier = Tier.own

    organisation_id: UUID
    answer: ApplicantAnswer


@dataclass(frozen=True, kw_only=True)
class ApplicantLeft(Event):
    """An applicant has left: no endorsement is given on a version that names it."""

    type = "application.applicant_left"
    tier = Tier.parties

    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApplicantSucceeded(Event):
    """An applicant was archived: its successor stands in the working copy; versions keep the names that they have."""

    type = "application.applicant_succeeded"
    tier = Tier.parties

    organisation_id: UUID
    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApplicantsReleased(Event):
    """Whoever had not accepted is named among the partners instead."""

    type = "application.applicants_released"
    tier = Tier.own

    organisation_ids: tuple[UUID, ...]
