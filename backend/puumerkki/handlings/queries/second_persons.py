"""Finds who may be the second person of a step in a handling."""

from uuid import UUID

from sqlalchemy import SelectBase, false, or_, union
from sqlalchemy.types import DateTime, Uuid
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries.applicants import applicants_for_ties, begun
from puumerkki.disqualification.queries.settled_ties import alleged, founded, in_network, unfounded
from puumerkki.disqualification.queries.tied import kept_out_sql
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.interests import umbrellas_for
from puumerkki.kernel.reads.statements import param
from puumerkki.networks.queries.second_persons import Asked, Bars, Candidates, second_persons

_KEY, _NOW = param("application", Uuid()), param("now", DateTime(timezone=True))


def _bars(*, said_too: bool) -> Bars:
    sides: SelectBase = union(applicants_for_ties(_KEY), umbrellas_for(_KEY, settled=True))
    here = in_network(param("network", Uuid()))
    return Bars(
        sides,
        begun(_KEY),
        spared=lambda tie: unfounded(tie, _KEY, here),
        kept_out=lambda person: or_(
            kept_out_sql(person, _KEY),
            founded(person, _KEY, here),
            false() if said_too else alleged(person, _KEY, here, _NOW),
        ),
    )


_UNTOUCHED, _SAID_TOO = Candidates(lambda: _bars(said_too=False)), Candidates(lambda: _bars(said_too=True))


async def to_ask(session: AsyncSession, handling: Handling, *, first_id: UUID) -> list[UUID]:
    """Who is asked to be one. Also who is said to be tied: once nobody says so any more, they may confirm it."""
    return list(await second_persons(session, second_persons_for(handling, first_id=first_id, said_too=True)))


def second_persons_for(
    handling: Handling, *, first_id: UUID, others: tuple[UUID, ...] = (), said_too: bool = False
) -> Asked:
    """One there since before the version arrived, and not of the first's side, an applicant's, or its umbrella's.

    `said_too`: also one who is said to be tied, while nobody has settled it.
    """
    return Asked(
        _SAID_TOO if said_too else _UNTOUCHED,
        handling.network_id,
        first_id,
        handling.received_at,
        others=others,
        given={"application": handling.application_id},
    )
