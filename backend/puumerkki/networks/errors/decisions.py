"""What blocks deciding about the network itself."""

from puumerkki.kernel.errors import Conflict


class MembersDecide(Conflict):
    """Not the lead alone."""

    code = "members_decide"
    message = (
        "Nobody decides this alone. Propose it to the network: the members vote, or a second person confirms what a"
        " meeting decided or the coordinator proposes."
    )


class DecisionWaiting(Conflict):
    """One proposal of a kind by each proposer; nothing beside what is decided."""

    code = "decision_waiting"
    message = (
        "A proposal of yours of this kind is open, or the network has decided on one that waits for its day. Propose"
        " again once it has ended."
    )


class RulebookProposed(Conflict):
    """What the members decide on does not change under their hands."""

    code = "rulebook_proposed"
    message = "The network is deciding on this version. Withdraw the proposal first to change it."


class NoElectors(Conflict):
    """Nobody could vote."""

    code = "nobody_votes"
    message = "No member can vote: a member votes once it has accepted the rulebook in force."


class MeetingIsNeeded(Conflict):
    """The rulebook leaves decisions to meetings."""

    code = "meeting_decides"
    message = "By the rulebook a meeting decides. Record what the meeting decided."


class MeetingTooSmall(Conflict):
    """Not enough members were there."""

    code = "meeting_without_quorum"
    message = "Fewer than two of the members that decide were present, or fewer than the rulebook asks for."


class NotByVote(Conflict):
    """Nobody votes on this one."""

    code = "no_vote_here"
    message = "Nobody votes on this proposal: a second person confirms it, or somebody objects."


class MembersVote(Conflict):
    """They vote, so nobody confirms."""

    code = "members_vote"
    message = "The members vote on this proposal."


class DecisionMade(Conflict):
    """The members have decided."""

    code = "decision_made"
    message = "The members have decided. Only another decision of theirs changes it."


class DecisionClosed(Conflict):
    """Its days are over."""

    code = "decision_closed"
    message = "The days of this proposal are over."


class DecisionNotMade(Conflict):
    """It is not counted, or was not passed."""

    code = "decision_not_made"
    message = "The network has not decided so."


class NotDecisionElector(Conflict):
    """The member does not vote on it."""

    code = "not_decision_elector"
    message = "The member does not vote on this: it did not take part when the vote was opened, or has left since."


class NotSecondPersonHere(Conflict):
    """This person cannot be the second one."""

    code = "not_second_person"
    message = (
        "You cannot confirm this: a second person is of another organisation than who proposed it, and was named by a"
        " member or chosen by the members before that. What a meeting decided is confirmed by somebody whose member"
        " was there."
    )


class NobodyConfirms(Conflict):
    """Nobody in the network can be the second person."""

    code = "no_second_person"
    message = (
        "Nobody in the network can confirm this: a second person is of another organisation, and was named by a member"
        " or chosen by the members before. Let the members vote."
    )


class NotYourProposal(Conflict):
    """Whoever proposed it withdraws it."""

    code = "not_your_proposal"
    message = "Whoever proposed this can withdraw it. Others vote, or object."


class ProposalAnswered(Conflict):
    """It is the members' now."""

    code = "proposal_answered"
    message = "Somebody has voted on this or confirmed it, so it is decided. It ends by itself when its days are over."


class TakesPartNoMore(Conflict):
    """A member that is being removed takes part in nothing new."""

    code = "takes_part_no_more"
    message = "The member is leaving the network: it votes on what came before, and takes part in nothing new."


class ProposalOverrun(Conflict):
    """It can no longer be done."""

    code = "proposal_overrun"
    message = "What was proposed cannot be done any more: the network, the draft or the person is not as it was."


class DayNotCome(Conflict):
    """It takes effect on its day."""

    code = "day_not_come"
    message = "This takes effect on the day that was named."
