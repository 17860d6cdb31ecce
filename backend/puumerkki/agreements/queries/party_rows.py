"""Who is a party of which version, and who stands in whose place."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements.queries.agreements import parties
from puumerkki.organisations.models.organisations import Organisation


async def parties_at(session: AsyncSession, agreement_id: UUID, number: int | None) -> Sequence[Organisation]:
    """The parties that a version names, in their order; of the working copy (None) those that it would name."""
    if number is None:
        return [organisation for _, organisation in await parties(session, agreement_id)]
    return [
        organisation
        for party, organisation in await parties(session, agreement_id, ever=True)
        if party.after_version < number and (party.last_version is None or number <= party.last_version)
    ]


async def stands_for(session: AsyncSession, agreement_id: UUID) -> dict[UUID, UUID]:
    """Who acts in the place of former parties, by the former's id."""
    rows = [party for party, _ in await parties(session, agreement_id, ever=True)]
    known = {one.organisation_id: one.succeeded_by_id for one in rows if one.succeeded_by_id is not None}
    found = {}
    for former, successor in known.items():
        while successor in known:
            successor = known[successor]
        found[former] = successor
    return found
