"""What an authority does with the policies that concern a case, and what networks say of a waiver."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.partnerships.errors import partner_requests as errors
from puumerkki.partnerships.events.gate import (
    EndorsementAskedFor,
    EndorsementNotNeeded,
    NetworkViewGiven,
    RequirementReleased,
    RequirementUndone,
    RequirementWaived,
)
from puumerkki.partnerships.models.gate import GateCause, GatePolicy, GateRequirement, ReleaseGround, Waiver
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate import endorsements_on, version_of
from puumerkki.partnerships.queries.gate_anew import release_ground, rows_anew
from puumerkki.partnerships.queries.gate_matching import Concern
from puumerkki.partnerships.queries.gate_policies import in_force
from puumerkki.partnerships.queries.gate_waivers import is_founded
from puumerkki.partnerships.queries.partner_requests import readable_request
from puumerkki.partnerships.schemas.gate import PolicyBrought, RequirementReason, WaiverGiven, WaiverView
from puumerkki.partnerships.service.case_changes import UNDER_WAY, add_to_case, event_fields, refer, send_back
from puumerkki.partnerships.service.case_mails import write_requirement
from puumerkki.partnerships.service.gate import meeting, stand_on, tell_networks
from puumerkki.partnerships.service.gate_versions import ask_again
from puumerkki.partnerships.service.partner_actions import Step, lock_for_step, require_past
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST


async def bring(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: PolicyBrought
) -> PartnerRequest:
    """Bring a case under a policy of the authority that its groups, areas and calls do not lead to."""
    policy = await session.get(GatePolicy, given.policy_id)
    networks = policy.network_ids if policy else []
    step = await lock_for_step(session, actor, request_id, if_version, "bring", further=networks)
    request = step.request
    PARTNER_REQUEST.check("bring", step.case, actor=step.case.actor, facts=step.facts)
    asks = select(GatePolicy).where(
        col(GatePolicy.id) == given.policy_id,
        col(GatePolicy.authority_id) == request.authority_id,
        in_force(clock.today()),
    )
    found = (await session.exec(asks)).one_or_none()
    if found is None:
        raise invalid("/policy_id", "policy_unknown", "The authority has no such policy in force.")
    if any(row.policy_id == found.id for row in step.rows):
        raise errors.PolicyConcernsAlready()
    await add_to_case(
        session,
        request,
        step.rows,
        [Concern(found, GateCause.brought)],
        actor_id=actor.id,
        brought_by=actor.person_id(),
        brought_reason=given.reason,
    )
    await write_requirement(session, request, found.network_ids, asks=True, reason=given.reason)
    await refer(session, request)
    return request


async def release(
    session: AsyncSession,
    *,
    actor: Actor,
    request_id: UUID,
    requirement_id: UUID,
    if_version: int | None,
    given: RequirementReason,
) -> PartnerRequest:
    """Say that a policy need not be met: it came by a wider or missing group or area, has ended or fits no longer."""
    step = await lock_for_step(session, actor, request_id, if_version, "release")
    PARTNER_REQUEST.check("release", step.case, actor=step.case.actor, facts=step.facts)
    row = _asking(step, requirement_id)
    request = step.request
    if row.undone_version is not None and not step.case.actor.may(P.partner_requests_decide, request.authority_id):
        raise errors.ReleaseUndone()
    version = await version_of(session, request.application_id, request.version_number)
    [anew] = await rows_anew(session, request, [row], version)
    policy = None if row.policy_id is None else await session.get(GatePolicy, row.policy_id)
    ground = release_ground(policy, anew.cause, clock.today())
    if ground is None:
        raise errors.NotReleasable()
    row.cause = anew.cause
    await _let_off(session, step, row, ground, given.reason, actor)
    return step.request


async def _let_off(
    session: AsyncSession, step: Step, row: GateRequirement, ground: ReleaseGround, reason: str, actor: Actor
) -> None:
    row.released_at, row.released_by = clock.now(), actor.person_id()
    row.release_ground, row.release_reason = ground, reason
    stand_on(row, None)
    touch(step.request)
    await session.flush()
    told = RequirementReleased(**event_fields(step.request), requirement_id=row.id, ground=ground)
    await publish(session, told, actor_id=actor.id)
    await tell_networks(session, step.request, row.network_ids, EndorsementNotNeeded, actor_id=actor.id)
    await write_requirement(session, step.request, row.network_ids, asks=False, reason=reason)


async def undo(
    session: AsyncSession,
    *,
    actor: Actor,
    request_id: UUID,
    requirement_id: UUID,
    if_version: int | None,
    given: RequirementReason,
) -> PartnerRequest:
    """A decider takes back that a row was brought, released or waived, before the decision.

    Preparation goes on only if the gate stays open.
    """
    seen = await session.get(GateRequirement, requirement_id)
    networks = seen.network_ids if seen else []
    step = await lock_for_step(session, actor, request_id, if_version, "undo", further=networks)
    request = step.request
    PARTNER_REQUEST.check("undo", step.case, actor=step.case.actor, facts=step.facts)
    row = _row(step, requirement_id)
    if row.asks:
        if row.cause is not GateCause.brought:
            raise errors.NotToUndo()
        await _let_off(session, step, row, ReleaseGround.undone, given.reason, actor)
        return request
    endorsements = await endorsements_on(session, request.application_id, request.version_number, row.network_ids)
    endorsement = meeting(row, endorsements) if request.state in UNDER_WAY else None
    if request.state in UNDER_WAY and endorsement is None:
        await send_back(session, request, step.rows, actor_id=actor.id)
    if row.waiver_id is not None:
        await _undo_waiver(session, row.waiver_id, given.reason, actor)
    else:
        row.undone_version = request.version_number
    stand_on(row, endorsement)
    row.waiver_id = None
    ask_again(row)
    touch(request)
    await session.flush()
    await publish(session, RequirementUndone(**event_fields(request), requirement_id=row.id), actor_id=actor.id)
    await tell_networks(session, request, row.network_ids, EndorsementAskedFor, actor_id=actor.id)
    await write_requirement(session, request, row.network_ids, asks=True, reason=given.reason)
    await refer(session, request)
    return request


async def _undo_waiver(session: AsyncSession, waiver_id: UUID, reason: str, actor: Actor) -> None:
    waiver = await session.get_one(Waiver, waiver_id, with_for_update=True, populate_existing=True)
    waiver.undone_at, waiver.undone_by, waiver.undone_reason = clock.now(), actor.person_id(), reason
    await session.flush()


async def waive(
    session: AsyncSession,
    *,
    actor: Actor,
    request_id: UUID,
    requirement_id: UUID,
    if_version: int | None,
    given: WaiverGiven,
) -> PartnerRequest:
    """The authority's own decision to go on without the endorsement that a row asks for."""
    step = await lock_for_step(session, actor, request_id, if_version, "waive")
    request = step.request
    PARTNER_REQUEST.check("waive", step.case, actor=step.case.actor, facts=step.facts)
    row = _asking(step, requirement_id)
    require_past(given.decided_on)
    if not await is_founded(session, request, row, given.ground):
        raise errors.WaiverUnfounded()
    made = Waiver(
        requirement_id=row.id,
        version_number=request.version_number,
        ground=given.ground,
        reason=given.reason,
        body=given.body,
        decided_on=given.decided_on,
        section=given.section,
        decided_by=actor.person_id(),
    )
    session.add(made)
    await session.flush()
    row.waiver_id = made.id
    touch(request)
    await session.flush()
    told = RequirementWaived(
        **event_fields(request), requirement_id=row.id, ground=given.ground, network_ids=tuple(row.network_ids)
    )
    await publish(session, told, actor_id=actor.id)
    await tell_networks(session, request, row.network_ids, EndorsementNotNeeded, actor_id=actor.id)
    await write_requirement(session, request, row.network_ids, asks=False, reason=given.reason)
    return request


