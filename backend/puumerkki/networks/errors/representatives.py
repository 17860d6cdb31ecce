"""Who votes for a member: one person for one member, the representative before the deputy. Ballots and decisions."""

from puumerkki.kernel.errors import Conflict


class SpeaksForAnother(Conflict):
    """They have voted for another member in this ballot."""

    code = "speaks_for_another"
    message = (
        "You have voted for another member in this ballot. One person speaks for one member: somebody else who speaks"
        " for this one votes, or it does not take part."
    )


class VotesTogether(Conflict):
    """Members that share somebody who runs them or signs for them have one vote."""

    code = "votes_together"
    message = (
        "A member that shares an administrator or a signatory with this one has voted for both. Only that member"
        " changes the vote."
    )


class RepresentativeVoted(Conflict):
    """The representative's vote is before the deputy's."""

    code = "representative_voted"
    message = "The member's representative has voted. The representative can change the vote until the ballot closes."
