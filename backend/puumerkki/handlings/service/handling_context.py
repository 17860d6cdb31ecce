"""Locks a handling and gathers what a step needs, in the order of locks: application, handling, ballot."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import applicants_of, have_left
from puumerkki.disqualification.queries.tie_questions import is_alleged
from puumerkki.disqualification.queries.tied import is_tied, kept_out
from puumerkki.endorsements.models.conditions import ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.models.revocations import Prolongation, Revocation, RevocationCause
from puumerkki.endorsements.queries import revocations
from puumerkki.endorsements.queries.endorsements import endorsement_in_force, status_of
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Ballot, Handling
from puumerkki.handlings.queries import annulments, claims
from puumerkki.handlings.queries import ballots as ballot_queries
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.electors import votes_there
from puumerkki.handlings.queries.interests import of_umbrella
from puumerkki.handlings.queries.leading import leading
from puumerkki.handlings.queries.named_calls import serves
from puumerkki.handlings.queries.second_persons import second_persons_for
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.claim_facts import claim_facts
from puumerkki.handlings.service.counting import close_if_due, read_ties_again
from puumerkki.handlings.service.meeting_facts import meeting_facts
from puumerkki.handlings.workflow.handlings import HandlingFacts
from puumerkki.kernel import clock
from puumerkki.kernel.db import HELD
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.workflow import MayAct
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState, Rulebook
from puumerkki.networks.queries import rulebook_at
from puumerkki.networks.queries.decisions import leaving
from puumerkki.networks.queries.second_persons import has_second_person, is_second_person
from puumerkki.networks.tally import Outcome
from puumerkki.organisations.queries.succession import stands_for


@dataclass
class HandlingContext:
    """A handling and what belongs to it now. `facts`: what guards ask; `actor`: leads too where they stand in."""

    application: Application
    handling: Handling
    network: Network
    rulebook: Rulebook | None
    ballot: Ballot | None
    decision: RecordedDecision | None
    facts: HandlingFacts
    endorsement: Endorsement | None = None
    revocation: Revocation | None = None
    prolongation: Prolongation | None = None
    annulment: BallotAnnulment | None = None
    actor: MayAct | None = None
    claim: ConditionsClaim | None = None

    @property
    def rule(self) -> DecisionRule | None:
        return None if self.rulebook is None else DecisionRule.model_validate(self.rulebook.rule)


async def lock_handling(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, needs: tuple[P, ...]
) -> HandlingContext:
    """Lock a handling for a step by somebody who has one of the permissions; count a ballot whose time is over first.

    Raises NotFound, Unauthenticated, Forbidden and VersionMismatch.
    """
    seen = await queries.handling(session, actor, handling_id)
    await require_any(session, actor, needs, on=seen)
    application, handling = await lock(session, seen)
    require_version(handling, if_version)
    await close_if_due(session, handling)
    await read_ties_again(session, handling)
    return await load_context(session, actor=actor, application=application, handling=handling, for_update=True)


async def require_any(session: AsyncSession, actor: Actor, needs: tuple[P, ...], *, on: Handling) -> None:
    """One of the permissions in the handling's network, or Forbidden. Who stands in for its coordinators leads."""
    if actor.anonymous:
        raise Unauthenticated()
    who = await leading(session, actor, on)
    if not any(who.may(permission, on.network_id) for permission in needs):
        raise actor.refusal(needs[0].value)


async def lock(session: AsyncSession, seen: Handling) -> tuple[Application, Handling]:
    """Lock the application, then the handling, and read both again."""
    application = await session.get_one(Application, seen.application_id, with_for_update=HELD, populate_existing=True)
    handling = await session.get_one(Handling, seen.id, with_for_update=True, populate_existing=True)
    return application, handling


