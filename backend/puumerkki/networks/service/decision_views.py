"""A decision about the network as one object, as far as whoever asks may see it: never how others voted."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.identity.models import User
from puumerkki.networks import queries
from puumerkki.networks.models.decisions import DecisionState, DecisionWay, NetworkDecision
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import decisions
from puumerkki.networks.schemas.decisions import DecisionResult, NetworkDecisionPublic, NetworkDecisionSummary, OwnVote
from puumerkki.networks.service.decision_counts import vote_so_far
from puumerkki.networks.service.decision_mails import subject_name
from puumerkki.networks.service.decision_steps import gather_facts
from puumerkki.networks.workflow.decisions import NETWORK_DECISION
from puumerkki.organisations.models.organisations import Organisation

SEES_MISSING = (P.networks_lead, P.handlings_confirm)


async def decision_public(session: AsyncSession, *, actor: Actor, of: NetworkDecision) -> NetworkDecisionPublic:
    """The decision for one person."""
    network = await queries.network(session, of.network_id)
    facts = await gather_facts(session, network, of, actor)
    electors = await decisions.electors_of(session, of)
    names = await _names(session, electors)
    votes = {one.member_id: one for one in await decisions.votes_of(session, of.id)}
    now = await vote_so_far(session, of) if of.way is DecisionWay.vote else None
    represented = actor.represented_members(network.id)
    change = of.kind.change
    waiting = of.state is DecisionState.open and of.way is DecisionWay.vote
    return NetworkDecisionPublic(
        **{name: getattr(of, name) for name in NetworkDecisionSummary.model_fields},
        subject_id=of.subject_id,
        subject_name=await subject_name(session, of),
        reason=of.reason,
        accept_days=of.accept_days,
        met_on=of.met_on,
        present_member_ids=of.present_member_ids,
        proposed_by=of.proposed_by,
        proposer_name=(await session.get_one(User, of.proposed_by)).name,
        confirmer_name=(await session.get_one(User, of.confirmed_by)).name if of.confirmed_by else None,
        objection=of.objection,
        result=DecisionResult.model_validate(of.result) if of.result else None,
        may_vote=now.tally.base if now else 0,
        have_voted=now.tally.turnout if now else 0,
        closes_early=bool(of.rule and of.rule.get("closes_early")),
        missing=[names[one.id] for one in electors if one.id in now.missing]
        if now and waiting and any(actor.may(one, network.id) for one in SEES_MISSING)
        else None,
        own=[
            OwnVote(
                member_id=one.id,
                organisation_names=names[one.id],
                choice=votes[one.id].choice if one.id in votes else None,
                early_close=one.id in votes and votes[one.id].early_close,
            )
            for one in electors
            if one.organisation_id in represented
        ],
        possible_on=facts.waits.get(change) if change is not None else None,
        done_at=of.done_at,
        available_actions=NETWORK_DECISION.available(of, actor=actor, facts=facts),
    )


async def _names(session: AsyncSession, members: list[NetworkMember]) -> dict[UUID, dict[str, str]]:
    found = await session.exec(
        select(NetworkMember.id, Organisation.names)
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(col(NetworkMember.id).in_([one.id for one in members]))
    )
    return {member_id: dict(names) for member_id, names in found.all()}
