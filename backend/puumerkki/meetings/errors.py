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


class MeetingNotHeld(Conflict):
    """Only a meeting that was held has chosen somebody."""

    code = "meeting_not_held"
    message = "Record first that the meeting was held."


class ChoiceConfirmed(Conflict):
    """Two members have confirmed it already."""

    code = "choice_confirmed"
    message = "Two members have confirmed this choice already."


class NotConfirmer(Conflict):
    """This person cannot confirm the choice."""

    code = "not_confirmer"
    message = (
        "A choice is confirmed by two members of different organisations: not the coordinator's organisation, not who"
        " recorded the choice, and not the person who was chosen."
    )


class ChoiceOverrun(Conflict):
    """What a meeting chose is carried out no more."""

    code = "choice_overrun"
    message = (
        "The members have chosen somebody else since this meeting, or the person's account is closed. Record what a"
        " newer meeting chose, or let the members vote."
    )
