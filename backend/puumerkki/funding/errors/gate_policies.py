"""Errors of gate policies."""

from puumerkki.kernel.errors import Conflict


class PolicyStarted(Conflict):
    """A policy that has been in force is ended, not changed or removed."""

    code = "policy_started"
    message = "This policy has been in force already: only its reason and its last day can change."