async def load_context(
    session: AsyncSession,
    *,
    actor: Actor | None,
    application: Application,
    handling: Handling,
    for_update: bool = False,
) -> HandlingContext:
    """What belongs to the handling now. `for_update` locks its ballot and endorsement too, and holds the network."""
    held: Any = {"with_for_update": {"read": True}, "populate_existing": True} if for_update else {}
    network = await session.get_one(Network, handling.network_id, **held)
    rulebook = await rulebook_at(session, network.id, handling.received_at)
    ballot = await ballots.newest(session, handling.id, for_update=for_update)
    statement = select(RecordedDecision).where(
        col(RecordedDecision.handling_id) == handling.id,
        col(RecordedDecision.effective_at).is_(None),
        col(RecordedDecision.fell_at).is_(None),
    )
    decision = (await session.exec(statement)).one_or_none()
    context = HandlingContext(application, handling, network, rulebook, ballot, decision, HandlingFacts())
    if handling.state is HandlingState.endorsed:
        context.endorsement = await endorsement_in_force(session, handling.id, for_update=for_update)
        context.revocation = await revocations.open_revocation(session, handling.id, for_update=for_update)
        context.prolongation = (
            await revocations.prolongation(session, context.endorsement.id) if context.endorsement else None
        )
        context.claim = await claims.open_claim(session, handling.id, for_update=for_update)
    revoking = context.revocation is not None and ballot is not None and context.revocation.ballot_id == ballot.id
    if ballot is not None and (handling.state is HandlingState.in_ballot or revoking):
        context.annulment = await annulments.open_annulment(session, ballot.id, for_update=for_update)
    context.actor = None if actor is None else await leading(session, actor, handling)
    context.facts = await _facts(session, context, actor)
    return context


async def _facts(session: AsyncSession, context: HandlingContext, actor: Actor | None) -> HandlingFacts:
    handling, rule = context.handling, context.rule
    known: dict[str, Any] = {
        "active": context.application.state is ApplicationState.active,
        "decides": handling.decides or context.network.decides,
        "method": rule.method if rule else None,
        "days_over": clock.today() > handling.handle_by,
        "returned": handling.returned_version == handling.version_number,
        "asked": handling.ballot_asked_at is not None,
        "recorded_by": context.decision.recorded_by if context.decision else None,
        "newer_version": (context.application.current_version or 0) > handling.version_number,
        "network_active": context.network.state == NetworkState.active,
    }
    known["member"] = await is_member(session, handling)
    if actor is not None and actor.id is not None:
        known["actor_id"] = actor.id
        known["disqualified"] = await is_tied(session, actor.id, context.application.id, network_id=context.network.id)
        known["alleged"] = await is_alleged(session, actor.id, context.application.id, network_id=context.network.id)
        if known["disqualified"]:
            known["kept_out"] = await kept_out(session, actor.id, context.application.id)
        known["of_umbrella"] = await of_umbrella(session, actor.id, context.application.id)
    if handling.state is HandlingState.lapsed:
        known["serves"] = await serves(session, handling)
        known["leads"] = actor is not None and actor.may(P.applications_submit, on=context.application.applicant_id)
        known["applicant_left"] = await _applicant_left(session, context)
    if handling.state in (HandlingState.in_review, HandlingState.in_ballot, HandlingState.endorsed):
        known["applicant_left"] = await _applicant_left(session, context)
    if handling.state in (HandlingState.received, HandlingState.in_review):
        known["two_ballots_held"] = await annulments.without_result(session, handling) >= annulments.MOST_BALLOTS
    if handling.state is HandlingState.lapsed:
        known["network_ends"] = await leaving(session, context.network.id) is not None
    if handling.state is HandlingState.in_review:
        known |= await meeting_facts(session, handling, context.decision, actor, rule)
        known["has_reading"] = await queries.has_reading(session, handling)
        known |= await votes_there(session, context.handling, context.rule)
    if handling.state is HandlingState.in_ballot and context.ballot is not None:
        known["ballot"] = context.ballot.state
        known["annulment"] = context.annulment is not None
        known["proposed_by"] = context.annulment.proposed_by if context.annulment else None
        known |= await _second_person(session, context, actor, known["proposed_by"])
        if context.ballot.result is not None:
            due = context.ballot.takes_effect_at
            known["effect_due"] = due is not None and clock.now() >= due
            known |= await _recorded(session, context, actor)
            known["votes_awaited"] = await ballots.awaited(session, context.ballot)
            known["outcome"] = Outcome(context.ballot.result["outcome"])
            counted = await ballots.counted_votes(session, context.ballot)
            known["unanswered_conditions"] = sum(
                one.condition is not None and one.condition_taken is None for one in counted
            )
    if handling.state is HandlingState.endorsed:
        known |= await _facts_of_endorsement(session, context, actor)
        known["other_applicants"] = known["newer_version"] and await _other_applicants(session, context)
    return replace(context.facts, **known)


async def _applicant_left(session: AsyncSession, context: HandlingContext) -> bool:
    """Whether an applicant has left the version at hand, or the newest, to which an endorsement would move."""
    numbers = {context.handling.version_number}
    if context.handling.state is HandlingState.endorsed:
        numbers.add(context.application.current_version or context.handling.version_number)
    return any([await have_left(session, context.application.id, number) for number in sorted(numbers)])


