"""The gate's rows: added, met, released. Callers lock the endorsements, then the case, and flush in that order."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.subjects import Ref
from puumerkki.partnerships.events.gate import EndorsementAskedFor, EndorsementNotNeeded, RequirementAdded
from puumerkki.partnerships.models.gate import GateCause, GatePolicy, GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate import handling_networks
from puumerkki.partnerships.queries.gate_matching import Concern
from puumerkki.partnerships.workflow.gate import GateFacts, RowFacts, carried_by, meets, met_by


async def check_gate(session: AsyncSession) -> None:
    """Ask the gate's foreign key now, and from now on at once again."""
    await session.exec(text("set constraints fk_gate_requirement_gate immediate"))  # type: ignore[call-overload]


async def defer_gate(session: AsyncSession) -> None:
    """Let the gate's foreign key wait for the end of the transaction: endorsements move to another version."""
    await session.exec(text("set constraints fk_gate_requirement_gate deferred"))  # type: ignore[call-overload]


def _row(
    session: AsyncSession,
    request: PartnerRequest,
    policy: GatePolicy,
    cause: GateCause,
    *,
    endorsement: Endorsement | None,
    **brought: Any,
) -> GateRequirement:
    made = GateRequirement(
        partner_request_id=request.id,
        application_id=request.application_id,
        version_number=request.version_number,
        stage=request.state.value,
        policy_id=policy.id,
        network_ids=sorted(policy.network_ids),
        lets_open_conditions=policy.lets_open_conditions,
        cause=cause,
        cause_version=request.version_number,
        endorsement_id=endorsement.id if endorsement else None,
        endorsement_network_id=endorsement.network_id if endorsement else None,
        **brought,
    )
    session.add(made)
    return made


async def add_rows(
    session: AsyncSession,
    request: PartnerRequest,
    new: Iterable[Concern],
    endorsements: Sequence[Endorsement] = (),
    **brought: Any,
) -> list[GateRequirement]:
    """Rows for policies that have none on this case yet. `endorsements`: what meets them if it is in preparation."""
    made = [
        _row(session, request, one.policy, one.cause, endorsement=meeting(one.policy, endorsements), **brought)
        for one in new
    ]
    await session.flush()
    return made


def meeting(asked: GateRequirement | GatePolicy, endorsements: Sequence[Endorsement]) -> Endorsement | None:
    """The first of the endorsements that opens it today."""
    return next((endorsement for endorsement in endorsements if meets(endorsement, asked, clock.today())), None)


async def tell_added(
    session: AsyncSession, request: PartnerRequest, rows: Iterable[GateRequirement], *, actor_id: UUID | None
) -> None:
    """Tell the parties of rows that came later than the case, and the networks that have not got it."""
    for row in rows:
        added = RequirementAdded(
            subject=Ref("partner_request", request.id),
            related=(request.application_id,),
            requirement_id=row.id,
            cause=row.cause,
            network_ids=tuple(row.network_ids),
        )
        await publish(session, added, actor_id=actor_id)
        await tell_networks(session, request, row.network_ids, EndorsementAskedFor, actor_id=actor_id)


async def tell_networks(
    session: AsyncSession,
    request: PartnerRequest,
    network_ids: Iterable[UUID],
    event: type[EndorsementAskedFor] | type[EndorsementNotNeeded],
    *,
    actor_id: UUID | None,
) -> None:
    """To networks without a handling of the application: only which authority it is, nothing of the application."""
    handles = await handling_networks(session, request.application_id)
    for network_id in network_ids:
        if network_id not in handles:
            told: Event = event(subject=Ref("network", network_id), authority_id=request.authority_id)
            await publish(session, told, actor_id=actor_id)


async def rely_on_endorsements(session: AsyncSession, facts: GateFacts, *, carry: bool = False) -> None:
    """Let each row stand on the endorsement that meets it (`carry`: or carries it), before the case's state changes."""
    for one in facts.rows:
        endorsement = carried_by(one, facts) if carry else met_by(one, facts.today)
        assert endorsement is not None
        stand_on(one.row, endorsement)
    await session.flush()


def stand_on(row: GateRequirement, endorsement: Endorsement | None) -> None:
    """The endorsement on which a row stands; None: on none."""
    row.endorsement_id = endorsement.id if endorsement else None
    row.endorsement_network_id = endorsement.network_id if endorsement else None


def unmet(rows: Iterable[RowFacts]) -> bool:
    """Whether a row that asks has no endorsement that meets it today."""
    today = clock.today()
    return any(met_by(one, today) is None for one in rows)
