"""Facts of ties in dispute: that there is a question, never about whom or what."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class HandlingTieQuestioned(Event):
    type = "handling.tie_questioned"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class HandlingTieSaid(Event):
    """One who settles it said how it is, and it has not taken effect yet."""

    type = "handling.tie_said"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class HandlingTieAnswered(Event):
    """Whom it is about said what they have to say."""

    type = "handling.tie_answered"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class HandlingTieSettled(Event):
    type = "handling.tie_settled"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class HandlingTieLapsed(Event):
    """Nobody settled it in time: what is on record goes."""

    type = "handling.tie_lapsed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CaseTieQuestioned(Event):
    type = "partner_request.tie_questioned"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CaseTieSaid(Event):
    """A decider said how it is, and it has not taken effect yet."""

    type = "partner_request.tie_said"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CaseTieAnswered(Event):
    """Whom it is about said what they have to say."""

    type = "partner_request.tie_answered"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CaseTieSettled(Event):
    type = "partner_request.tie_settled"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class CaseTieLapsed(Event):
    """Nobody settled it in time: what is on record goes."""

    type = "partner_request.tie_lapsed"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class LeadChosen(Event):
    """Two representatives chose who leads, since everybody in office is tied."""

    type = "handling.lead_chosen"
    tier = Tier.parties
