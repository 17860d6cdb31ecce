"""Which parties an actor binds: not by a role that an operator's naming gave after the version was there."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements.models import Agreement, AgreementVersion
from puumerkki.agreements.queries import agreements as queries


def bound_by(
    actor: Actor, permission: P, party_ids: Iterable[UUID], version: AgreementVersion | None
) -> tuple[UUID, ...]:
    """Those of the parties that the actor, who has the permission in each, binds to a version."""
    if version is None:
        return ()
    return tuple(one for one in party_ids if actor.acts_in(permission, one, opened_at=version.created_at))


async def lately(session: AsyncSession, actor: Actor, agreement: Agreement, party_ids: Iterable[UUID]) -> frozenset[P]:
    """What the actor may do for some of the parties by an operator's naming of the last days alone.

    Who writes ends what is open, who signs what is in force; of a draft that nobody else has seen nothing.
    """
    ends = {P.agreements_write: agreement.current_version, P.agreements_sign: agreement.version_in_force}
    ids, found = tuple(party_ids), set()
    for permission, number in ends.items():
        held = [one for one in ids if actor.may(permission, one)]
        if number is None or not held:
            continue
        opened_at = (await queries.version(session, agreement.id, number)).created_at
        if all(actor.named_lately(permission, on=one, opened_at=opened_at) for one in held):
            found.add(permission)
    return frozenset(found)
