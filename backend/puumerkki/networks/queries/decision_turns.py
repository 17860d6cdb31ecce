"""Whose vote stands in a decision about the network: blocs, and one person for one member. Hold the decision's lock."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.networks.errors.representatives import RepresentativeVoted, SpeaksForAnother
from puumerkki.networks.models.decisions import NetworkDecision, NetworkDecisionElector, NetworkDecisionVote
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.turns import by_representative, spoken_elsewhere, voted_for_another

_ON = col(NetworkDecisionVote.decision_id)


async def bloc_rows(session: AsyncSession, of: NetworkDecision) -> list[NetworkDecisionElector]:
    """The electors, with the bloc of each."""
    statement = select(NetworkDecisionElector).where(col(NetworkDecisionElector.decision_id) == of.id)
    return list((await session.exec(statement.order_by(col(NetworkDecisionElector.member_id)))).all())


async def nobody_left(session: AsyncSession, of: NetworkDecision, member_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of some members for whom nobody speaks but people who have voted for another."""
    statement = spoken_elsewhere(
        NetworkDecisionVote, _ON, of.id, members=col(NetworkMember.id).in_(list(member_ids)), now=clock.now()
    )
    return frozenset((await session.exec(statement)).all())


async def require_turn(session: AsyncSession, of: NetworkDecision, member: NetworkMember, person_id: UUID) -> None:
    """A Conflict where this person's vote does not stand for the member."""
    another = voted_for_another(NetworkDecisionVote, _ON, of.id, person=person_id, member=member.id)
    elsewhere = (await session.exec(select(NetworkDecisionVote.member_id).where(*another).limit(1))).first()
    if elsewhere is not None:
        raise SpeaksForAnother(member_id=str(elsewhere))
    before = by_representative(
        NetworkDecisionVote,
        _ON,
        of.id,
        person=person_id,
        member=member.id,
        network=of.network_id,
        organisation=member.organisation_id,
    )
    if (await session.exec(select(NetworkDecisionVote.id).where(*before).limit(1))).first() is not None:
        raise RepresentativeVoted()
