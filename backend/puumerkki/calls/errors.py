"""Errors about calls."""

from puumerkki.kernel.errors import Conflict


class CallNotDraft(Conflict):
    """Once published, a call keeps what applicants relied on."""

    code = "call_published"
    message = "The call has been published: only its texts and a later closing can still change."


class CallCannotCloseEarlier(Conflict):
    """A published call may be prolonged, never cut short."""

    code = "call_cannot_close_earlier"
    message = "A published call may close later, not earlier."


class CallCancelled(Conflict):
    """A cancelled call does not change."""

    code = "call_cancelled"
    message = "The call has been cancelled."


class CallOver(Conflict):
    """It makes no sense to publish what has closed already."""

    code = "call_over"
    message = "The call closes in the past."
