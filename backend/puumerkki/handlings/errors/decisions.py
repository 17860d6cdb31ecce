"""What blocks that a meeting's decision is recorded or confirmed."""

from puumerkki.kernel.errors import Conflict


class NotInOffice(Conflict):
    """This person came to the office after the version had arrived."""

    code = "not_in_office"
    message = (
        "Whoever records or confirms a meeting's decision was in office before this version arrived. Somebody else"
        " does it, or the members vote."
    )


class NotPresent(Conflict):
    """This person's organisation was not in the meeting."""

    code = "not_present"
    message = (
        "Whoever records or confirms a meeting's decision was there: the meeting's attendance names their organisation."
        " Somebody else does it, or the members vote."
    )


class OneSide(Conflict):
    """Recorder and confirmer are of one organisation."""

    code = "one_side"
    message = (
        "A decision is recorded and confirmed by people of different organisations, which share no administrator or"
        " signatory. Somebody else confirms it, or the members vote."
    )


class DecisionStands(Conflict):
    """A meeting's decision was confirmed and waits for those who were there."""

    code = "decision_stands"
    message = (
        "A meeting's decision has been confirmed. It takes effect when two more of those present say so, or after the"
        " days in which they can say otherwise."
    )


class WordsOver(Conflict):
    """The days in which those present could speak are over."""

    code = "words_over"
    message = "The days in which those who were there could say otherwise are over."


class WasNotThere(Conflict):
    """This member is not one that could say so: it was not there, or could not have decided; or its people did it."""

    code = "was_not_there"
    message = (
        "Members who are named in the record or the attendance, or could have decided, can say that it was not so."
        " That it was so is said by untied people of members who were there: not by those who recorded and confirmed it"
        " or their organisations, and by who spoke for the member before this version arrived."
    )


class RecorderTied(Conflict):
    """Who recorded or confirmed a meeting's decision is tied by now."""

    code = "recorder_tied"
    message = (
        "Whoever recorded or confirmed this decision has a tie to an applicant by now. The members vote, or another"
        " meeting decides."
    )


class MeetingDenied(Conflict):
    """Somebody who was there said that this meeting did not decide so."""

    code = "meeting_denied"
    message = (
        "Somebody who was there said that this meeting did not decide so, and it was not confirmed by two more. The"
        " members vote, or another meeting decides."
    )
