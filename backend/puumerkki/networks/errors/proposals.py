"""Why a proposal about a member cannot be made, confirmed or dropped, and what is possible instead."""

from puumerkki.kernel.errors import Conflict


class VoteNeedsProposal(Conflict):
    """A member's vote is not taken by one person."""

    code = "vote_needs_proposal"
    message = "A member's vote is taken with a reason, by two persons: propose it with take_vote."


class NamedSinceOpen(Conflict):
    """Whom an operator named changes nothing of who decides on what was open before."""

    code = "named_since_open"
    message = (
        "Your role comes from an operator's naming that took effect after the network began to decide on something."
        " The member's representatives stay until that is decided; then you can change them."
    )


class HasNoVote(Conflict):
    """There is nothing to take."""

    code = "has_no_vote"
    message = "The member has no vote."


class ProposalOpen(Conflict):
    """One proposal about a member at a time."""

    code = "member_proposal_open"
    message = "Something is proposed about this member already. Confirm or drop that first."


class AdmissionNeedsTwo(Conflict):
    """Whoever leads the network and has, or had, a role in an organisation does not take it in alone."""

    code = "admission_needs_two"
    message = (
        "Somebody who leads the network has or had a role in this organisation, or added it, so a second person"
        " confirms its admission."
    )


class ObjectionOver(Conflict):
    """The days in which a membership that nobody asked for can be objected to."""

    code = "objection_over"
    message = (
        "An organisation objects within fourteen days to a membership that a list brought about. It can leave the"
        " network at any time."
    )


class NothingProposed(Conflict):
    """No proposal about the member is open."""

    code = "nothing_proposed"
    message = "Nothing is proposed about this member."


class MemberNotHeard(Conflict):
    """The member has seven days to state its view."""

    code = "member_not_heard"
    message = "The member is heard first. A second person can confirm this from the moment given."


class NobodyConfirms(Conflict):
    """There is no second person."""

    code = "nobody_confirms"
    message = (
        "Nobody can confirm this: a second person is another member's representative or deputy, or a chair or secretary"
        " whom the members chose, of another organisation than yours and without a tie to this member. It is possible"
        " once there is one."
    )


class NotTheSecondPerson(Conflict):
    """Somebody else confirms it."""

    code = "not_second_person"
    message = (
        "You cannot be the second person here: you proposed it, or you are of the same organisation as whoever proposed"
        " it, or tied to this member, or in office only since then."
    )


class NotYourProposal(Conflict):
    """Whoever proposed it, or a second person, drops it."""

    code = "not_yours_to_drop"
    message = "This is dropped by whoever proposed it, or by a second person."
