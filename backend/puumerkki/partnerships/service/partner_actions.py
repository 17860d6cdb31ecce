"""What officers, deciders and applicants do with a partner request."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.endorsements.queries.revocations import under_review
from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.partnerships.errors.partner_requests import RevocationUnseen
from puumerkki.partnerships.events.gate import DecisionKept, GroupsConfirmed
from puumerkki.partnerships.events.partner_requests import (
    PartnerRequestBegun,
    PartnerRequestDecided,
    PartnerRequestRecalled,
    PartnerRequestReferred,
    PartnerRequestReopened,
)
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerOutcome, PartnerRequest
from puumerkki.partnerships.queries.gate import endorsements_on, networks_of, rows_of, version_of
from puumerkki.partnerships.queries.gate_anew import rows_anew
from puumerkki.partnerships.queries.gate_matching import concerns
from puumerkki.partnerships.queries.partner_requests import readable_request
from puumerkki.partnerships.queries.preparing import who_prepares
from puumerkki.partnerships.queries.views import gather_case
from puumerkki.partnerships.schemas.decisions import Decision, NegativeAnswer
from puumerkki.partnerships.schemas.partner_requests import BeginGiven
from puumerkki.partnerships.service.case_changes import (
    clear_decision,
    event_fields,
    let_go,
    refer,
    tell_arrival,
    withdraw,
)
from puumerkki.partnerships.service.fallen_proposals import fell
from puumerkki.partnerships.service.gate import add_rows, rely_on_endorsements, tell_added
from puumerkki.partnerships.service.gate_versions import onto
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST, PartnerCase, PartnerRequestFacts


@dataclass
class Step:
    """A case under its lock, with what the guards ask, before or after the step's check."""

    request: PartnerRequest
    case: PartnerCase
    rows: list[GateRequirement]
    facts: PartnerRequestFacts


async def begin(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: BeginGiven
) -> PartnerRequest:
    """Start preparing: the gate is asked, and the endorsements that opened it are kept with the case's rows.

    An officer who begins prepares it, unless somebody is named who still can.
    """
    step = await lock_for_step(session, actor, request_id, if_version, "begin")
    request, gate = step.request, step.facts.gate
    confirms = given.groups_confirmed and gate.none_concerns and not gate.groups_confirmed
    facts = replace(step.facts, gate=replace(gate, groups_confirmed=True)) if confirms else step.facts
    PARTNER_REQUEST.check("begin", step.case, actor=step.case.actor, facts=facts)
    await rely_on_endorsements(session, gate)
    PARTNER_REQUEST.apply("begin", step.case, actor=step.case.actor, facts=facts)
    request.begun_on = clock.today()
    if confirms:
        request.groups_confirmed_at, request.groups_confirmed_by = clock.now(), actor.person_id()
        await publish(session, GroupsConfirmed(**event_fields(request)), actor_id=actor.id)
    begun = PartnerRequestBegun(
        **event_fields(request), version_number=request.version_number, endorsement_ids=_stood_on(step.rows)
    )
    await publish(session, begun, actor_id=actor.id)
    able = {one.principal_id for one in await who_prepares(session, request)}
    if request.preparer_id not in able and actor.id in able:
        request.preparer_id = actor.id
    return request


async def refer_to_network(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None
) -> PartnerRequest:
    """Answer that the networks' endorsement comes first; the answer names them."""
    step = await apply_step(session, actor, request_id, if_version, "refer_to_network")
    told = PartnerRequestReferred(**event_fields(step.request), network_ids=tuple(networks_of(step.rows)))
    await publish(session, told, actor_id=actor.id)
    return step.request


async def recall(session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None) -> PartnerRequest:
    """The applicant takes the case back out of preparation."""
    step = await apply_step(session, actor, request_id, if_version, "recall")
    await fell(session, step.request, actor_id=actor.id)
    await let_go(session, step.request, step.rows)
    await publish(session, PartnerRequestRecalled(**event_fields(step.request)), actor_id=actor.id)
    return step.request


async def decide(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: Decision
) -> PartnerRequest:
    """Decide on the partnership. The gate is asked again; the endorsement preparation began on carries 90 days more."""
    step = await lock_for_step(session, actor, request_id, if_version, "decide")
    PARTNER_REQUEST.check("decide", step.case, actor=step.case.actor, facts=step.facts)
    require_past(given.decided_on)
    await rely_on_endorsements(session, step.facts.gate, carry=True)
    if not given.knows_of_revocation and await under_review(session, *_stood_on(step.rows)):
        raise RevocationUnseen
    PARTNER_REQUEST.apply("decide", step.case, actor=step.case.actor, facts=step.facts)
    step.request.contributions = [one.model_dump(mode="json") for one in given.contributions]
    step.request.decision_reason = given.reason
    return await _decided(session, step, actor, given.outcome, given, stands_on=_stood_on(step.rows))


async def answer_none(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: NegativeAnswer
) -> PartnerRequest:
    """The authority answers no, out of every open state: that stands on nothing."""
    return await _answer(session, actor, request_id, if_version, "answer_none", PartnerOutcome.none, given)


async def not_take_up(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: NegativeAnswer
) -> PartnerRequest:
    """The authority does not take the case up; nothing has been prepared."""
    return await _answer(session, actor, request_id, if_version, "not_take_up", PartnerOutcome.not_taken_up, given)


