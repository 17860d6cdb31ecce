"""What the authorities' cases have to do with an application and with an endorsement."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SelectBase, Uuid, any_, exists
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, granted
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.applications.followers import Follower, Sql, Submission
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.endorsements.dependants import Dependant
from puumerkki.kernel.reads.listings import AccessPath
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.handed import by_handover
from puumerkki.partnerships.queries.partner_requests import readable
from puumerkki.partnerships.service.gate import defer_gate
from puumerkki.partnerships.service.partner_requests import (
    expire_gated,
    move_gated,
    receive_requests,
    release_gated,
    withdraw_requests,
)

_ENDED = (PartnerRequestState.decided, PartnerRequestState.withdrawn)


async def _submitted(session: AsyncSession, given: Submission) -> None:
    await receive_requests(session, application=given.application, version=given.version, actor=given.actor)


async def _withdrawn(session: AsyncSession, application: Application, actor: Actor) -> None:
    await withdraw_requests(session, application=application, actor=actor)


def _authorities(application_id: Any) -> Sequence[Select[Any]]:
    request = aliased(PartnerRequest)
    came = core_select(col(request.authority_id)).where(col(request.application_id) == application_id)
    return [came.correlate_except(request)]


_ASKING = Statement(
    lambda: (
        core_select(col(PartnerRequest.authority_id))
        .join(GateRequirement, col(GateRequirement.partner_request_id) == col(PartnerRequest.id))
        .where(
            col(PartnerRequest.application_id) == param("application", Uuid()),
            param("network", Uuid()) == any_(col(GateRequirement.network_ids)),
        )
    )
)


async def _asking(session: AsyncSession, application_id: UUID, network_id: UUID) -> Collection[UUID]:
    return [id_ for (id_,) in await _ASKING.fetch_all(session, application=application_id, network=network_id)]


async def _preparing(session: AsyncSession, application_id: UUID) -> Collection[UUID]:
    cases = select(PartnerRequest.authority_id).where(
        col(PartnerRequest.application_id) == application_id, col(PartnerRequest.state).not_in(_ENDED)
    )
    return (await session.exec(cases)).all()


def _readers(caller: Caller, application_id: Any) -> Sequence[ColumnElement[bool]]:
    reads = exists().where(
        col(PartnerRequest.application_id) == application_id,
        granted(P.partner_requests_read, on=col(PartnerRequest.authority_id), caller=caller),
    )
    return [reads]


def _arrived(application_id: Any, scope_id: Any, moment: Any) -> Sequence[ColumnElement[bool]]:
    request = aliased(PartnerRequest)
    came = exists().where(
        col(request.application_id) == application_id,
        col(request.authority_id) == scope_id,
        col(request.arrived_at) < moment,
    )
    return [came.correlate_except(request)]


def _cases(caller: Caller, application_id: Any) -> Sequence[SelectBase]:
    known = core_select(col(PartnerRequest.authority_id), col(PartnerRequest.id), col(PartnerRequest.state))
    return [known.where(col(PartnerRequest.application_id) == application_id, readable(caller))]


def _receives(caller: Caller, on: Any) -> Sequence[AccessPath]:
    request = aliased(PartnerRequest)
    return [
        by_scope(P.partner_requests_read, caller, at=col(request.authority_id), key=col(request.application_id), on=on)
    ]


def _handed(caller: Caller, on: Any) -> Sequence[AccessPath]:
    return [by_handover(caller, on)]


FOLLOWER = Follower(
    kind="partner_request",
    on_submitted=_submitted,
    on_withdrawn=_withdrawn,
    asking=_asking,
    preparing=_preparing,
    sql=Sql(
        cases=_cases,
        readers=_readers,
        arrived=_arrived,
        authorities=_authorities,
        receives=_receives,
        handed=_handed,
    ),
)
DEPENDANT = Dependant(
    kind="partner_request", defer=defer_gate, move=move_gated, release=release_gated, expire=expire_gated
)
