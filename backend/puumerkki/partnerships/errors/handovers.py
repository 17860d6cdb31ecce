"""Errors of cases that are handed over."""

from puumerkki.kernel.errors import Conflict


class CaseHasPerson(Conflict):
    """Somebody whose case it is may act, or nothing is left to do."""

    code = "case_has_person"
    message = "Somebody in office who is not tied can act in this case, or the case is over. Nobody else is needed."
