"""What happens to partner requests by itself: arriving, following a mark, ending with the application.

Locks come in the house's order, so callers hold the application, the handling and the mark before they call these.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.funding.events.partner_requests import (
    PartnerRequestArrived,
    PartnerRequestMoved,
    PartnerRequestReferred,
    PartnerRequestReopened,
    PartnerRequestWithdrawn,
)
from puumerkki.funding.models import (
    Application,
    ApplicationAuthority,
    ApplicationVersion,
    CaseCounter,
    Endorsement,
    FormerDecision,
    PartnerRequest,
    PartnerRequestState,
)
from puumerkki.funding.queries.gate_policies import networks_asked
from puumerkki.funding.queries.partner_requests import mark_on_version
from puumerkki.funding.workflow.partner_requests import PARTNER_REQUEST, PartnerRequestFacts, mark_asked_for
from puumerkki.kernel import clock
from puumerkki.kernel.events import publish
from puumerkki.kernel.refs import Ref

_S = PartnerRequestState
_UNDER_WAY = frozenset({_S.in_preparation, _S.supplement_asked})
_ON_A_MARK = _UNDER_WAY | {_S.decided}


async def receive_requests(
    session: AsyncSession, *, application: Application, version: ApplicationVersion, actor: Actor
) -> None:
    """Register a submitted version at each asked authority, at once and whatever the gate says.

    What was decided, or prepared on a mark that this version lacks, arrives again. Requests whose mark was moved onto
    this version already (`move_gated`) stay as they are. An authority that is no longer asked has it withdrawn.
    """
    asked = await session.exec(
        select(ApplicationAuthority)
        .where(col(ApplicationAuthority.application_id) == application.id)
        .order_by(col(ApplicationAuthority.authority_id))
    )
    known = {request.authority_id: request for request in await _locked_requests(session, application.id)}
    for one in asked.all():
        request = known.pop(one.authority_id, None)
        networks = await networks_asked(
            session,
            authority_id=one.authority_id,
            application=application,
            version=version,
            day=clock.today(),
        )
        if request is None:
            await _register(session, application, version, one, networks, actor)
        elif request.version_number != version.number:
            request.asks = one.asks
            await _follow(session, request, version, networks, actor)
    for request in known.values():
        await _withdraw(session, request, actor)


async def withdraw_requests(session: AsyncSession, *, application: Application, actor: Actor) -> None:
    """End every request of a withdrawn application; call it before its marks end."""
    for request in await _locked_requests(session, application.id):
        await _withdraw(session, request, actor)


async def release_gated(session: AsyncSession, *, endorsement: Endorsement, actor_id: UUID | None) -> None:
    """Send back what stands on a mark. Call it under the mark's lock, before the mark ends."""
    for request in await _standing_on(session, endorsement.id):
        await _reopen(session, request, actor_id=actor_id)
    await session.flush()


async def defer_gate(session: AsyncSession) -> None:
    """Let the gate's foreign key wait until `move_gated`, or at the latest the commit."""
    await session.exec(text("set constraints fk_partner_request_gate deferred"))  # type: ignore[call-overload]


async def move_gated(session: AsyncSession, *, old: Endorsement, new: Endorsement) -> None:
    """Move what stands on `old` onto `new`, a mark in force of the same network on a later version.

    A network has one mark in force on an application, so the old one ends before the new one begins: call
    `defer_gate`, end `old` and flush, add `new` and flush, then call this. It leaves the gate checked. Preparation
    goes on; a decision named its version, so it is taken again.
    """
    for request in await _standing_on(session, old.id):
        request.version_number = new.version_number
        if request.state == _S.decided:
            await _reopen(session, request, actor_id=None, decided_version=old.version_number)
        else:
            request.endorsement_id = new.id
            request.endorsement_network_id = new.network_id
            await publish(
                session, PartnerRequestMoved(**about(request), version_number=new.version_number), actor_id=None
            )
    await session.flush()
    await session.exec(text("set constraints fk_partner_request_gate immediate"))  # type: ignore[call-overload]


