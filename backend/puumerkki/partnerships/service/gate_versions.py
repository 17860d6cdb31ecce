"""The rows of a case follow its application: asked anew with each version, each planned filing, each reopening."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application, ApplicationState, ApplicationVersion
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.partnerships.events.gate import EndorsementAskedFor, RequirementAsksAgain
from puumerkki.partnerships.events.partner_requests import PartnerRequestMoved
from puumerkki.partnerships.models.gate import GateCause, GateRequirement
from puumerkki.partnerships.models.partner_requests import LookAt, PartnerRequest
from puumerkki.partnerships.queries.gate import endorsements_on, row_facts, rows_of, version_of
from puumerkki.partnerships.queries.gate_anew import RowAnew, rows_anew
from puumerkki.partnerships.queries.gate_matching import ASKED_BY, Concern, concerns, policies_in_force
from puumerkki.partnerships.service.case_changes import (
    OPEN,
    UNDER_WAY,
    event_fields,
    look_at,
    refer,
    send_back,
    tell_arrival,
)
from puumerkki.partnerships.service.fallen_proposals import fell
from puumerkki.partnerships.service.gate import add_rows, meeting, stand_on, tell_added, tell_networks
from puumerkki.partnerships.workflow.gate import met_by

_S = PartnerRequestState


async def locked_requests(session: AsyncSession, application_id: UUID) -> list[PartnerRequest]:
    """The cases of an application, locked in order."""
    found = await session.exec(
        select(PartnerRequest)
        .where(col(PartnerRequest.application_id) == application_id)
        .order_by(col(PartnerRequest.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found.all())


async def follow_calls(session: AsyncSession, *, application: Application, actor: Actor) -> None:
    """A filing to a call was planned, changed or withdrawn: policies for that call concern the case from now on.

    What is decided stays so, to be looked at.
    """
    if application.current_version is None:
        return
    newest = await version_of(session, application.id, application.current_version)
    for request in await locked_requests(session, application.id):
        if request.state is _S.withdrawn:
            continue
        found = await concerns(session, authority_id=request.authority_id, version=newest, day=clock.today())
        rows = await rows_of(session, request.id)
        if request.state is _S.decided:
            let_off = (GateCause.no_longer_fits, GateCause.brought)
            known = {row.policy_id for row in rows if row.asks or row.cause not in let_off}
            if any(one.policy.call_ids and one.policy.id not in known for one in found):
                await look_at(session, request, LookAt.call_added, actor_id=actor.id)
        elif request.state in OPEN and application.state is ApplicationState.active:
            new = _unknown([one for one in found if one.policy.call_ids], rows)
            await _follow_here(session, request, newest, rows, new, actor)


async def _follow_here(
    session: AsyncSession,
    request: PartnerRequest,
    version: ApplicationVersion,
    rows: list[GateRequirement],
    new: list[Concern],
    actor: Actor,
) -> None:
    anew = await rows_anew(session, request, rows, version)
    if not new and all(one.cause is one.row.cause and not one.falls for one in anew):
        return
    if request.state not in UNDER_WAY or not await _go_on(
        session, request, version, rows, anew, new, asked=[one.row for one in anew if one.falls]
    ):
        await onto(session, request, anew, version, actor_id=actor.id)
        added = await add_rows(session, request, new)
        await tell_added(session, request, added, actor_id=actor.id)
    touch(request)
    await refer(session, request)


async def follow_version(
    session: AsyncSession, request: PartnerRequest, version: ApplicationVersion, found: list[Concern], actor: Actor
) -> None:
    """A new version has come. Rows stay and may come, none goes by itself; each is asked anew.

    In preparation, a policy begun since concerns the case only if its groups, areas or call changed. If they did and
    none concerns it, whoever begins confirms them anew.
    """
    before = await version_of(session, version.application_id, version.number - 1)
    changed = any(before.content.get(name) != version.content.get(name) for name in ASKED_BY)
    if changed:
        request.groups_confirmed_at = request.groups_confirmed_by = None
    rows = await rows_of(session, request.id)
    new = _unknown(found, rows)
    anew = await rows_anew(session, request, rows, version)
    to_confirm = changed and not rows and not new and await _has_policies(session, request)
    if (
        request.state in UNDER_WAY
        and not to_confirm
        and await _go_on(
            session,
            request,
            version,
            rows,
            anew,
            new if changed else [],
            asked=[one.row for one in anew if one.asks],
        )
    ):
        return
    if request.state is _S.withdrawn or request.state in UNDER_WAY:
        await send_back(session, request, rows, actor_id=None)
    request.arrived_at = clock.now()
    await onto(session, request, anew, version, actor_id=actor.id)
    added = await add_rows(session, request, new)
    await tell_added(session, request, added, actor_id=actor.id)
    asks = any(row.asks for row in [*rows, *added])
    await tell_arrival(session, request, asks_endorsement=asks, actor_id=actor.id)
    await refer(session, request)


async def onto(
    session: AsyncSession,
    request: PartnerRequest,
    anew: Sequence[RowAnew],
    version: ApplicationVersion,
    *,
    actor_id: UUID | None,
) -> None:
    """The case and its rows on a version; what falls asks again, and everybody is told of it.

    In preparation, what asks again has its endorsement by now.
    """
    if request.version_number != version.number:
        await fell(session, request, actor_id=actor_id)
    request.version_number = version.number
    await session.flush()
    # the rows came along, without the waivers of a former version
    await rows_of(session, request.id)
    for one in anew:
        one.row.cause, one.row.cause_version = one.cause, version.number
        if one.falls:
            ask_again(one.row)
    await session.flush()
    for one in anew:
        if one.falls:
            told = RequirementAsksAgain(**event_fields(request), requirement_id=one.row.id, cause=one.cause)
            await publish(session, told, actor_id=actor_id)
            await tell_networks(session, request, one.row.network_ids, EndorsementAskedFor, actor_id=actor_id)


def ask_again(row: GateRequirement) -> None:
    """Take back what released a row."""
    row.released_at = row.released_by = row.release_ground = row.release_reason = None


async def _go_on(
    session: AsyncSession,
    request: PartnerRequest,
    version: ApplicationVersion,
    rows: list[GateRequirement],
    anew: list[RowAnew],
    new: list[Concern],
    *,
    asked: list[GateRequirement],
) -> bool:
    """Whether preparation goes on, on the version: every row `asked` and every new one is met there. Else sent back."""
    network_ids = [id_ for row in asked for id_ in row.network_ids]
    network_ids += [id_ for one in new for id_ in one.policy.network_ids]
    endorsements = await endorsements_on(session, request.application_id, version.number, network_ids, lock=True)
    today = clock.today()
    met = [(row, met_by(row_facts(row, endorsements, today), today)) for row in asked]
    if any(endorsement is None for _, endorsement in met) or any(
        meeting(one.policy, endorsements) is None for one in new
    ):
        await send_back(session, request, rows, actor_id=None)
        return False
    moved = request.version_number != version.number
    for row, endorsement in met:
        stand_on(row, endorsement)
    await session.flush()
    await onto(session, request, anew, version, actor_id=None)
    if moved:
        await publish(
            session, PartnerRequestMoved(**event_fields(request), version_number=version.number), actor_id=None
        )
    added = await add_rows(session, request, new, endorsements)
    await tell_added(session, request, added, actor_id=None)
    return True


async def _has_policies(session: AsyncSession, request: PartnerRequest) -> bool:
    return bool(await policies_in_force(session, request.authority_id, clock.today()))


def _unknown(found: list[Concern], rows: Sequence[GateRequirement]) -> list[Concern]:
    known = {row.policy_id for row in rows}
    return [one for one in found if one.policy.id not in known]
