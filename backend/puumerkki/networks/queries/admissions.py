"""Who leads a network and is of an organisation that would join it: they do not take it in alone."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import SelectBase, exists, or_, union
from sqlalchemy import select as core_select
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Principal, RoleGrant, Tie, TieKind
from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.networks.models import Network, NetworkMember
from puumerkki.networks.queries.electorates import lead_alone
from puumerkki.organisations.models import Organisation


async def leading_its_own(session: AsyncSession, network: Network, member: NetworkMember) -> Sequence[UUID]:
    """Those who lead the network, have named who does, or invited the organisation, and are or were of it.

    Of it is whoever has or had a role or a declared post there, at whatever time, or added it to the register. Nobody
    is found while whoever leads the network has no member to ask yet. Operators, who lead nothing, are not counted.
    """
    if await lead_alone(session, network):
        return []
    now = clock.now()
    leads = (col(RoleGrant.scope_id) == network.id, col(RoleGrant.role) == Role.coordinator)
    held = or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > now)
    leading: SelectBase = union(
        core_select(col(RoleGrant.principal_id)).where(*leads, held),
        core_select(col(RoleGrant.granted_by)).where(*leads, held),
        core_select(col(NetworkMember.invited_by)).where(col(NetworkMember.id) == member.id),
    )
    operators = core_select(col(RoleGrant.principal_id)).where(col(RoleGrant.role) == Role.operator)
    was_of_it = exists().where(
        col(Tie.principal_id) == col(Principal.id),
        col(Tie.organisation_id) == member.organisation_id,
        col(Tie.kind).in_([TieKind.role, TieKind.declared]),
    )
    added = exists().where(
        col(Organisation.id) == member.organisation_id, col(Organisation.added_by) == col(Principal.id)
    )
    found = await session.exec(
        select(Principal.id)
        .where(
            col(Principal.id).in_(leading),
            col(Principal.id).not_in(operators),
            or_(was_of_it, added),
        )
        .order_by(col(Principal.id))
    )
    return found.all()
