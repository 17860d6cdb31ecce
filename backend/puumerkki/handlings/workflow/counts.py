"""What a ballot says, and what stands in the way of what follows from it."""

from dataclasses import dataclass

from puumerkki.disqualification.errors.ties import NotSecondPerson
from puumerkki.handlings.errors import ballots as errors
from puumerkki.handlings.errors.handlings import MeetingDecides
from puumerkki.handlings.models.handlings import BallotState
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.networks.tally import Outcome


@dataclass(frozen=True, kw_only=True)
class CountFacts:
    """What a step needs to know of the ballot.

    `ballot`: the state of the newest ballot on this version, of an endorsed handling that of the ballot by which the
    endorsement would be taken back; `outcome` once it is counted. `effect_due`: it takes effect by itself now;
    `recorded_waits`: recorded votes decide, and nobody confirmed them; `confirms_recorded`: the actor may.
    `annulment`: it is proposed to annul the ballot; `annulled_twice`: two ballots on revoking the endorsement were
    annulled; `two_ballots_held`: two on this version had no result. `base`: how many of the electors could vote, of
    whom so many are `needed`. `votes_awaited`: members whose condition was refused may still turn it. `applicant_left`:
    of the version at hand. The rest of what an open ballot holds is not here: what is hidden cannot block or allow.
    """

    ballot: BallotState | None = None
    outcome: Outcome | None = None
    unanswered_conditions: int = 0
    effect_due: bool = False
    votes_awaited: bool = False
    recorded_waits: bool = False
    confirms_recorded: bool = False
    annulment: bool = False
    annulled_twice: bool = False
    two_ballots_held: bool = False
    electors: int = 0
    base: int = 0
    needed: int = 2
    applicant_left: bool = False


def ballot_open(facts: CountFacts) -> PuumerkkiError | None:
    return None if facts.ballot is BallotState.open else errors.BallotClosed()


def ballot_counted(facts: CountFacts) -> PuumerkkiError | None:
    counted = facts.ballot is BallotState.closed and facts.outcome is not None
    return None if counted else errors.BallotNotClosed()


def ballot_settles(facts: CountFacts) -> PuumerkkiError | None:
    if facts.outcome is Outcome.no_quorum:
        return errors.NoQuorum()
    if facts.outcome is Outcome.objection:
        return errors.ObjectionRaised()
    return MeetingDecides() if facts.outcome is Outcome.meeting_decides else None


def ballot_settles_nothing(facts: CountFacts) -> PuumerkkiError | None:
    """A ballot that passed gives no endorsement either where an applicant has left: a new version is asked for."""
    settled = facts.outcome is Outcome.failed or (facts.outcome is Outcome.passed and not facts.applicant_left)
    return errors.BallotSettled() if settled else None


def answers_open(facts: CountFacts) -> PuumerkkiError | None:
    return errors.AnswersOver() if facts.effect_due else None


def members_heard(facts: CountFacts) -> PuumerkkiError | None:
    return errors.VotesAwaited() if facts.votes_awaited else None


def ballot_passed(facts: CountFacts) -> PuumerkkiError | None:
    return None if facts.outcome is Outcome.passed else errors.NotPassed()


def ballot_failed(facts: CountFacts) -> PuumerkkiError | None:
    return None if facts.outcome is Outcome.failed else errors.Passed()


def conditions_answered(facts: CountFacts) -> PuumerkkiError | None:
    return errors.ConditionsUnanswered() if facts.unanswered_conditions else None


def recorded_confirmed(facts: CountFacts) -> PuumerkkiError | None:
    return errors.RecordedUnconfirmed() if facts.recorded_waits else None


def recorded_wait(facts: CountFacts) -> PuumerkkiError | None:
    return None if facts.recorded_waits else errors.NothingRecorded()


def confirms_recorded(facts: CountFacts) -> PuumerkkiError | None:
    return None if facts.confirms_recorded else NotSecondPerson()


def members_vote(facts: CountFacts) -> PuumerkkiError | None:
    """There is a ballot that says something, or will."""
    return None if facts.ballot is not None else errors.NoBallot()


def no_annulment_waits(facts: CountFacts) -> PuumerkkiError | None:
    return errors.AnnulmentWaits() if facts.annulment else None


def annulment_waits(facts: CountFacts) -> PuumerkkiError | None:
    return None if facts.annulment else errors.NoAnnulment()


def annulling_ends(facts: CountFacts) -> PuumerkkiError | None:
    return errors.AnnulledTwice() if facts.annulled_twice else None


def ballots_left(facts: CountFacts) -> PuumerkkiError | None:
    return errors.TwoBallotsHeld() if facts.two_ballots_held else None


def has_electors(facts: CountFacts) -> PuumerkkiError | None:
    if not facts.electors:
        return errors.NoElectors()
    return None if facts.base >= facts.needed else errors.TooFewElectors()


ANNULLABLE = (no_annulment_waits, annulling_ends)
