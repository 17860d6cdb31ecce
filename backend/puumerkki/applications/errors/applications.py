"""Errors about applications."""

from puumerkki.kernel.errors import Conflict


class OwnVersionFirst(Conflict):
    """The leading applicant stands in the place of another one, which submitted the newest version."""

    code = "own_version_first"
    message = (
        "Your organisation stands in the place of the applicant that submitted this version. Submit a version of your"
        " own first; then you can withdraw or close the application."
    )


class ApplicationEnded(Conflict):
    """A withdrawn or closed application does not change."""

    code = "application_ended"
    message = "The application has been withdrawn or closed."


class ApplicationWasSubmitted(Conflict):
    """What has reached others is withdrawn, not deleted."""

    code = "application_submitted"
    message = "The application has been submitted: withdraw it instead."


class Incomplete(Conflict):
    """The networks' rules ask for more; `missing` names the parts."""

    code = "incomplete"
    message = "Parts that the networks' rules ask for are missing."


class CoApplicantsUnanswered(Conflict):
    """A version names only who said yes; `organisations` are those that have not."""

    code = "co_applicants_unanswered"
    message = "Not all further applicants have accepted. Wait for their answer, or take them out."


class TooManyAskings(Conflict):
    """A leading applicant waits for `most` answers already, in all or of one organisation."""

    code = "too_many_askings"
    message = "Too many organisations are asked and have not answered: wait for answers, or take some out for two days."


class AnswerNotOpen(Conflict):
    """There is nothing to answer in this way: nobody asked, or the answer was given."""

    code = "answer_not_open"
    message = "This organisation cannot answer so now: it was not asked, or has answered already."


class NothingToRelease(Conflict):
    """All further applicants have accepted."""

    code = "nothing_to_release"
    message = "All further applicants have accepted."


class NothingChanged(Conflict):
    """There is nothing to freeze a new version for."""

    code = "nothing_changed"
    message = "Nothing has changed since the last version."


class NetworkNotActive(Conflict):
    """Only an active network takes applications."""

    code = "network_not_active"
    message = "A network that is asked is not active."


class NetworkEnds(Conflict):
    """A network that will rest or close takes in nothing new."""

    code = "network_ends"
    message = (
        "A network that is asked will rest or close, so it takes in nothing new. Take it out of the application, or ask"
        " another."
    )


class NotAMember(Conflict):
    """A network handles its members' applications."""

    code = "not_a_member"
    message = "No applicant is a member of a network that is asked."


class RulesNotAccepted(Conflict):
    """A member takes part once it has accepted the rules in force."""

    code = "rules_not_accepted"
    message = "The applicant has not accepted the rules in force of a network that is asked."


class CallClosed(Conflict):
    """The call does not take applications now."""

    code = "call_closed"
    message = "The call is not open."


class LegalFormExcluded(Conflict):
    """The call is for others."""

    code = "legal_form_excluded"
    message = "The applicant's legal form may not apply to this call."


class PartnerRequired(Conflict):
    """The call asks for a partner authority."""

    code = "partner_required"
    message = "The call asks for a partner authority, and none is asked."


class AmountOutOfBounds(Conflict):
    """The call bounds what may be applied for."""

    code = "amount_out_of_bounds"
    message = "The amount is not within the call's bounds."


class FilingsOpen(Conflict):
    """An application is closed after its filings."""

    code = "filings_open"
    message = "The application is still with a funder: its filing has not ended."


class BallotOpen(Conflict):
    """The ballot is still open."""

    code = "ballot_open"
    message = "The ballot is still open."


class CountWaits(Conflict):
    """A counted ballot takes effect first; until then no new version comes in, and the application does not end."""

    code = "count_waits"
    message = (
        "A network has decided on the present version. Wait until the decision has taken effect, usually within a week."
    )
