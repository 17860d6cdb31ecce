"""What happens to partner requests by itself: arriving, following an endorsement, ending with the application.

Locks come in the house's order, so callers hold the application, the handling and the endorsement before they call
these.
"""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.partnerships.events.partner_requests import PartnerRequestMoved
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import CaseCounter, LookAt, PartnerRequest
from puumerkki.partnerships.queries.gate import endorsements_on, networks_of, row_facts, rows_of
from puumerkki.partnerships.queries.gate_matching import Concern, concerns
from puumerkki.partnerships.service.case_changes import (
    UNDER_WAY,
    event_fields,
    look_at,
    refer,
    send_back,
    tell_arrival,
    withdraw,
)
from puumerkki.partnerships.service.fallen_proposals import fell
from puumerkki.partnerships.service.gate import add_rows, check_gate, defer_gate, stand_on, unmet
from puumerkki.partnerships.service.gate_versions import follow_version, locked_requests
from puumerkki.partnerships.workflow.gate import met_by

_S = PartnerRequestState


async def receive_requests(
    session: AsyncSession, *, application: Application, version: ApplicationVersion, actor: Actor
) -> None:
    """Register a submitted version at each asked authority, at once and whatever the gate says.

    What is prepared goes on if every policy that concerns it is met on this version too, and arrives again otherwise;
    what is decided stays so, to be looked at. An authority that is no longer asked has its open case withdrawn.
    """
    await defer_gate(session)
    asked = {UUID(one["id"]): one["asks"] for one in version.content.get("authorities") or ()}
    known = {request.authority_id: request for request in await locked_requests(session, application.id)}
    for authority_id in sorted(asked):
        request = known.pop(authority_id, None)
        found = await concerns(session, authority_id=authority_id, version=version, day=clock.today())
        if request is None:
            await _register(session, version, authority_id, asked[authority_id], found, actor)
        elif request.state is _S.decided:
            await look_at(session, request, LookAt.new_version, actor_id=actor.id)
        else:
            request.asks = asked[authority_id]
            await follow_version(session, request, version, found, actor)
    for request in known.values():
        await _withdraw(session, request, LookAt.no_longer_asked, actor)
    await session.flush()
    await check_gate(session)


async def withdraw_requests(session: AsyncSession, *, application: Application, actor: Actor) -> None:
    """End every open request of a withdrawn application; call it before its endorsements end."""
    for request in await locked_requests(session, application.id):
        await _withdraw(session, request, LookAt.application_withdrawn, actor)


async def release_gated(
    session: AsyncSession, *, endorsement: Endorsement, actor_id: UUID | None, superseded: bool = False
) -> None:
    """What stands on an endorsement that is about to end; call it under the endorsement's lock, before it ends.

    Preparation goes on if other endorsements meet every row, and is sent back otherwise. A decision stays: it is to be
    looked at, since the endorsement was revoked, or `superseded`.
    """
    reason = LookAt.superseded if superseded else LookAt.revoked
    for request in await _relying_on(session, endorsement.id):
        if request.state is _S.decided:
            await look_at(session, request, reason, actor_id=actor_id)
            continue
        rows = await rows_of(session, request.id)
        asking = [row for row in rows if row.asks]
        endorsements = await endorsements_on(
            session, request.application_id, request.version_number, networks_of(rows), lock=True, but=endorsement.id
        )
        facts = [row_facts(row, endorsements, clock.today()) for row in asking if row.endorsement_id == endorsement.id]
        if unmet(facts):
            await send_back(session, request, rows, actor_id=actor_id)
            continue
        for one in facts:
            stand_on(one.row, met_by(one, clock.today()))
        touch(request)
    await session.flush()


async def expire_gated(session: AsyncSession, endorsement: Endorsement) -> None:
    """An endorsement has run out: decisions that stood on it are to be looked at."""
    for request in await _relying_on(session, endorsement.id):
        if request.state is _S.decided:
            await look_at(session, request, LookAt.expired, actor_id=None)


async def move_gated(session: AsyncSession, *, old: Endorsement, new: Endorsement) -> None:
    """Move preparation that stands on `old` onto `new`, an endorsement in force of the same network on a later version.

    A network has one endorsement in force on an application, so the old one ends before the new one begins: call
    `defer_gate`, end `old` and flush, add `new` and flush, then call this. The key is checked when the transaction
    ends: other rows of the case may stand on endorsements that have yet to move. A decision stays: it named its
    version.
    """
    for request in await _relying_on(session, old.id):
        if request.state is _S.decided:
            if new.version_number != old.version_number:
                await look_at(session, request, LookAt.superseded, actor_id=None)
            continue
        rows = await rows_of(session, request.id)
        if request.version_number != new.version_number:
            if any(row.waiver_id is not None for row in rows):
                # that was of the former version; what the row asks on the new one is asked when that arrives
                await send_back(session, request, rows, actor_id=None)
                continue
            await fell(session, request, actor_id=None)
            request.version_number = new.version_number
            await session.flush()
            moved = PartnerRequestMoved(**event_fields(request), version_number=new.version_number)
            await publish(session, moved, actor_id=None)
        for row in rows:
            if row.endorsement_id == old.id:
                stand_on(row, new)
        touch(request)
        await session.flush()


async def _relying_on(session: AsyncSession, endorsement_id: UUID) -> list[PartnerRequest]:
    rows = select(GateRequirement.partner_request_id).where(
        col(GateRequirement.endorsement_id) == endorsement_id,
        col(GateRequirement.released_at).is_(None),
        col(GateRequirement.waiver_id).is_(None),
    )
    found = await session.exec(
        select(PartnerRequest)
        .where(col(PartnerRequest.id).in_(rows), col(PartnerRequest.state).in_(UNDER_WAY | {_S.decided}))
        .order_by(col(PartnerRequest.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found.all())


async def _register(
    session: AsyncSession,
    version: ApplicationVersion,
    authority_id: UUID,
    asks: str | None,
    found: list[Concern],
    actor: Actor,
) -> None:
    request = PartnerRequest(
        application_id=version.application_id,
        authority_id=authority_id,
        version_number=version.number,
        case_number=await _next_case_number(session, authority_id),
        arrived_at=clock.now(),
        asks=asks,
    )
    session.add(request)
    await session.flush()
    await add_rows(session, request, found)
    await tell_arrival(session, request, asks_endorsement=bool(found), actor_id=actor.id)
    await refer(session, request)


async def _next_case_number(session: AsyncSession, authority_id: UUID) -> str:
    year = clock.today().year
    counter = insert(CaseCounter).values(authority_id=authority_id, year=year, last=1)
    counted = await session.exec(
        counter.on_conflict_do_update(
            index_elements=["authority_id", "year"], set_={"last": col(CaseCounter.last) + 1}
        ).returning(col(CaseCounter.last))
    )
    return f"PK/{year}/{counted.one()[0]:06d}"


async def _withdraw(session: AsyncSession, request: PartnerRequest, reason: LookAt, actor: Actor) -> None:
    """Nobody asks any more: an open case ends. What is decided stays the authority's, to be looked at for `reason`."""
    if request.state is _S.decided:
        await look_at(session, request, reason, actor_id=actor.id)
    elif request.state is not _S.withdrawn:
        await withdraw(session, request, actor_id=actor.id)
