"""A handling with all that a step needs, locked in the house's order: application, handling, ballot."""

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
from puumerkki.endorsements.queries import endorsements as marks
from puumerkki.endorsements.queries import revocations
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Ballot, Handling, HandlingReading
from puumerkki.handlings.queries import annulments, claims
from puumerkki.handlings.queries import ballots as ballot_queries
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.electors import votes_there
from puumerkki.handlings.queries.interests import of_umbrella
from puumerkki.handlings.queries.leading import leading
from puumerkki.handlings.queries.named_calls import serves
from puumerkki.handlings.queries.second_persons import wanted
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
class Case:
    """A handling and what belongs to it now. `facts`: what guards ask; `actor`: leads too where they stand in."""

    application: Application
    handling: Handling
    network: Network
    rulebook: Rulebook | None
    ballot: Ballot | None
    decision: RecordedDecision | None
    facts: HandlingFacts
    mark: Endorsement | None = None
    revocation: Revocation | None = None
    prolongation: Prolongation | None = None
    annulment: BallotAnnulment | None = None
    actor: MayAct | None = None
    claim: ConditionsClaim | None = None

    @property
    def rule(self) -> DecisionRule | None:
        return None if self.rulebook is None else DecisionRule.model_validate(self.rulebook.rule)


async def locked_case(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, needs: tuple[P, ...]
) -> Case:
    """The case for a step of somebody who has one of the permissions. A ballot whose time is over is counted first."""
    seen = await queries.handling(session, actor, handling_id)
    await require_any(session, actor, needs, on=seen)
    application, handling = await lock(session, seen)
    require_version(handling, if_version)
    await close_if_due(session, handling)
    await read_ties_again(session, handling)
    return await load_case(session, actor=actor, application=application, handling=handling, for_update=True)


async def require_any(session: AsyncSession, actor: Actor, needs: tuple[P, ...], *, on: Handling) -> None:
    """One of the permissions in the handling's network, or Forbidden. Who stands in for its coordinators leads."""
    if actor.anonymous:
        raise Unauthenticated()
    who = await leading(session, actor, on)
    if not any(who.may(permission, on.network_id) for permission in needs):
        raise actor.refusal(needs[0].value)


async def lock(session: AsyncSession, seen: Handling) -> tuple[Application, Handling]:
    """Lock the application, then the handling, both read anew."""
    application = await session.get_one(Application, seen.application_id, with_for_update=HELD, populate_existing=True)
    handling = await session.get_one(Handling, seen.id, with_for_update=True, populate_existing=True)
    return application, handling


async def load_case(
    session: AsyncSession,
    *,
    actor: Actor | None,
    application: Application,
    handling: Handling,
    for_update: bool = False,
) -> Case:
    """The case as it stands; with `for_update` its ballot and mark are locked too, and the network stays as it is."""
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
    case = Case(application, handling, network, rulebook, ballot, decision, HandlingFacts())
    if handling.state is HandlingState.endorsed:
        case.mark = await marks.mark_in_force(session, handling.id, for_update=for_update)
        case.revocation = await revocations.open_revocation(session, handling.id, for_update=for_update)
        case.prolongation = await revocations.prolongation(session, case.mark.id) if case.mark else None
        case.claim = await claims.open_claim(session, handling.id, for_update=for_update)
    revoking = case.revocation is not None and ballot is not None and case.revocation.ballot_id == ballot.id
    if ballot is not None and (handling.state is HandlingState.in_ballot or revoking):
        case.annulment = await annulments.open_annulment(session, ballot.id, for_update=for_update)
    case.actor = None if actor is None else await leading(session, actor, handling)
    case.facts = await _facts(session, case, actor)
    return case


async def _facts(session: AsyncSession, case: Case, actor: Actor | None) -> HandlingFacts:
    handling, rule = case.handling, case.rule
    known: dict[str, Any] = {
        "active": case.application.state is ApplicationState.active,
        "decides": handling.decides or case.network.decides,
        "method": rule.method if rule else None,
        "days_over": clock.today() > handling.handle_by,
        "returned": handling.returned_version == handling.version_number,
        "asked": handling.ballot_asked_at is not None,
        "recorded_by": case.decision.recorded_by if case.decision else None,
        "newer_version": (case.application.current_version or 0) > handling.version_number,
        "network_active": case.network.state == NetworkState.active,
    }
    known["member"] = await is_member(session, handling)
    if actor is not None and actor.id is not None:
        known["actor_id"] = actor.id
        known["disqualified"] = await is_tied(session, actor.id, case.application.id, network_id=case.network.id)
        known["alleged"] = await is_alleged(session, actor.id, case.application.id, network_id=case.network.id)
        if known["disqualified"]:
            known["kept_out"] = await kept_out(session, actor.id, case.application.id)
        known["of_umbrella"] = await of_umbrella(session, actor.id, case.application.id)
    if handling.state is HandlingState.lapsed:
        known["serves"] = await serves(session, handling)
        known["leads"] = actor is not None and actor.may(P.applications_submit, on=case.application.applicant_id)
        known["applicant_left"] = await _applicant_left(session, case)
    if handling.state in (HandlingState.in_review, HandlingState.in_ballot, HandlingState.endorsed):
        known["applicant_left"] = await _applicant_left(session, case)
    if handling.state in (HandlingState.received, HandlingState.in_review):
        known["two_ballots_held"] = await annulments.without_result(session, handling) >= annulments.MOST_BALLOTS
    if handling.state is HandlingState.lapsed:
        known["network_ends"] = await leaving(session, case.network.id) is not None
    if handling.state is HandlingState.in_review:
        known |= await meeting_facts(session, handling, case.decision, actor, rule)
        known["has_reading"] = await _has_reading(session, handling)
        known |= await votes_there(session, case.handling, case.rule)
    if handling.state is HandlingState.in_ballot and case.ballot is not None:
        known["ballot"] = case.ballot.state
        known["annulment"] = case.annulment is not None
        known["proposed_by"] = case.annulment.proposed_by if case.annulment else None
        known |= await _second_person(session, case, actor, known["proposed_by"])
        if case.ballot.result is not None:
            due = case.ballot.takes_effect_at
            known["effect_due"] = due is not None and clock.now() >= due
            known |= await _recorded(session, case, actor)
            known["votes_awaited"] = await ballots.awaited(session, case.ballot)
            known["outcome"] = Outcome(case.ballot.result["outcome"])
            counted = await ballots.counted_votes(session, case.ballot)
            known["unanswered_conditions"] = sum(
                one.condition is not None and one.condition_taken is None for one in counted
            )
    if handling.state is HandlingState.endorsed:
        known |= await _facts_of_mark(session, case, actor)
        known["other_applicants"] = known["newer_version"] and await _other_applicants(session, case)
    return replace(case.facts, **known)