async def give_view(
    session: AsyncSession,
    *,
    actor: Actor,
    request_id: UUID,
    requirement_id: UUID,
    if_version: int | None,
    given: WaiverView,
) -> PartnerRequest:
    """A network whose endorsement was waived says what it thinks of that, once."""
    request = await readable_request(session, actor, request_id)
    if not actor.may(P.handlings_lead, on=given.network_id):
        raise actor.refusal(P.handlings_lead.value)
    await session.refresh(request, with_for_update=True)
    require_version(request, if_version)
    row = await session.get(GateRequirement, requirement_id)
    if row is None or row.partner_request_id != request.id or row.waiver_id is None:
        raise NotFound()
    if given.network_id not in row.network_ids:
        raise invalid("/network_id", "network_unknown", "The requirement does not name this network.")
    waiver = await session.get_one(Waiver, row.waiver_id, with_for_update=True, populate_existing=True)
    if str(given.network_id) in waiver.network_views:
        raise errors.ViewGiven()
    said = {"view": given.view, "given_at": clock.now().isoformat()}
    waiver.network_views = {**waiver.network_views, str(given.network_id): said}
    touch(request)
    told = NetworkViewGiven(**event_fields(request), requirement_id=row.id, network_id=given.network_id)
    await publish(session, told, actor_id=actor.id)
    return request


def _row(step: Step, requirement_id: UUID) -> GateRequirement:
    row = next((one for one in step.rows if one.id == requirement_id), None)
    if row is None:
        raise NotFound()
    return row


def _asking(step: Step, requirement_id: UUID) -> GateRequirement:
    row = _row(step, requirement_id)
    if not row.asks:
        raise errors.RequirementSettled()
    return row
