"""Errors of partner requests."""

from puumerkki.kernel.errors import Conflict


class MarkMissing(Conflict):
    """The gate: no mark in force on this version. `networks` in the answer names whose mark is asked for."""

    code = "mark_missing"
    message = "The authority requires a network's puumerkki on this version before it starts. There is none."


class MarkExpired(Conflict):
    """The gate: the mark on this version is not valid on this day."""

    code = "mark_expired"
    message = "The network's puumerkki on this version is not valid today."


class MarkNotAsked(Conflict):
    """Nothing to refer to a network: no policy asks for a mark, or it is there."""

    code = "mark_not_asked"
    message = "No puumerkki is required here, or it has already been given."


class Disqualified(Conflict):
    """The officer or decider is tied to an applicant."""

    code = "disqualified"
    message = "You have a tie to an applicant, so somebody else must do this."
