"""Who leads a network, and whose an organisation is that would join it: they do not take it in alone."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import SelectBase, and_, exists, func, or_, union
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant, Tie, TieKind
from puumerkki.access.roles import Role
from puumerkki.identity.making import made_by_each
from puumerkki.networks.models.decisions import DecisionState, NetworkDecision
from puumerkki.networks.models.networks import Network, NetworkMember, OfficeTerm
from puumerkki.networks.queries.electorates import lead_alone
from puumerkki.organisations.models.organisations import ConfirmationSource, Organisation


async def leading_its_own(session: AsyncSession, network: Network, member: NetworkMember) -> Sequence[UUID]:
    """Those of the network's lead whose the organisation is, with the accounts of their making through which it is.

    Of the lead is who leads, led since the members last decided something, named one of these, or invited the
    organisation. Theirs it is where they, or an account that they made, have or had a role or a declared post in it,
    at whatever time, added it to the register, or confirmed it: as a coordinator, or by such an account. Nobody is
    found while whoever leads has no member to ask yet. Operators, who lead nothing, are not counted.
    """
    if await lead_alone(session, network):
        return []
    operators = core_select(col(RoleGrant.principal_id)).where(col(RoleGrant.role) == Role.operator)
    lead = _lead(network.id, member.id).subquery("lead")
    made = made_by_each(core_select(lead.c[0]).where(lead.c[0].not_in(operators)))
    of_it = exists().where(
        col(Tie.principal_id) == made.c.id,
        col(Tie.organisation_id) == member.organisation_id,
        col(Tie.kind).in_([TieKind.role, TieKind.declared]),
    )
    as_lead = or_(col(Organisation.source) == ConfirmationSource.coordinator, made.c.id != made.c.first_id)
    said = and_(col(Organisation.confirmed_by) == made.c.id, as_lead)
    brought = exists().where(
        col(Organisation.id) == member.organisation_id, or_(col(Organisation.added_by) == made.c.id, said)
    )
    connection = await session.connection()
    found = await connection.execute(core_select(made.c.first_id, made.c.id).where(or_(of_it, brought)))
    return sorted({one for row in found for one in row})


def _lead(network_id: UUID, member_id: UUID) -> SelectBase:
    """SQL: who leads, led since the last decision or invited the member, and by hops who named them coordinators."""
    term, named, decision = aliased(OfficeTerm), aliased(OfficeTerm), aliased(NetworkDecision)
    decided = core_select(func.max(col(decision.done_at))).where(
        col(decision.network_id) == network_id, col(decision.state) == DecisionState.done
    )
    since = func.coalesce(decided.scalar_subquery(), col(term.from_at))
    leading = union(
        core_select(col(term.principal_id)).where(
            col(term.network_id) == network_id,
            col(term.role) == Role.coordinator,
            or_(col(term.until_at).is_(None), col(term.until_at) >= since),
        ),
        core_select(col(NetworkMember.invited_by)).where(
            col(NetworkMember.id) == member_id, col(NetworkMember.invited_by).is_not(None)
        ),
    ).subquery("leading")
    lead = core_select(leading.c[0].label("id")).cte("lead_by_hops", recursive=True)
    namers = core_select(col(named.named_by)).join(lead, col(named.principal_id) == lead.c.id)
    lead = lead.union(
        namers.where(
            col(named.network_id) == network_id, col(named.role) == Role.coordinator, col(named.named_by).is_not(None)
        )
    )
    return core_select(lead.c.id)
