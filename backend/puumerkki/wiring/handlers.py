"""All reactions at a glance: event → handlers, run in the transaction of the event."""

from puumerkki.agreements.service.contacts import after_role_revoked, after_roles_changed
from puumerkki.identity.events import RoleRevoked
from puumerkki.kernel.events import Event, Handler
from puumerkki.organisations.events import RolesChanged

HANDLERS: dict[type[Event], tuple[Handler, ...]] = {
    RoleRevoked: (after_role_revoked,),
    RolesChanged: (after_roles_changed,),
}
