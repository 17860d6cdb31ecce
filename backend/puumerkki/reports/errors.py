"""Errors of this room."""

from puumerkki.kernel.errors import Conflict


class ReportExists(Conflict):
    code = "report_exists"
    message = "The organisation has a report on this for that year."


class ReportIncomplete(Conflict):
    code = "report_incomplete"
    message = "First enter what was done."


class ReportFixed(Conflict):
    code = "report_fixed"
    message = "A submitted report can be changed only once it has been returned."


class OwnReport(Conflict):
    """A report is accepted or returned by another person than who submitted it."""

    code = "own_report"
    message = "Whoever submitted a report cannot accept or return it: somebody else of the receiving party does."


class EvaluationExists(Conflict):
    code = "evaluation_exists"
    message = "The organisation has already evaluated that year: change its evaluation."


class EvaluationsComplete(Conflict):
    code = "evaluations_complete"
    message = "All parties have evaluated that year: the evaluations can no longer be changed."
