"""This room's errors."""

from puumerkki.kernel.errors import Conflict, Forbidden, NotFound


class BusinessIdTaken(Conflict):
    """Another organisation has this business id."""

    code = "business_id_taken"
    message = "Another organisation has this business id."


class RegisterNumberTaken(Conflict):
    """Another organisation has this register number."""

    code = "association_register_number_taken"
    message = "Another organisation has this number of the register of associations."


class ExternalIdTaken(Conflict):
    """Another organisation has this id in that system."""

    code = "external_id_taken"
    message = "Another organisation has this id in that system."


class OrganisationArchived(Conflict):
    """It is archived; restore it first."""

    code = "organisation_archived"
    message = "The organisation is archived."


class OrganisationActive(Conflict):
    """It is not archived."""

    code = "organisation_active"
    message = "The organisation is not archived."


class OrganisationUnconfirmed(Conflict):
    """Somebody adds it; somebody else says first that it is what it says."""

    code = "organisation_unconfirmed"
    message = (
        "The organisation is not confirmed yet. An officer of its home municipality, a coordinator or an operator "
        "confirms it."
    )


class OrganisationConfirmed(Conflict):
    """It was confirmed already."""

    code = "organisation_confirmed"
    message = "The organisation is confirmed already."


class ConfirmationNotAsked(Conflict):
    """It was refused; its people correct it and ask again."""

    code = "confirmation_not_asked"
    message = "Confirmation was refused. It can be confirmed once its people have asked again."


class ConfirmationAsked(Conflict):
    """Who can confirm it was asked already."""

    code = "confirmation_asked"
    message = "Confirmation has been asked for already."


class ConfirmsOwn(Forbidden):
    """Whoever added it, or has or had to do with it, is not who says that it is what it says."""

    code = "confirms_own_organisation"
    message = "Whoever added the organisation or has a tie to it does not confirm it. Another officer or operator does."


class OperatorConfirms(Forbidden):
    """A name that holds an authority's word."""

    code = "operator_confirms"
    message = "Its name holds a word that belongs to authorities. An operator confirms it."


class OperatorRenames(Forbidden):
    """A confirmed organisation's new name would hold an authority's word."""

    code = "operator_renames"
    message = "The new name holds a word that belongs to authorities. Ask the operator to change the name."


class TooManyUnconfirmed(Conflict):
    """One person adds so many, and then waits."""

    code = "too_many_unconfirmed"
    message = "Many organisations that you added wait for confirmation. Add more when some have been confirmed."


class NamesakeExists(Conflict):
    """Is it this one? `candidates` are those; sent again with their ids in `other_than`, it is another."""

    code = "namesake_exists"
    message = "An organisation with a name like this is here already. Say whether it is another one."


class HostOrContactNeeded(Conflict):
    """Somebody must answer for an unregistered group."""

    code = "host_or_contact_needed"
    message = "An unregistered group needs a host or a contact."


class LastOwner(Conflict):
    """An organisation keeps an administrator."""

    code = "last_owner"
    message = "The last administrator cannot be removed. Make somebody else an administrator first."


class OperatorsNameOwners(Forbidden):
    """Operators give and take no roles of others."""

    code = "operators_name_owners"
    message = (
        "An organisation's administrators say who has which role in it. An operator names an administrator; where there"
        " are some already, they are told, and it takes effect after seven days unless they object."
    )


class OwnerThere(Conflict):
    """The role is held by whom it was meant for, or somebody leads the network."""

    code = "naming_not_needed"
    message = "This person has the role already, or the network has a coordinator, who names others."


class NamingOpen(Conflict):
    """One naming of a role in a scope at a time."""

    code = "naming_open"
    message = "A naming is open here already. It takes effect, is objected to or is withdrawn first."


class NotYourNaming(Conflict):
    """Two operators are two people."""

    code = "not_second_operator"
    message = "Another operator confirms this: neither who proposed it nor who is named."


class OperatorNamed(Conflict):
    """Operators take no part, so they own nothing."""

    code = "operator_named"
    message = "Operators take no part in cases. Name somebody who is none; who needs both has an account for each."


class PersonUnknown(NotFound):
    """Nobody has this id."""

    code = "person_unknown"
    message = "There is nobody with this id."


class RelationExists(Conflict):
    """These two stand so already."""

    code = "relation_exists"
    message = "These organisations already have this relation at that time."


class RelationOver(Conflict):
    """What has ended is accepted no more."""

    code = "relation_over"
    message = "The relation has ended. Where it is added once more, the host is asked."


class HostAgreedUntil(Conflict):
    """The host accepted it until a day, and no longer."""

    code = "host_agreed_until"
    message = (
        "The host has accepted to answer for the group until that day. "
        "Add a relation from the day after; the host is asked about it."
    )


class RelationCycle(Conflict):
    """An organisation would be above itself."""

    code = "relation_cycle"
    message = "The other organisation already belongs to this one, directly or through others."
