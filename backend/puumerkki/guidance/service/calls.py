"""What a call asks of whoever wants to apply: which networks, by which day, for which of their organisations."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.calls import queries
from puumerkki.calls.models import FundingCall
from puumerkki.guidance.schemas_of_calls import ApplicantMembership, CallApplicant, CallGuidance, CallNeed, CallNetwork
from puumerkki.guidance.service.answering import days_to_answer, required_by
from puumerkki.guidance.workflow.applications import last_useful_day
from puumerkki.kernel import clock
from puumerkki.needs.models import Need, NeedState
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember
from puumerkki.networks.queries.participation import takes_part
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.queries.gate_policies import gives_endorsements

NEEDS = 5
"""So many needs are shown, the newest first."""
_COMING = {MemberState.requested: ApplicantMembership.requested, MemberState.invited: ApplicantMembership.invited}


async def call_guidance(session: AsyncSession, *, actor: Actor, call_id: UUID) -> CallGuidance:
    """What it takes to apply, for the organisations for which the actor writes; without any, what all may know."""
    call = await queries.call(session, actor, call_id)
    closes_on, today = clock.last_day(call.closes_at), clock.today()
    required = await required_by(session, call.id)
    applicants = await _applicants(session, actor, call)
    standings = await _standings(session, applicants)
    ids = {*required, *(network_id for network_id, _ in standings)}
    networks = await session.exec(
        select(Network).where(col(Network.id).in_(ids), gives_endorsements()).order_by(col(Network.sort_key))
    )
    days = await days_to_answer(session, ids)
    found = []
    for one in networks.all():
        submit_by = last_useful_day(closes_on, days[one.id]) if one.id in days else None
        shown = [
            CallApplicant(id=of.id, names=of.names, standing=_standing(of, standings.get((one.id, of.id))))
            for of in applicants
            if one.id in required or (one.id, of.id) in standings
        ]
        found.append(
            CallNetwork(
                id=one.id,
                names=one.names,
                required_by=required.get(one.id, []),
                days=days.get(one.id),
                submit_by=submit_by,
                late=submit_by is not None and submit_by < today,
                applicants=shown,
            )
        )
    found.sort(key=lambda one: not one.required_by)
    return CallGuidance(closes_on=closes_on, networks=found, needs=await _needs(session, [one.id for one in found]))


async def _applicants(session: AsyncSession, actor: Actor, call: FundingCall) -> Sequence[Organisation]:
    """The organisations for which the actor writes, and whose legal form the call admits."""
    ids = actor.organisations(P.applications_write)
    if not ids:
        return []
    statement = select(Organisation).where(col(Organisation.id).in_(ids)).order_by(col(Organisation.sort_key))
    if call.legal_forms:
        statement = statement.where(col(Organisation.legal_form).in_(call.legal_forms))
    return (await session.exec(statement)).all()


def _standing(of: Organisation, found: ApplicantMembership | None) -> ApplicantMembership:
    """Nobody joins, nor answers an invitation, before the organisation has been confirmed."""
    standing = found or ApplicantMembership.outside
    joins = standing in (ApplicantMembership.outside, *_COMING.values())
    return ApplicantMembership.unconfirmed if joins and of.confirmed_at is None else standing


async def _standings(
    session: AsyncSession, applicants: Sequence[Organisation]
) -> Mapping[tuple[UUID, UUID], ApplicantMembership]:
    """By network and organisation, where there is more than nothing between them."""
    columns: Any = select(
        col(NetworkMember.network_id),
        col(NetworkMember.organisation_id),
        col(NetworkMember.state),
        takes_part(clock.today()),
    )
    open_ = (MemberState.active, *_COMING)
    rows = await session.exec(
        columns.where(
            col(NetworkMember.organisation_id).in_([one.id for one in applicants]), col(NetworkMember.state).in_(open_)
        )
    )
    return {
        (network_id, organisation_id): _COMING.get(
            state, ApplicantMembership.ready if takes else ApplicantMembership.rulebook
        )
        for network_id, organisation_id, state, takes in rows.all()
    }


async def _needs(session: AsyncSession, ids: Sequence[UUID]) -> list[CallNeed]:
    """What the networks have agreed on and nobody has met: public, as their list has it."""
    statement = (
        select(Need)
        .where(col(Need.network_id).in_(ids), col(Need.state) == NeedState.agreed)
        .order_by(col(Need.created_at).desc(), col(Need.id))
        .limit(NEEDS)
    )
    return [
        CallNeed(id=one.id, title=one.title, language=one.language, network_id=one.network_id)
        for one in (await session.exec(statement)).all()
    ]
