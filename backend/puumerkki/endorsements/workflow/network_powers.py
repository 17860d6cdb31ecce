"""What the network's own powers need: revoking an endorsement, prolonging it, a network that still is one."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.applications.errors.applications import NetworkEnds
from puumerkki.disqualification.errors.ties import NotSecondPerson
from puumerkki.endorsements.errors import network_powers as errors
from puumerkki.endorsements.models.revocations import RevocationWay
from puumerkki.kernel.errors import PuumerkkiError


@dataclass(frozen=True, kw_only=True)
class PowerFacts:
    """Facts of the network and of what is proposed in it.

    `revocation`: the way of the open one, `proposed_by`: who proposed it; `prolongation_by`: who proposed to prolong.
    `hearing`: the applicant may state its view; `heard`: its days are over, or it said itself that it asks for this;
    `unasked`: that is the cause, and it has not said so.
    `second_person`: the actor is one for what is proposed; `has_second_person`: somebody is, for what the actor would
    propose as well. `network_ends`: it will rest or close. `member`: an applicant is an active member of the network.
    """

    actor_id: UUID | None = None
    network_active: bool = True
    network_ends: bool = False
    member: bool = True
    revocation: RevocationWay | None = None
    proposed_by: UUID | None = None
    hearing: bool = False
    heard: bool = False
    unasked: bool = False
    prolonged: bool = False
    prolongation_by: UUID | None = None
    second_person: bool = False
    has_second_person: bool = True


def network_active(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.network_active else errors.NetworkNotActive()


def network_stays(facts: PowerFacts) -> PuumerkkiError | None:
    return NetworkEnds() if facts.network_ends else None


def applicant_is_member(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.member else errors.ApplicantNotMember()


def not_under_review(facts: PowerFacts) -> PuumerkkiError | None:
    return errors.UnderReview() if facts.revocation else None


def under_review(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.revocation else errors.NoRevocation()


def confirmed_by_a_person(facts: PowerFacts) -> PuumerkkiError | None:
    return errors.BallotDecides() if facts.revocation is RevocationWay.ballot else None


def heard(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.heard else errors.ApplicantNotHeard()


def applicant_asks(facts: PowerFacts) -> PuumerkkiError | None:
    return errors.ApplicantDoesNotAsk() if facts.unasked else None


def still_hearing(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.hearing else errors.HearingOver()


def somebody_confirms(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.has_second_person else errors.NoSecondPerson()


def second_person(facts: PowerFacts) -> PuumerkkiError | None:
    if facts.second_person:
        return None
    return NotSecondPerson() if facts.has_second_person else errors.NoSecondPerson()


def proposer_or_second(facts: PowerFacts) -> PuumerkkiError | None:
    own = facts.actor_id is not None and facts.actor_id in (facts.proposed_by, facts.prolongation_by)
    return None if own or facts.second_person else errors.NotYours()


def once_only(facts: PowerFacts) -> PuumerkkiError | None:
    return errors.AlreadyProlonged() if facts.prolonged else None


def prolongation_waits(facts: PowerFacts) -> PuumerkkiError | None:
    return None if facts.prolongation_by is not None else errors.NoProlongation()
