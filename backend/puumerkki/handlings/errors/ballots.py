"""What blocks a vote, or a step that follows from one."""

from puumerkki.kernel.errors import Conflict, Forbidden, NotFound


class BallotNotClosed(Conflict):
    """Nothing has been counted yet."""

    code = "ballot_not_closed"
    message = "The ballot has not been closed and counted."


class BallotClosed(Conflict):
    """The ballot's time is over."""

    code = "ballot_closed"
    message = "The ballot is closed."


class NoBallot(Conflict):
    """No ballot is open or waits to take effect."""

    code = "no_ballot"
    message = "The members do not vote on anything here."


class BallotSettled(Conflict):
    """The ballot has an outcome: the handling is concluded by it."""

    code = "ballot_settled"
    message = "The ballot has passed or failed: conclude the handling by it, or annul the ballot."


class NoQuorum(Conflict):
    """Too few voted: the ballot settles nothing."""

    code = "no_quorum"
    message = "The ballot had no quorum."


class ObjectionRaised(Conflict):
    """Somebody objected: a meeting has to decide."""

    code = "objection"
    message = "Somebody objected, so a meeting has to decide."


class NotPassed(Conflict):
    """The ballot did not pass."""

    code = "not_passed"
    message = "The ballot did not pass."


class Passed(Conflict):
    """The ballot passed."""

    code = "passed"
    message = "The ballot passed, so the network cannot leave the application without a puumerkki."


class ConditionsUnanswered(Conflict):
    """A proposed condition was neither accepted nor answered."""

    code = "conditions_unanswered"
    message = "First accept or answer every condition that was proposed."


class AnswersOver(Conflict):
    """The counted ballot takes effect now, with the conditions as they were answered."""

    code = "answers_over"
    message = "The time for answering conditions is over: the ballot takes effect by itself."


class VotesAwaited(Conflict):
    """The outcome hangs on members whose condition was refused; they say within three days whether the vote stands."""

    code = "votes_awaited"
    message = "Members whose condition was not accepted have three days to say whether their vote still stands."


class ConditionNotRefused(Conflict):
    """Whether a vote stands is asked only of a member whose condition was not taken."""

    code = "condition_not_refused"
    message = "The condition of this vote has not been left out."


class NoElectors(Conflict):
    """No member may vote."""

    code = "no_electors"
    message = "No member has a vote and has accepted the rulebook."


class TooFewElectors(Conflict):
    """Fewer than two members could vote, and the rulebook does not say that one is enough."""

    code = "too_few_electors"
    message = "Fewer than two members could vote. Another network may decide, or the authority waives the puumerkki."


class VotesMissing(Conflict):
    """Not all have voted, and the deadline has not come."""

    code = "votes_missing"
    message = "A ballot closes early only when all have voted themselves; recorded votes do not count for it."


class EarlyCloseNotAgreed(Conflict):
    """Two members agree to it, unless the rulebook allows it."""

    code = "early_close_not_agreed"
    message = "Two members must agree to an early close, unless the rulebook allows it. It closes by itself in time."


class RecordedUnconfirmed(Conflict):
    """The result would be another one without the recorded votes."""

    code = "recorded_unconfirmed"
    message = "Recorded votes decide here, so a second person confirms them first. Otherwise they are left out in time."


class NothingRecorded(Conflict):
    """No recorded votes wait for a confirmation."""

    code = "nothing_recorded"
    message = "No recorded votes wait for a confirmation."


class AnnulmentWaits(Conflict):
    """Somebody has proposed already to annul this ballot."""

    code = "annulment_waits"
    message = "Annulling this ballot has been proposed already: a second person confirms it."


class NoAnnulment(Conflict):
    """Nobody has proposed to annul this ballot."""

    code = "no_annulment"
    message = "Nobody has proposed to annul this ballot."


class AnnulledTwice(Conflict):
    """Two ballots on revoking this puumerkki were annulled."""

    code = "annulled_twice"
    message = (
        "Two ballots on revoking this puumerkki were annulled already, so this one stands. What is wrong in it is said"
        " before it is counted; a meeting can decide otherwise."
    )


class TwoBallotsHeld(Conflict):
    """Two ballots on this version had no result."""

    code = "two_ballots_held"
    message = "Two ballots on this version had no result: a meeting decides, or the authority waives the puumerkki."


class NotElector(NotFound):
    """The member is not in the ballot's electorate."""

    code = "not_elector"
    message = "This member is not in the electorate of the ballot."


class NotRepresentative(Forbidden):
    """The actor does not speak for the member."""

    code = "no_voice"
    message = "You do not speak for this member in the network."


class IsRecused(Conflict):
    """The member stands aside."""

    code = "recused"
    message = "The member is disqualified in this ballot."


class CastByMember(Conflict):
    """A recorded vote never replaces one that the member cast itself."""

    code = "cast_by_member"
    message = "The member has already voted itself."


class NobodyToTell(Conflict):
    """Nobody who speaks for the member would learn of a vote that is recorded for it."""

    code = "nobody_to_tell"
    message = (
        "Nobody can be told that a vote is recorded for this member: it has no representative and no contact with an"
        " email address."
    )


class NoCondition(NotFound):
    """The member proposed no condition."""

    code = "no_condition"
    message = "This member proposed no condition."
