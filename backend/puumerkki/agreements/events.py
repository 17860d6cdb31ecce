"""What happens to agreements: told to the parties; to the drafter alone before the first proposal.

Of an organisation's templates its own people are told, on the organisation.
"""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.agreements.models import DutyKind
from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class AgreementDrafted(Event):
    type = "agreement.drafted"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class AgreementChanged(Event):
    type = "agreement.changed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementProposed(Event):
    type = "agreement.proposed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementAmendmentWithdrawn(Event):
    """A version that not all had signed was taken back; what was in force before stays so."""

    type = "agreement.amendment_withdrawn"
    tier = Tier.parties

    version_number: int


@dataclass(frozen=True, kw_only=True)
class AgreementPartySucceeded(Event):
    """A party was archived, and its successor acts for that side from now on."""

    type = "agreement.party_succeeded"
    tier = Tier.parties

    organisation_id: UUID
    successor_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Event):
    type = "agreement.signed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementRecorded(Event):
    """One party says that all signed it on paper."""

    type = "agreement.recorded"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementRecordConfirmed(Event):
    """A party confirmed what another one had recorded."""

    type = "agreement.record_confirmed"
    tier = Tier.parties

    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementRecordDisputed(Event):
    """A party says that what another one recorded was not agreed so."""

    type = "agreement.record_disputed"
    tier = Tier.parties

    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementSignedByAll(Event):
    """All have signed it, and it begins later."""

    type = "agreement.signed_by_all"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementCameIntoForce(Event):
    type = "agreement.came_into_force"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementCancelled(Event):
    type = "agreement.cancelled"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementTerminated(Event):
    type = "agreement.terminated"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    type = "agreement.ended"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementExpiring(Event):
    """Its last six months have begun."""

    type = "agreement.expiring"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementRenewed(Event):
    """It has ended, and another goes on from it."""

    type = "agreement.renewed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementConfirmed(Event):
    """All parties have confirmed a year."""

    type = "agreement.confirmed"
    tier = Tier.parties

    year: int


@dataclass(frozen=True, kw_only=True)
class DutyEvent(Event):
    """Of one duty: whose, and which year it is about."""

    kind: DutyKind
    year: int
    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementDutyDone(DutyEvent):
    type = "agreement.duty_done"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementDutyReopened(DutyEvent):
    """It has to be done again: a contact person has left, a report was returned."""

    type = "agreement.duty_reopened"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class AgreementDutyLate(DutyEvent):
    """It is two weeks late."""

    type = "agreement.duty_late"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class TemplateEvent(Event):
    """Of one template of an organisation."""

    template_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateCreated(TemplateEvent):
    type = "agreement_template.created"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class TemplateChanged(TemplateEvent):
    type = "agreement_template.changed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class TemplateRemoved(TemplateEvent):
    type = "agreement_template.removed"
    tier = Tier.parties