async def _answer(
    session: AsyncSession,
    actor: Actor,
    request_id: UUID,
    if_version: int | None,
    action: str,
    outcome: PartnerOutcome,
    given: NegativeAnswer,
) -> PartnerRequest:
    step = await apply_step(session, actor, request_id, if_version, action)
    require_past(given.decided_on)
    step.request.contributions = []
    step.request.decision_reason = given.reason
    return await _decided(session, step, actor, outcome, given, stands_on=())


async def _decided(
    session: AsyncSession,
    step: Step,
    actor: Actor,
    outcome: PartnerOutcome,
    given: Decision | NegativeAnswer,
    *,
    stands_on: tuple[UUID, ...],
) -> PartnerRequest:
    request = step.request
    request.outcome = outcome
    request.decided_by_body = given.body
    request.decided_on = given.decided_on
    request.decision_section = given.section
    request.appeal = given.appeal
    request.decided_by = actor.id
    told = PartnerRequestDecided(
        **event_fields(request), version_number=request.version_number, outcome=outcome, endorsement_ids=stands_on
    )
    await publish(session, told, actor_id=actor.id)
    await session.flush()
    # the database wrote what the decision stands on
    await session.refresh(request, ["grounds"])
    return request


async def keep(session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None) -> PartnerRequest:
    """The decision stays as it is."""
    request = (await apply_step(session, actor, request_id, if_version, "keep")).request
    request.to_look_at = request.to_look_at_since = None
    await publish(
        session, DecisionKept(**event_fields(request), version_number=request.version_number), actor_id=actor.id
    )
    return request


async def reopen(session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None) -> PartnerRequest:
    """Take a decided case up again, on the newest version and under the policies of the day; the decision is kept.

    Where the application does not ask the authority any more, the case ends with that.
    """
    step = await lock_for_step(session, actor, request_id, if_version, "reopen")
    request = step.request
    PARTNER_REQUEST.check("reopen", step.case, actor=step.case.actor, facts=step.facts)
    clear_decision(request)
    PARTNER_REQUEST.apply("reopen", step.case, actor=step.case.actor, facts=step.facts)
    application = await session.get_one(Application, request.application_id, populate_existing=True)
    version = await version_of(session, application.id, application.current_version or request.version_number)
    request.arrived_at = clock.now()
    request.groups_confirmed_at = request.groups_confirmed_by = None
    await let_go(session, request, step.rows)
    anew = await rows_anew(session, request, step.rows, version)
    await onto(session, request, anew, version, actor_id=actor.id)
    await publish(
        session, PartnerRequestReopened(**event_fields(request), version_number=version.number), actor_id=actor.id
    )
    asked = {one["id"] for one in version.content.get("authorities") or ()}
    if application.state is ApplicationState.withdrawn or str(request.authority_id) not in asked:
        await withdraw(session, request, actor_id=actor.id)
        return request
    known = {row.policy_id for row in step.rows}
    found = await concerns(session, authority_id=request.authority_id, version=version, day=clock.today())
    added = await add_rows(session, request, [one for one in found if one.policy.id not in known])
    await tell_added(session, request, added, actor_id=actor.id)
    asks = any(row.asks for row in [*step.rows, *added])
    await tell_arrival(session, request, asks_endorsement=asks, actor_id=actor.id)
    await refer(session, request)
    return request


def _stood_on(rows: list[GateRequirement]) -> tuple[UUID, ...]:
    found = (row.endorsement_id for row in rows if row.asks)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def require_past(day: date) -> None:
    """Invalid where a decision would be of a day to come."""
    if day > clock.today():
        raise invalid("/decided_on", "in_the_future", "A decision has been made today or before.")


async def apply_step(
    session: AsyncSession, actor: Actor, request_id: UUID, if_version: int | None, action: str
) -> Step:
    """`lock_for_step`, and the step of the workflow is taken."""
    step = await lock_for_step(session, actor, request_id, if_version, action)
    PARTNER_REQUEST.apply(action, step.case, actor=step.case.actor, facts=step.facts)
    return step


async def lock_for_step(
    session: AsyncSession,
    actor: Actor,
    request_id: UUID,
    if_version: int | None,
    action: str,
    *,
    further: Any = (),
) -> Step:
    """Readable, permitted, current, with the facts read under the locks. The caller checks the workflow's table."""
    step = await lock_present(session, actor, request_id, action, further=further)
    require_version(step.request, if_version)
    return step


async def lock_present(
    session: AsyncSession, actor: Actor, request_id: UUID, action: str, *, further: Any = ()
) -> Step:
    """As `lock_for_step`, whatever the version: for who has not seen one.

    The endorsements (also of the networks in `further`) are locked before the case: whoever ends one waits.
    """
    request = await readable_request(session, actor, request_id)
    case, _ = await gather_case(session, actor, request)
    PARTNER_REQUEST.require_may(action, case, actor=case.actor)
    asked = [*networks_of(await rows_of(session, request.id)), *further]
    await endorsements_on(session, request.application_id, request.version_number, asked, lock=True)
    await session.refresh(request, with_for_update=True)
    rows = await rows_of(session, request.id)
    case, facts = await gather_case(session, actor, request, rows=rows)
    return Step(request, case, rows, facts)
