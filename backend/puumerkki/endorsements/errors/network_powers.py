"""What blocks taking an endorsement back or making it last longer."""

from puumerkki.kernel.errors import Conflict


class NoSecondPerson(Conflict):
    """Nobody in the network could confirm it."""

    code = "no_second_person"
    message = (
        "Nobody in the network can confirm this: a second person is a member's representative or deputy, or a chair or"
        " secretary whom the members chose, of another organisation, without a tie to an applicant, in office since"
        " before the version arrived. The members can vote on it instead."
    )


class UnderReview(Conflict):
    """A revocation is open already."""

    code = "under_review"
    message = "The network is reviewing this endorsement already."


class NoRevocation(Conflict):
    """No revocation is open."""

    code = "no_revocation"
    message = "Nobody has proposed to revoke this endorsement."


class BallotDecides(Conflict):
    """The members vote on it."""

    code = "ballot_decides"
    message = "The members vote on this: their ballot settles it, and nobody confirms or drops it."


class ApplicantNotHeard(Conflict):
    """The applicant may still state its view."""

    code = "applicant_not_heard"
    message = "The applicant may still state its view."


class ApplicantDoesNotAsk(Conflict):
    """The leading applicant has not said that it asks for this."""

    code = "applicant_does_not_ask"
    message = (
        "The leading applicant has not said that it asks for this. Drop the proposal. You can propose it again, or for"
        " another cause, or let the members vote."
    )


class HearingOver(Conflict):
    """The days of the hearing are over."""

    code = "hearing_over"
    message = "The days in which the applicant could state its view are over."


class NotYours(Conflict):
    """Whoever proposed it, or a second person, drops it."""

    code = "not_yours_to_drop"
    message = "Who proposed this, or a second person, can drop it."


class AlreadyProlonged(Conflict):
    """An endorsement is prolonged once."""

    code = "already_prolonged"
    message = "This endorsement has been prolonged once already."


class NoProlongation(Conflict):
    """No prolongation waits."""

    code = "no_prolongation"
    message = "No prolongation waits for a confirmation."


class NetworkNotActive(Conflict):
    """The network rests or is closed."""

    code = "network_not_active"
    message = "The network is not active now."


class ApplicantNotMember(Conflict):
    """No applicant is a member of the network any more."""

    code = "not_a_member"
    message = "No applicant is an active member of this network any more."
