"""Who may be the second person of a step in a handling."""

from uuid import UUID

from sqlalchemy import SelectBase, false, or_, union
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.queries.applicants import applicants_for_ties, begun
from puumerkki.funding.queries.interests import umbrellas_for
from puumerkki.funding.queries.settled_ties import alleged, founded, in_network, unfounded
from puumerkki.funding.queries.tied import kept_out_sql
from puumerkki.kernel import clock
from puumerkki.networks.queries.second_persons import Asked, second_persons


async def to_ask(session: AsyncSession, handling: Handling, *, first_id: UUID) -> list[UUID]:
    """Who is asked to be one. Also who is said to be tied: once nobody says so any more, they may confirm it."""
    return list(await second_persons(session, wanted(handling, first_id=first_id, said_too=True)))


def wanted(handling: Handling, *, first_id: UUID, others: tuple[UUID, ...] = (), said_too: bool = False) -> Asked:
    """One there since before the version arrived, and not of the first's side, an applicant's, or its umbrella's.

    `said_too`: also one who is said to be tied, while nobody has settled it.
    """
    id_ = handling.application_id
    sides: SelectBase = union(applicants_for_ties(id_), umbrellas_for(id_, settled=True))
    here, now = in_network(handling.network_id), clock.now()
    return Asked(
        handling.network_id,
        first_id,
        sides,
        begun(id_),
        handling.received_at,
        spared=lambda tie: unfounded(tie, id_, here),
        kept_out=lambda person: or_(
            kept_out_sql(person, id_),
            founded(person, id_, here),
            false() if said_too else alleged(person, id_, here, now),
        ),
        others=others,
    )
