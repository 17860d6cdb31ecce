"""This room's errors."""

from puumerkki.kernel.errors import Conflict


class NetworkClosed(Conflict):
    """A closed network meets no more."""

    code = "network_closed"
    message = "This network is closed."


class MeetingCancelled(Conflict):
    """What was cancelled is not changed."""

    code = "meeting_cancelled"
    message = "This meeting has been cancelled."


class MeetingNotBegun(Conflict):
    """A meeting is held once it has begun."""

    code = "meeting_not_begun"
    message = "This meeting has not begun yet."


class MemberNotActive(Conflict):
    """Only active members are present."""

    code = "member_not_active"
    message = "This member is not active in the network."
