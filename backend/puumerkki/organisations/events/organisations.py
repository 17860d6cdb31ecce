"""The facts this room tells."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.access.roles import Role
from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.organisations.models.organisations import ConfirmationSource, RelationKind


@dataclass(frozen=True, kw_only=True)
class OrganisationCreated(Event):
    type = "organisation.created"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Event):
    type = "organisation.changed"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class OrganisationConfirmed(Event):
    """It is what it says, on whose word."""

    type = "organisation.confirmed"
    tier = Tier.public

    source: ConfirmationSource


@dataclass(frozen=True, kw_only=True)
class ConfirmationAsked(Event):
    """Its people ask, first or again, that it is confirmed."""

    type = "organisation.confirmation_asked"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ConfirmationRefused(Event):
    type = "organisation.confirmation_refused"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class OrganisationArchived(Event):
    type = "organisation.archived"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class OrganisationRestored(Event):
    type = "organisation.restored"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class OrganisationDeleted(Event):
    """The import that brought it in was undone, before anybody else had to do with it."""

    type = "organisation.deleted"
    tier = Tier.public


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    type = "organisation.contact_added"
    tier = Tier.parties

    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Event):
    type = "organisation.contact_changed"
    tier = Tier.parties

    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactRemoved(Event):
    type = "organisation.contact_removed"
    tier = Tier.parties

    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Event):
    """Somebody's roles in the organisation are now these."""

    type = "organisation.roles_changed"
    tier = Tier.parties

    principal_id: UUID
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class RelationAdded(Event):
    type = "organisation.relation_added"
    tier = Tier.public

    relation_id: UUID
    kind: RelationKind


@dataclass(frozen=True, kw_only=True)
class RelationAsked(Event):
    """A group says that the related organisation answers for it, which it has not accepted yet."""

    type = "organisation.relation_asked"
    tier = Tier.public

    relation_id: UUID
    kind: RelationKind


@dataclass(frozen=True, kw_only=True)
class RelationAccepted(Event):
    type = "organisation.relation_accepted"
    tier = Tier.public

    relation_id: UUID
    kind: RelationKind


@dataclass(frozen=True, kw_only=True)
class RelationRefused(Event):
    type = "organisation.relation_refused"
    tier = Tier.public

    relation_id: UUID
    kind: RelationKind


@dataclass(frozen=True, kw_only=True)
class RelationChanged(Event):
    type = "organisation.relation_changed"
    tier = Tier.public

    relation_id: UUID
    kind: RelationKind


@dataclass(frozen=True, kw_only=True)
class RelationRemoved(Event):
    type = "organisation.relation_removed"
    tier = Tier.public

    relation_id: UUID
    kind: RelationKind


@dataclass(frozen=True, kw_only=True)
class AffiliationDeclared(Event):
    type = "organisation.affiliation_declared"
    tier = Tier.own

    principal_id: UUID


@dataclass(frozen=True, kw_only=True)
class AffiliationWithdrawn(Event):
    type = "organisation.affiliation_withdrawn"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class NamingEvent(Event):
    """Of the organisation or network: an operator names somebody. Without the person, who may have no account yet."""

    tier = Tier.parties

    naming_id: UUID
    role: Role


@dataclass(frozen=True, kw_only=True)
class NamingProposed(NamingEvent):
    type = "naming.proposed"


@dataclass(frozen=True, kw_only=True)
class NamingConfirmed(NamingEvent):
    """The second operator."""

    type = "naming.confirmed"


@dataclass(frozen=True, kw_only=True)
class NamingObjected(NamingEvent):
    type = "naming.objected"


@dataclass(frozen=True, kw_only=True)
class NamingWithdrawn(NamingEvent):
    type = "naming.withdrawn"


@dataclass(frozen=True, kw_only=True)
class NamingDone(NamingEvent):
    type = "naming.done"


@dataclass(frozen=True, kw_only=True)
class NamingLapsed(NamingEvent):
    """No second operator confirmed it in time, or it was not needed any more."""

    type = "naming.lapsed"
