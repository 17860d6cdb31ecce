"""What blocks a step of a handling."""

from puumerkki.kernel.errors import Conflict


class NetworkAdvises(Conflict):
    """The network gives statements, no puumerkki."""

    code = "network_advises"
    message = "This network only advises: it gives a statement."


class NetworkDecides(Conflict):
    """The network gives its puumerkki, no statements."""

    code = "network_decides"
    message = "This network decides itself: it gives its puumerkki or does not."


class NoRulebook(Conflict):
    """The network has no rulebook in force."""

    code = "no_rulebook"
    message = "The network has no rulebook in force to decide by."


class NoReading(Conflict):
    """Nobody has recorded a reading of this version, and the handling days are not over."""

    code = "no_reading"
    message = "Record a reading of this version first, or wait until the handling days are over."


class MeetingDecides(Conflict):
    """The rulebook leaves the decision to a meeting."""

    code = "meeting_decides"
    message = (
        "The rulebook leaves the decision to a meeting. If the decisions of two meetings on one version fall, the"
        " members vote."
    )


class ReturnedOnce(Conflict):
    """One version is returned once."""

    code = "returned_once"
    message = "This version has been returned once already: handle it as it is."


class DaysNotOver(Conflict):
    """The network still has time for the application."""

    code = "days_not_over"
    message = "The network's handling days are not over yet."


class BallotAsked(Conflict):
    """The applicant has asked for a ballot already."""

    code = "ballot_asked"
    message = "The ballot has been asked for already: it opens by itself."


class MeetingNotHeld(Conflict):
    """The meeting of a decision or a reading has not been held, or only after the day recorded."""

    code = "meeting_not_held"
    message = "Choose a meeting that the network held on or before the day recorded."


class MeetingTooFew(Conflict):
    """Fewer members were present than the rulebook's quorum asks for."""

    code = "no_quorum"
    message = "Too few members took part for the rulebook's quorum."


class NoDecision(Conflict):
    """No recorded decision of this version waits for its confirmation."""

    code = "no_decision"
    message = "No recorded decision of this version waits for a confirmation."


class SamePerson(Conflict):
    """A decision is confirmed by another person than who recorded it."""

    code = "same_person"
    message = "Somebody other than the person who recorded the decision must confirm it."


class ApplicationNotActive(Conflict):
    """The application is closed or withdrawn."""

    code = "application_not_active"
    message = "The application is no longer being handled."


class NoOpenCall(Conflict):
    """A lapsed handling waits for a call to open again."""

    code = "no_open_call"
    message = "No call that this version is for is open. Submit a new version for another call."


class LeadingApplicantAsks(Conflict):
    """The leading applicant alone asks a network again."""

    code = "leading_applicant_asks"
    message = "Whoever submits for the leading applicant asks the network again."
