"""What happens to reports and evaluations: told to the parties; what is only written, to the reporter alone."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class ReportEvent(Event):
    """What all of them say: on what, by whom and of which year the report is."""

    about_kind: str
    about_id: UUID
    organisation_id: UUID
    year: int


@dataclass(frozen=True, kw_only=True)
class ReportDrafted(ReportEvent):
    type = "report.drafted"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ReportChanged(ReportEvent):
    type = "report.changed"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ReportDeleted(ReportEvent):
    """The import that drafted it was undone."""

    type = "report.deleted"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(ReportEvent):
    type = "report.submitted"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(ReportEvent):
    type = "report.accepted"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ReportReturned(ReportEvent):
    type = "report.returned"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class EvaluationEvent(Event):
    """Its subject is what was evaluated."""

    evaluation_id: UUID
    organisation_id: UUID
    year: int


@dataclass(frozen=True, kw_only=True)
class EvaluationGiven(EvaluationEvent):
    type = "evaluation.given"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class EvaluationChanged(EvaluationEvent):
    type = "evaluation.changed"
    tier = Tier.parties
