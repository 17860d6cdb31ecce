"""Errors of gate policies."""

from puumerkki.kernel.errors import Conflict


class PolicyStarted(Conflict):
    """A requirement that has been in force is ended, not changed or removed."""

    code = "policy_started"
    message = "This puumerkki requirement has already been in force: only its reason and its last day can change."


class PolicyEnded(Conflict):
    """A requirement that is not in force any more stays so."""

    code = "policy_ended"
    message = "This puumerkki requirement has ended and cannot begin again. Make a new one."
