"""What an organisation is invited to: by which networks, and from when it can answer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.reads.listings import Filter, Listing, Sort
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.networks.queries.readable import member_readable
from puumerkki.organisations.models.organisations import Organisation

DAYS_FOR_INVITATION = 30
ITS_ORGANISATION = col(Organisation.id) == col(NetworkMember.organisation_id)
_ITS_NETWORK = col(Network.id) == col(NetworkMember.network_id)
CONFIRMED = col(Organisation.confirmed_at).is_not(None)
"""SQL over `organisation`: nobody becomes a member before."""


def answerable_since() -> ColumnElement[Any]:
    """SQL over a member and its organisation: since when it can answer, or be answered."""
    since: ColumnElement[Any] = func.greatest(col(NetworkMember.updated_at), col(Organisation.confirmed_at))
    return since


def _waits() -> ColumnElement[bool]:
    return and_(col(NetworkMember.state) == MemberState.invited, col(Network.state) != NetworkState.closed)


INVITATIONS = Listing(
    name="network_invitations",
    item={
        "id": col(NetworkMember.id),
        "network_id": col(NetworkMember.network_id),
        "network_names": col(Network.names),
        "organisation_id": col(NetworkMember.organisation_id),
        "answer_by": case((CONFIRMED, days_after(answerable_since(), DAYS_FOR_INVITATION))),
    },
    source=lambda found: (
        found.select_from(NetworkMember)
        .join(Network, _ITS_NETWORK)
        .join(Organisation, ITS_ORGANISATION)
        .where(_waits())
    ),
    sorts={"name": Sort((col(Network.sort_key), col(NetworkMember.id)))},
    readable=member_readable,
    filters={"organisation": Filter(col(NetworkMember.organisation_id))},
)


async def inviting(session: AsyncSession, organisation_id: UUID) -> Sequence[Mapping[str, str]]:
    """The names of the networks that invite an organisation."""
    found = await session.exec(
        select(Network.names)
        .join(NetworkMember, _ITS_NETWORK)
        .where(col(NetworkMember.organisation_id) == organisation_id, _waits())
        .order_by(col(Network.sort_key), col(Network.id))
    )
    return found.all()
