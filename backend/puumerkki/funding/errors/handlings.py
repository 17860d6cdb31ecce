"""What blocks a step of a handling."""

from puumerkki.kernel.errors import Conflict


class Disqualified(Conflict):
    """Who leads or records stands aside from an applicant's case."""

    code = "disqualified"
    message = "You have declared a tie to an applicant, so somebody else must do this."


class NetworkAdvises(Conflict):
    """The network gives statements, no mark."""

    code = "network_advises"
    message = "This network only advises: it gives a statement."


class NetworkDecides(Conflict):
    """The network gives marks, no statements."""

    code = "network_decides"
    message = "This network decides itself: it endorses or declines."


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
    message = "The rulebook leaves the decision to a meeting."


class MeetingNotHeld(Conflict):
    """The meeting is not this network's, or has not been held."""

    code = "meeting_not_held"
    message = "A decision is recorded of a meeting that this network has held."


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
    message = "Somebody else than who recorded the decision must confirm it."


class NoConditions(Conflict):
    """The mark has no conditions that are not yet met."""

    code = "no_conditions"
    message = "The mark has no open conditions."


class NoMark(Conflict):
    """The handling has no mark in force, or it has expired."""

    code = "no_mark"
    message = "There is no mark in force any more."


class NoNewerVersion(Conflict):
    """No newer version waits."""

    code = "no_newer_version"
    message = "There is no newer version than the one that carries the mark."


class ApplicationNotActive(Conflict):
    """The application is closed or withdrawn."""

    code = "application_not_active"
    message = "The application is not active any more."