async def _locked_requests(session: AsyncSession, application_id: UUID) -> list[PartnerRequest]:
    found = await session.exec(
        select(PartnerRequest)
        .where(col(PartnerRequest.application_id) == application_id)
        .order_by(col(PartnerRequest.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found.all())


async def _standing_on(session: AsyncSession, endorsement_id: UUID) -> list[PartnerRequest]:
    found = await session.exec(
        select(PartnerRequest)
        .where(col(PartnerRequest.endorsement_id) == endorsement_id, col(PartnerRequest.state).in_(_ON_A_MARK))
        .order_by(col(PartnerRequest.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found.all())


async def _register(
    session: AsyncSession,
    application: Application,
    version: ApplicationVersion,
    asked: ApplicationAuthority,
    networks: list[UUID],
    actor: Actor,
) -> None:
    request = PartnerRequest(
        application_id=application.id,
        authority_id=asked.authority_id,
        version_number=version.number,
        case_number=await _next_case_number(session, asked.authority_id),
        arrived_at=clock.now(),
        asks_mark=bool(networks),
        network_ids=networks,
        asks=asked.asks,
    )
    session.add(request)
    await _tell_arrival(session, request, actor)
    await _refer(session, request)


async def _next_case_number(session: AsyncSession, authority_id: UUID) -> str:
    year = clock.today().year
    counter = insert(CaseCounter).values(authority_id=authority_id, year=year, last=1)
    counted = await session.exec(
        counter.on_conflict_do_update(
            index_elements=["authority_id", "year"], set_={"last": col(CaseCounter.last) + 1}
        ).returning(col(CaseCounter.last))
    )
    return f"PK/{year}/{counted.one()[0]:06d}"


async def _follow(
    session: AsyncSession, request: PartnerRequest, version: ApplicationVersion, networks: list[UUID], actor: Actor
) -> None:
    """A new version has come. A mark once asked for stays asked for; a policy may begin to ask with this version."""
    gate_closes = bool(networks) and not request.asks_mark
    again = request.state in (_S.decided, _S.withdrawn) or (
        request.state in _UNDER_WAY and (request.asks_mark or gate_closes)
    )
    if again:
        await _reopen(session, request, actor_id=None)
    if gate_closes:
        request.asks_mark, request.network_ids = True, networks
    request.version_number = version.number
    if request.state in _UNDER_WAY:
        await publish(session, PartnerRequestMoved(**about(request), version_number=version.number), actor_id=None)
        return
    request.arrived_at = clock.now()
    await _tell_arrival(session, request, actor)
    await _refer(session, request)


async def _refer(session: AsyncSession, request: PartnerRequest) -> None:
    """The registered answer that names the networks, where the policy asks for a mark that is not there."""
    if request.state != _S.arrived or not request.asks_mark:
        return
    today = clock.today()
    facts = PartnerRequestFacts(
        today=today,
        asks_mark=request.asks_mark,
        version_number=request.version_number,
        network_ids=tuple(request.network_ids),
        mark=await mark_on_version(session, request, today),
    )
    if mark_asked_for(facts) is None:
        PARTNER_REQUEST.apply("refer_to_network", request, actor=None, facts=facts)
        await publish(
            session,
            PartnerRequestReferred(**about(request), network_ids=tuple(request.network_ids)),
            actor_id=None,
        )


async def _reopen(
    session: AsyncSession, request: PartnerRequest, *, actor_id: UUID | None, decided_version: int | None = None
) -> None:
    if request.state == _S.decided:
        session.add(_former(request, decided_version or request.version_number))
        request.outcome = request.decided_on = request.decided_by = None
        request.decided_by_body = request.decision_section = request.appeal = None
        request.contributions = []
    PARTNER_REQUEST.apply("reopen", request, actor=None)
    request.endorsement_id = request.endorsement_network_id = None
    await publish(
        session, PartnerRequestReopened(**about(request), version_number=request.version_number), actor_id=actor_id
    )


def _former(request: PartnerRequest, version_number: int) -> FormerDecision:
    assert request.outcome is not None
    assert request.decided_on is not None
    return FormerDecision(
        partner_request_id=request.id,
        version_number=version_number,
        outcome=request.outcome,
        contributions=request.contributions,
        decided_by_body=request.decided_by_body,
        decided_on=request.decided_on,
        decision_section=request.decision_section,
        appeal=request.appeal,
        decided_by=request.decided_by,
    )


async def _withdraw(session: AsyncSession, request: PartnerRequest, actor: Actor) -> None:
    if request.state != _S.withdrawn:
        PARTNER_REQUEST.apply("withdraw", request, actor=None)
        await publish(session, PartnerRequestWithdrawn(**about(request)), actor_id=actor.id)


async def _tell_arrival(session: AsyncSession, request: PartnerRequest, actor: Actor) -> None:
    told = PartnerRequestArrived(
        **about(request),
        version_number=request.version_number,
        case_number=request.case_number,
        asks_mark=request.asks_mark,
    )
    await publish(session, told, actor_id=actor.id)


def about(request: PartnerRequest) -> dict[str, Any]:
    """What every event of a request says: its subject, and whose timelines show it."""
    return {"subject": Ref("partner_request", request.id), "related": (request.application_id,)}
