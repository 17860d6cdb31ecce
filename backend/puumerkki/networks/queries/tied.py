"""Whether somebody is tied in any network in which an organisation decides."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.networks.models import NetworkMember
from puumerkki.networks.open_cases import tied_in_open_case
from puumerkki.networks.queries.electorates import VOTING


async def tied_anywhere(session: AsyncSession, organisation_id: UUID, principal_id: UUID) -> bool:
    """Whether a person is tied to an applicant of an open case of some network on which the organisation decides."""
    statement = select(NetworkMember.network_id).where(
        col(NetworkMember.organisation_id) == organisation_id, col(NetworkMember.state).in_(VOTING)
    )
    for network_id in (await session.exec(statement.order_by(col(NetworkMember.network_id)))).all():
        if await tied_in_open_case(
            session, network_id=network_id, organisation_id=organisation_id, principal_id=principal_id
        ):
            return True
    return False
