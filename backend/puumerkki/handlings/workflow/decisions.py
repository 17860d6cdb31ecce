"""When a meeting's decision holds."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.handlings.errors import decisions as meeting_errors
from puumerkki.handlings.errors import handlings as errors
from puumerkki.handlings.errors.handlings import NoDecision
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.networks.decision_rule import DecisionMethod


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """`recorded_by`: who recorded the decision that waits.

    Of the actor: `in_office`: since before the version arrived; `was_present`: the attendance of the meeting whose
    decision waits names their organisation; `one_side`: they are of the recorder's. `stands`: a second person has
    confirmed it; `denied`: somebody who was there says "not so"; `supported`: two more say that it was so;
    `hold_due`: the days to say so are over; `firsts_tied`: who recorded or confirmed it is tied by now. `method`: how
    the network decides; `meetings_fell`: so many meetings' decisions on this version fell that its members vote.
    """

    actor_id: UUID | None = None
    recorded_by: UUID | None = None
    in_office: bool = True
    was_present: bool = True
    one_side: bool = False
    stands: bool = False
    denied: bool = False
    supported: bool = False
    hold_due: bool = False
    firsts_tied: bool = False
    method: DecisionMethod | None = None
    meetings_fell: bool = False


def decision_waits(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.recorded_by is not None else errors.NoDecision()


def another_person(facts: DecisionFacts) -> PuumerkkiError | None:
    return errors.SamePerson() if facts.recorded_by == facts.actor_id else None


def in_office(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.in_office else meeting_errors.NotInOffice()


def was_present(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.was_present else meeting_errors.NotPresent()


def of_another_side(facts: DecisionFacts) -> PuumerkkiError | None:
    return meeting_errors.OneSide() if facts.one_side else None


def not_confirmed_yet(facts: DecisionFacts) -> PuumerkkiError | None:
    return meeting_errors.DecisionStands() if facts.stands else None


def decision_stands(facts: DecisionFacts) -> PuumerkkiError | None:
    return None if facts.stands else NoDecision()


def decision_holds(facts: DecisionFacts) -> PuumerkkiError | None:
    """Two more who were there say so, or nobody said otherwise in time."""
    return None if facts.supported or (facts.hold_due and not facts.denied) else meeting_errors.DecisionStands()


def firsts_untied(facts: DecisionFacts) -> PuumerkkiError | None:
    return meeting_errors.RecorderTied() if facts.firsts_tied else None


def no_meeting_needed(facts: DecisionFacts) -> PuumerkkiError | None:
    needed = facts.method is DecisionMethod.meeting_decides and not facts.meetings_fell
    return errors.MeetingDecides() if needed else None


def word_in_time(facts: DecisionFacts) -> PuumerkkiError | None:
    return meeting_errors.WordsOver() if facts.hold_due else None
