"""Who may change an organisation: its own people, and the operator; and who says who has which role: its owners."""

from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.organisations.errors.organisations import OperatorsNameOwners


def is_operator(actor: Actor) -> bool:
    """Whether the actor keeps the directory of all organisations."""
    return actor.may(P.organisations_create)


def require_update(actor: Actor, organisation_id: UUID) -> None:
    """Forbidden unless the actor may change the organisation."""
    if not is_operator(actor):
        actor.require(P.organisations_update, on=organisation_id)


def require_people(actor: Actor, organisation_id: UUID) -> None:
    """Forbidden unless the actor may say who has which role. Operators name owners by a rule of its own (`namings`)."""
    if is_operator(actor) and not actor.may(P.people_manage, organisation_id):
        raise OperatorsNameOwners()
    actor.require(P.people_manage, on=organisation_id)