async def _other_applicants(session: AsyncSession, context: HandlingContext) -> bool:
    """Whether the newest version has other applicants than the one that the network decided on."""
    numbers = (context.handling.version_number, context.application.current_version or 0)
    decided, newest = [await applicants_of(session, context.application.id, number) for number in numbers]
    return [one.organisation_id for one in decided] != [one.organisation_id for one in newest]


async def _facts_of_endorsement(session: AsyncSession, context: HandlingContext, actor: Actor | None) -> dict[str, Any]:
    endorsement, revocation, prolongation = context.endorsement, context.revocation, context.prolongation
    known: dict[str, Any] = {
        "endorsement_holds": endorsement is not None and status_of(endorsement) == "valid",
        "open_conditions": endorsement is not None and any(not one["met"] for one in endorsement.conditions),
        "prolonged": endorsement is not None and endorsement.prolonged_at is not None,
        **await votes_there(session, context.handling, context.rule),
    }
    if endorsement is not None and known["open_conditions"]:
        known |= await claim_facts(
            session,
            application=context.application,
            handling=context.handling,
            endorsement=endorsement,
            claim=context.claim,
            rule=context.rule,
            actor=actor,
        )
    if prolongation is not None and prolongation.confirmed_at is None:
        known["prolongation_by"] = prolongation.proposed_by
    if revocation is not None:
        known |= {"revocation": revocation.way, "proposed_by": revocation.proposed_by}
        known["hearing"] = clock.now() < revocation.heard_until
        known["heard"] = revocation.asks or not known["hearing"]
        known["unasked"] = revocation.cause is RevocationCause.applicant_asks and not revocation.asks
        if context.ballot is not None and context.ballot.id == revocation.ballot_id:
            # the members settle the revocation itself, so what two persons settle is whether the ballot was right
            known["ballot"] = context.ballot.state
            known["annulment"] = context.annulment is not None
            known["annulled_twice"] = await annulments.revoking_exhausted(session, context.handling)
            known["proposed_by"] = context.annulment.proposed_by if context.annulment else None
            known |= await _recorded(session, context, actor)
            if context.ballot.result is not None:
                known["outcome"] = Outcome(context.ballot.result["outcome"])
    first = known.get("proposed_by") or known.get("prolongation_by")
    return known | await _second_person(session, context, actor, first)


async def _second_person(
    session: AsyncSession, context: HandlingContext, actor: Actor | None, first: UUID | None
) -> dict[str, Any]:
    """Whether the actor is one for what the first proposed, and whether anybody is, or would be for the actor."""
    if actor is None or actor.id is None or not _acts_in(actor, context.network.id):
        return {}
    asked = second_persons_for(context.handling, first_id=first or actor.id)
    is_one = first is not None and actor.scopes is None and await is_second_person(session, asked, actor.id)
    return {"second_person": is_one, "has_second_person": is_one or await has_second_person(session, asked)}


async def _recorded(session: AsyncSession, context: HandlingContext, actor: Actor | None) -> dict[str, Any]:
    """Whether recorded votes wait for a second person, and whether the actor is one for whoever wrote them down."""
    assert context.ballot is not None
    if not await ballots.recorded_decide(session, context.ballot):
        return {}
    confirms = actor is not None and actor.id is not None and actor.scopes is None
    if confirms and actor is not None and actor.id is not None:
        for recorder in await ballot_queries.recorders(session, context.ballot.id):
            asked = second_persons_for(context.handling, first_id=recorder)
            confirms = confirms and await is_second_person(session, asked, actor.id)
    return {"recorded_waits": True, "confirms_recorded": confirms}


def _acts_in(actor: Actor, network_id: UUID) -> bool:
    steps = (P.handlings_lead, P.handlings_record, P.handlings_confirm, P.ballots_vote)
    return any(actor.may(permission, network_id) for permission in steps)


async def is_member(session: AsyncSession, handling: Handling) -> bool:
    """Whether an applicant of the version, or who stands in its place, is a member of the network still."""
    found = await applicants_of(session, handling.application_id, handling.version_number)
    applicants = [one.organisation_id for one in found]
    statement = select(NetworkMember.id).where(
        col(NetworkMember.network_id) == handling.network_id,
        or_(
            col(NetworkMember.organisation_id).in_(applicants),
            *(stands_for(col(NetworkMember.organisation_id), one) for one in applicants),
        ),
        col(NetworkMember.state) == MemberState.active,
    )
    return (await session.exec(statement.limit(1))).first() is not None