async def _applicant_left(session: AsyncSession, case: Case) -> bool:
    """Whether an applicant has left the version at hand, or the newest, to which a mark would move."""
    numbers = {case.handling.version_number}
    if case.handling.state is HandlingState.endorsed:
        numbers.add(case.application.current_version or case.handling.version_number)
    return any([await have_left(session, case.application.id, number) for number in sorted(numbers)])


async def _other_applicants(session: AsyncSession, case: Case) -> bool:
    """Whether the newest version has other applicants than the one that the network decided on."""
    numbers = (case.handling.version_number, case.application.current_version or 0)
    decided, newest = [await applicants_of(session, case.application.id, number) for number in numbers]
    return [one.organisation_id for one in decided] != [one.organisation_id for one in newest]


async def _facts_of_mark(session: AsyncSession, case: Case, actor: Actor | None) -> dict[str, Any]:
    mark, revocation, prolongation = case.mark, case.revocation, case.prolongation
    known: dict[str, Any] = {
        "mark_holds": mark is not None and marks.status_of(mark) == "valid",
        "open_conditions": mark is not None and any(not one["met"] for one in mark.conditions),
        "prolonged": mark is not None and mark.prolonged_at is not None,
        **await votes_there(session, case.handling, case.rule),
    }
    if mark is not None and known["open_conditions"]:
        known |= await claim_facts(
            session,
            application=case.application,
            handling=case.handling,
            mark=mark,
            claim=case.claim,
            rule=case.rule,
            actor=actor,
        )
    if prolongation is not None and prolongation.confirmed_at is None:
        known["prolongation_by"] = prolongation.proposed_by
    if revocation is not None:
        known |= {"revocation": revocation.way, "proposed_by": revocation.proposed_by}
        known["hearing"] = clock.now() < revocation.heard_until
        known["heard"] = revocation.asks or not known["hearing"]
        known["unasked"] = revocation.cause is RevocationCause.applicant_asks and not revocation.asks
        if case.ballot is not None and case.ballot.id == revocation.ballot_id:
            # the members settle the revocation itself, so what two persons settle is whether the ballot was right
            known["ballot"] = case.ballot.state
            known["annulment"] = case.annulment is not None
            known["annulled_twice"] = await annulments.revoking_exhausted(session, case.handling)
            known["proposed_by"] = case.annulment.proposed_by if case.annulment else None
            known |= await _recorded(session, case, actor)
            if case.ballot.result is not None:
                known["outcome"] = Outcome(case.ballot.result["outcome"])
    first = known.get("proposed_by") or known.get("prolongation_by")
    return known | await _second_person(session, case, actor, first)


async def _second_person(session: AsyncSession, case: Case, actor: Actor | None, first: UUID | None) -> dict[str, Any]:
    """Whether the actor is one for what the first proposed, and whether anybody is, or would be for the actor."""
    if actor is None or actor.id is None or not _acts_in(actor, case.network.id):
        return {}
    asked = wanted(case.handling, first_id=first or actor.id)
    is_one = first is not None and actor.scopes is None and await is_second_person(session, asked, actor.id)
    return {"second_person": is_one, "has_second_person": is_one or await has_second_person(session, asked)}


async def _recorded(session: AsyncSession, case: Case, actor: Actor | None) -> dict[str, Any]:
    """Whether recorded votes wait for a second person, and whether the actor is one for whoever wrote them down."""
    assert case.ballot is not None
    if not await ballots.recorded_decide(session, case.ballot):
        return {}
    confirms = actor is not None and actor.id is not None and actor.scopes is None
    if confirms and actor is not None and actor.id is not None:
        for recorder in await ballot_queries.recorders(session, case.ballot.id):
            asked = wanted(case.handling, first_id=recorder)
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


async def _has_reading(session: AsyncSession, handling: Handling) -> bool:
    statement = select(HandlingReading.id).where(
        col(HandlingReading.handling_id) == handling.id,
        col(HandlingReading.version_number) == handling.version_number,
    )
    return (await session.exec(statement.limit(1))).first() is not None
