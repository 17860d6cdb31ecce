"""What the next step in a handling depends on."""

from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.discussions.models import PointState, PointToMend
from puumerkki.disqualification.queries.tied import is_tied
from puumerkki.endorsements.models.revocations import RevocationState
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.endorsements.queries.revocations import newest_revocation
from puumerkki.guidance.workflow.asked import Ask
from puumerkki.guidance.workflow.handlings import HandlingFacts, OwnVote
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.handlings.queries import ballots, views
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.service.handling_context import load_context
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.meetings.models import Meeting, MeetingState
from puumerkki.networks.decision_rule import DecisionMethod
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.networks.tally import Outcome
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.partner_requests import PartnerRequest


async def handling_facts(
    session: AsyncSession, actor: Actor, handling: Handling, asks: tuple[Ask, ...]
) -> HandlingFacts:
    """The facts of a handling that the actor may know of, as far as they may know them."""
    application = await session.get_one(Application, handling.application_id)
    network = await session.get_one(Network, handling.network_id)
    context = await load_context(session, actor=actor, application=application, handling=handling)
    applicants = await acting_ids(session, application.id, handling.version_number)
    who = ForApplicants(context.actor or actor, application.id, applicants)
    available = HANDLING.available(handling, actor=who, facts=context.facts)
    applies = any(actor.may(P.applications_read, one) for one in applicants)
    inside = actor.may(P.handlings_read, handling.network_id)
    leads = actor.may(P.handlings_lead, handling.network_id)
    returned = handling.state is HandlingState.returned
    rule = await queries.rule_of(session, handling)
    return HandlingFacts(
        id=handling.id,
        application_id=application.id,
        today=clock.today(),
        network=network.names,
        state=handling.state,
        version=handling.version_number,
        handle_by=handling.handle_by,
        received_on=clock.day_of(handling.received_at),
        decided_on=handling.decided_at and clock.day_of(handling.decided_at),
        applies=applies,
        leads=leads,
        tied=leads and await _is_tied(session, actor, handling),
        answer_by=handling.answer_by if returned else None,
        may=frozenset(one.action for one in available if one.allowed),
        asks=asks,
        decides=handling.decides,
        by_meeting=rule is not None and rule.method is DecisionMethod.meeting_decides,
        read=await queries.has_reading(session, handling),
        electors=context.facts.base,
        newer_version=(application.current_version or 0) > handling.version_number,
        case_number=await _case_number(session, application.id) if applies else None,
        **(await _of_network(session, handling) if inside else {}),
        **(await _points(session, handling) if inside or applies else {}),
        **(await _ballot(session, actor, handling, context.ballot) if context.ballot else {}),
        **await _endorsement(session, handling),
    )


async def _is_tied(session: AsyncSession, actor: Actor, handling: Handling) -> bool:
    person, network_id = actor.person_id(), handling.network_id
    return await is_tied(session, person, handling.application_id, network_id=network_id)


async def _case_number(session: AsyncSession, application_id: UUID) -> str | None:
    """The number of the first case, which the applicants were told when they submitted."""
    statement = select(PartnerRequest.case_number).where(col(PartnerRequest.application_id) == application_id)
    return (await session.exec(statement.order_by(col(PartnerRequest.arrived_at)).limit(1))).first()


async def _of_network(session: AsyncSession, handling: Handling) -> dict[str, Any]:
    """What only the network knows: a decision that waits or is about to hold, and its next meeting."""
    decisions = [
        one
        for one in await queries.decisions(session, handling.id)
        if one.fell_at is None and one.effective_at is None and one.version_number == handling.version_number
    ]
    meeting = await session.exec(
        select(Meeting.starts_at)
        .where(
            col(Meeting.network_id) == handling.network_id,
            col(Meeting.state) == MeetingState.planned,
            col(Meeting.starts_at) > clock.now(),
        )
        .order_by(col(Meeting.starts_at))
        .limit(1)
    )
    starts_at = meeting.first()
    holds = next((one.holds_at for one in decisions if one.confirmed_at and one.holds_at), None)
    return {
        "decision_waits": any(one.confirmed_at is None for one in decisions),
        "holds_on": holds and clock.last_day(holds),
        "next_meeting": starts_at and clock.day_of(starts_at),
    }


async def _points(session: AsyncSession, handling: Handling) -> dict[str, Any]:
    statement = (
        select(PointToMend.state, func.count())
        .where(col(PointToMend.subject_kind) == "handling", col(PointToMend.subject_id) == handling.id)
        .group_by(col(PointToMend.state))
    )
    found = dict((await session.exec(statement)).all())
    open_ = found.get(PointState.open, 0)
    answered = found.get(PointState.answered, 0)
    return {"points": open_ + answered, "answered": answered}


async def _ballot(session: AsyncSession, actor: Actor, handling: Handling, ballot: Ballot) -> dict[str, Any]:
    """The newest ballot on giving the puumerkki: of others' votes the turnout alone."""
    if ballot.purpose is not BallotPurpose.give or ballot.state is BallotState.annulled:
        return {}
    opened = {"reviewed_on": clock.day_of(ballot.opened_at)}
    if ballot.state is BallotState.closed or ballot.closes_at <= clock.now():
        return opened | {
            "outcome": Outcome(ballot.result["outcome"]) if ballot.result else None,
            "effect_on": ballot.takes_effect_at and clock.last_day(ballot.takes_effect_at),
            "unanswered": await _unanswered(session, ballot),
        }
    shown = await views.ballot(session, actor, handling, ballot)
    own = shown["own_votes"][:1]
    names = [await _member(session, one["member_id"]) for one in own]
    return opened | {
        "closes_at": ballot.closes_at,
        "closes_on": clock.last_day(ballot.closes_at),
        "turnout": shown["turnout"],
        "base": shown["base"],
        "vote": OwnVote.recorded if own and own[0]["recorded"] else OwnVote.cast if own else OwnVote.none,
        "member": tuple(names),
        "may_vote": any(one["member_id"] in shown["may_vote_for"] for one in own),
    }


async def _unanswered(session: AsyncSession, ballot: Ballot) -> int:
    votes = await ballots.votes(session, ballot.id) if ballot.result else ()
    return sum(one.condition is not None and one.condition_taken is None for one in votes)


async def _member(session: AsyncSession, member_id: UUID) -> dict[str, str]:
    statement = (
        select(col(Organisation.names))
        .join(NetworkMember, col(NetworkMember.organisation_id) == col(Organisation.id))
        .where(col(NetworkMember.id) == member_id)
    )
    return dict((await session.exec(statement)).one())


async def _endorsement(session: AsyncSession, handling: Handling) -> dict[str, Any]:
    found = await endorsement_in_force(session, handling.id)
    if found is None:
        return {}
    revocation = await newest_revocation(session, handling.id)
    return {
        "number": found.number,
        "valid_until": found.valid_until,
        "conditions": sum(not one["met"] for one in found.conditions),
        "under_review": revocation is not None and revocation.state is RevocationState.open,
    }
