"""Who may change an organisation: its own people, and the operator."""

from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P


def is_operator(actor: Actor) -> bool:
    """Whether the actor keeps the directory of all organisations."""
    return actor.may(P.organisations_create)


def require_update(actor: Actor, organisation_id: UUID) -> None:
    """Forbidden unless the actor may change the organisation."""
    if not is_operator(actor):
        actor.require(P.organisations_update, on=organisation_id)


def require_people(actor: Actor, organisation_id: UUID) -> None:
    """Forbidden unless the actor may say who has which role."""
    if not is_operator(actor):
        actor.require(P.people_manage, on=organisation_id)
