"""This room's errors."""

from puumerkki.kernel.errors import Conflict, Forbidden


class PeopleOnly(Forbidden):
    """A service account asked for what only people do."""

    code = "people_only"
    message = "Only people can do this, not service accounts."


class OrganisationActsNoMore(Forbidden):
    """The role is in an archived organisation."""

    code = "organisation_acts_no_more"
    message = "The organisation is archived: it can be read, withdraw and leave. The operator can bring it back."


class OrganisationUnconfirmed(Forbidden):
    """The role is in an organisation that nobody has confirmed yet."""

    code = "organisation_unconfirmed"
    message = (
        "The organisation is not confirmed yet. An officer of its home municipality, a coordinator or an operator "
        "confirms it."
    )


class OperatorsTakeNoPart(Forbidden):
    """Whoever runs the platform leads, votes, prepares and decides nothing."""

    code = "operators_take_no_part"
    message = "Operators take no part in cases. Somebody else of the organisation or network does this."


class TiedInOpenCase(Conflict):
    """Whoever is tied changes nothing of who decides."""

    code = "tied_in_open_case"
    message = (
        "You are tied to an applicant of a case on which the organisation decides. Until it is decided, another of its"
        " administrators does this, or you do it after the decision."
    )


class NamedSince(Conflict):
    """A role that an operator's naming gave acts in nothing that was open before."""

    code = "named_since"
    message = (
        "Your role comes from an operator's naming that took effect after this was opened. Somebody else does this; you"
        " take part in what is opened from now on, and from the next version on. What ends or binds the organisation"
        " you can do 14 days after the naming."
    )
