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

    Of what is in force or open; of a draft that nobody else has seen nothing.
    """
    number = agreement.version_in_force or agreement.current_version
    if number is None:
        return frozenset()
    opened_at = (await queries.version(session, agreement.id, number)).created_at
    ids = tuple(party_ids)
    return frozenset(
        one
        for one in (P.agreements_write, P.agreements_sign)
        if (held := [id_ for id_ in ids if actor.may(one, id_)])
        and all(actor.named_lately(one, on=id_, opened_at=opened_at) for id_ in held)
    )
