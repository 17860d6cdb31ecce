"""To whom an application goes, as far as the application tells: the states of what others have of it."""

from enum import StrEnum


class HandlingState(StrEnum):
    """Where a handling is. `stated`: an advisory network gave its statement."""

    received = "received"
    in_review = "in_review"
    returned = "returned"
    in_ballot = "in_ballot"
    endorsed = "endorsed"
    declined = "declined"
    stated = "stated"
    lapsed = "lapsed"
    withdrawn = "withdrawn"


class PartnerRequestState(StrEnum):
    """Where an authority's case is."""

    arrived = "arrived"
    referred = "referred"
    in_preparation = "in_preparation"
    supplement_asked = "supplement_asked"
    decided = "decided"
    withdrawn = "withdrawn"
