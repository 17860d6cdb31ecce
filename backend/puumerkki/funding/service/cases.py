"""A handling with all that a step needs, locked in the house's order: application, handling, ballot."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.funding.models import (
    Application,
    ApplicationState,
    Ballot,
    BallotState,
    Handling,
    HandlingReading,
    HandlingState,
    RecordedDecision,
)
from puumerkki.funding.queries import ballots as ballot_queries
from puumerkki.funding.queries import endorsements as marks
from puumerkki.funding.queries import handlings as queries
from puumerkki.funding.service import ballots
from puumerkki.funding.tally import Outcome
from puumerkki.funding.workflow.handlings import HANDLING, HandlingFacts
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import Forbidden, Unauthenticated
from puumerkki.kernel.preconditions import require_version
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models import Network, NetworkMember, Rulebook
from puumerkki.networks.queries import electorate, rulebook_in_force
from puumerkki.organisations.queries import is_disqualified


@dataclass
class Case:
    """A handling and what belongs to it now. `facts` are what the workflow's guards ask."""

    application: Application
    handling: Handling
    network: Network
    rulebook: Rulebook | None
    ballot: Ballot | None
    decision: RecordedDecision | None
    facts: HandlingFacts

    @property
    def rule(self) -> DecisionRule | None:
        return None if self.rulebook is None else DecisionRule.model_validate(self.rulebook.rule)


async def locked_case(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, needs: tuple[P, ...]
) -> Case:
    """The case for a step of somebody who has one of the permissions. A ballot whose time is over is counted first."""
    seen = await queries.handling(session, actor, handling_id)
    require_any(actor, needs, on=seen.network_id)
    application, handling = await lock(session, seen)
    require_version(handling, if_version)
    await close_if_due(session, handling)
    return await load_case(session, actor=actor, application=application, handling=handling, for_update=True)


def require_any(actor: Actor, needs: tuple[P, ...], *, on: UUID) -> None:
    """One of the permissions, or Forbidden."""
    if actor.anonymous:
        raise Unauthenticated()
    if not any(actor.may(permission, on) for permission in needs):
        raise Forbidden(permission=needs[0].value)


async def lock(session: AsyncSession, seen: Handling) -> tuple[Application, Handling]:
    """Lock the application, then the handling, both read anew."""
    application = await session.get_one(Application, seen.application_id, with_for_update=True, populate_existing=True)
    handling = await session.get_one(Handling, seen.id, with_for_update=True, populate_existing=True)
    return application, handling


async def close_if_due(session: AsyncSession, handling: Handling) -> bool:
    """Count the handling's open ballot if its time is over, whether or not the clock's job has run."""
    if handling.state is not HandlingState.in_ballot:
        return False
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is None or ballot.state is not BallotState.open or clock.now() < ballot.closes_at:
        return False
    HANDLING.check("close_ballot", handling, actor=None, facts=HandlingFacts(ballot=ballot.state))
    counted = await ballots.count(session, ballot)
    await ballots.close(session, handling=handling, ballot=ballot, counted=counted, actor_id=None)
    touch(handling)
    await session.flush()
    return True


async def load_case(
    session: AsyncSession,
    *,
    actor: Actor | None,
    application: Application,
    handling: Handling,
    for_update: bool = False,
) -> Case:
    """The case as it stands; with `for_update` its ballot is locked too."""
    network = await session.get_one(Network, handling.network_id)
    rulebook = await rulebook_in_force(session, network.id)
    ballot = await ballots.newest(session, handling.id, for_update=for_update)
    statement = select(RecordedDecision).where(
        col(RecordedDecision.handling_id) == handling.id, col(RecordedDecision.confirmed_at).is_(None)
    )
    decision = (await session.exec(statement)).one_or_none()
    case = Case(application, handling, network, rulebook, ballot, decision, HandlingFacts())
    case.facts = await _facts(session, case, actor)
    return case


async def _facts(session: AsyncSession, case: Case, actor: Actor | None) -> HandlingFacts:
    handling, rule = case.handling, case.rule
    known: dict[str, Any] = {
        "active": case.application.state is ApplicationState.active,
        "decides": case.network.decides,
        "method": rule.method if rule else None,
        "days_over": clock.today() > handling.handle_by,
        "recorded_by": case.decision.recorded_by if case.decision else None,
        "newer_version": (case.application.current_version or 0) > handling.version_number,
    }
    if actor is not None and actor.id is not None:
        applicants = await queries.applicant_ids(session, case.application)
        known["actor_id"] = actor.id
        known["disqualified"] = await is_disqualified(session, actor.id, applicants)
    if handling.state is HandlingState.in_review:
        known["has_reading"] = await _has_reading(session, handling)
        known["electors"] = len(await electors(session, case))
    if handling.state is HandlingState.in_ballot and case.ballot is not None:
        known["ballot"] = case.ballot.state
        if case.ballot.result is not None:
            known["outcome"] = Outcome(case.ballot.result["outcome"])
            known["unanswered_conditions"] = await ballot_queries.unanswered_conditions(session, case.ballot.id)
    if handling.state is HandlingState.endorsed:
        mark = await marks.mark_in_force(session, handling.id)
        known["mark_holds"] = mark is not None and marks.status_of(mark) == "valid"
        known["open_conditions"] = mark is not None and any(not one["met"] for one in mark.conditions)
    return replace(case.facts, **known)


async def _has_reading(session: AsyncSession, handling: Handling) -> bool:
    statement = select(HandlingReading.id).where(
        col(HandlingReading.handling_id) == handling.id,
        col(HandlingReading.version_number) == handling.version_number,
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def electors(session: AsyncSession, case: Case) -> list[NetworkMember]:
    """Who would vote now: entitled members; an authority that is asked only where the rulebook lets it."""
    if case.rulebook is None or case.rule is None:
        return []
    entitled = await electorate(session, case.network.id)
    if case.rule.authority_votes:
        return entitled
    asked = await ballot_queries.asked_authorities(session, case.application.id)
    return [member for member in entitled if member.organisation_id not in asked]
