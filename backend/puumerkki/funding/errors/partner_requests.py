"""Errors of partner requests."""

from puumerkki.kernel.errors import Conflict


class MarkMissing(Conflict):
    """The gate: no mark in force on this version. `networks` in the answer names whose mark is asked for."""

    code = "mark_missing"
    message = "The authority asks for a network's mark on this version before it starts. There is none."


class MarkExpired(Conflict):
    """The gate: the mark on this version is not valid on this day."""

    code = "mark_expired"
    message = "The network's mark on this version is not valid today."


class MarkNotAsked(Conflict):
    """Nothing to refer to a network: no policy asks for a mark, or it is there."""

    code = "mark_not_asked"
    message = "The gate policy asks for no mark here, or the mark is there already."


class Disqualified(Conflict):
    """The officer or decider is tied to an applicant."""

    code = "disqualified"
    message = "You are tied to an applicant, so somebody else must do this."
