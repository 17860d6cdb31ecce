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
