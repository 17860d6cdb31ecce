"""This room's errors."""

from puumerkki.kernel.errors import Invalid, NotFound


class MunicipalityUnknown(NotFound):
    """No municipality has this code."""

    code = "municipality_unknown"
    message = "There is no municipality with this code."


class CodeUnknown(Invalid):
    """A classification has no such code."""

    code = "invalid"
