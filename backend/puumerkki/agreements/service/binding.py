"""Which parties an actor binds: not by a role that an operator's naming gave after the version was there."""

from collections.abc import Iterable
from uuid import UUID

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements.models import AgreementVersion


def bound_by(
    actor: Actor, permission: P, party_ids: Iterable[UUID], version: AgreementVersion | None
) -> tuple[UUID, ...]:
    """Those of the parties that the actor, who has the permission in each, binds to a version."""
    if version is None:
        return ()
    return tuple(one for one in party_ids if actor.acts_in(permission, one, opened_at=version.created_at))
