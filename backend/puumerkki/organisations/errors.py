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
