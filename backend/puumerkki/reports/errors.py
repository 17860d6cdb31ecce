"""Errors of this room."""

from puumerkki.kernel.errors import Conflict


class ReportExists(Conflict):
    code = "report_exists"
    message = "The organisation has a report on this for that year."


class ReportIncomplete(Conflict):
    code = "report_incomplete"
    message = "What was done is needed first."


class ReportFixed(Conflict):
    code = "report_fixed"
    message = "What was submitted changes only once it is returned."


class OwnReport(Conflict):
    """A report is accepted or returned by another person than who submitted it."""

    code = "own_report"
    message = "Who submitted a report does not accept or return it: somebody else of the receiving party does."


class EvaluationExists(Conflict):
    code = "evaluation_exists"
    message = "The organisation has evaluated that year: change what it said."


class EvaluationsComplete(Conflict):
    code = "evaluations_complete"
    message = "All parties have evaluated that year: what they said stays."
