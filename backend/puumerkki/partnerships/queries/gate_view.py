"""The policies that concern a case, as a reader sees them: how each stands, and what each network answered."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.endorsements.models.revocations import Revocation, RevocationState
from puumerkki.endorsements.schemas.endorsements import EndorsementCondition
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.kernel import clock
from puumerkki.kernel.workflow import MayAct
from puumerkki.networks.models.networks import Network, NetworkState
from puumerkki.partnerships.models.gate import GateCause, GatePolicy, GateRequirement, Waiver
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate_anew import release_ground
from puumerkki.partnerships.schemas import gate as schemas
from puumerkki.partnerships.schemas.gate import RequirementStatus
from puumerkki.partnerships.workflow.gate import CARRIES, GateFacts, RowFacts, carried_by, met_by, valid_on


async def requirements(
    session: AsyncSession,
    actor: MayAct,
    request: PartnerRequest,
    rows: Sequence[GateRequirement],
    facts: GateFacts,
    *,
    party: bool,
) -> list[schemas.RequirementPublic]:
    """All rows of a case. Which network handles it how is shown to parties and to that network."""
    networks = await _networks(session, actor, request, {id_ for row in rows for id_ in row.network_ids}, party=party)
    policies = await _by_id(session, GatePolicy, [row.policy_id for row in rows])
    endorsements = await _by_id(session, Endorsement, [row.endorsement_id for row in rows])
    waivers = await _by_id(session, Waiver, [row.waiver_id for row in rows])
    asking = {one.row.id: one for one in facts.rows}
    return [
        schemas.RequirementPublic(
            id=row.id,
            policy=_named(policies.get(row.policy_id)),
            cause=row.cause,
            standing=requirement_status(request, row, asking.get(row.id), facts),
            lets_open_conditions=row.lets_open_conditions,
            networks=[networks[id_] for id_ in row.network_ids],
            endorsement=_stood_on(endorsements.get(row.endorsement_id), facts) if row.waiver_id is None else None,
            waiver=_waiver(waivers.get(row.waiver_id)),
            release=_release(row),
            brought_reason=row.brought_reason,
            releasable=_releasable(actor, request, row, policies.get(row.policy_id), facts),
            undoable=not row.asks or row.cause is GateCause.brought,
        )
        for row in rows
    ]


def requirement_status(
    request: PartnerRequest, row: GateRequirement, one: RowFacts | None, facts: GateFacts
) -> RequirementStatus:
    """How a row stands today; `one` is null where it asks no more. What a decision stood on stays."""
    if row.waiver_id is not None:
        return RequirementStatus.waived
    if one is None:
        return RequirementStatus.released
    if request.state is PartnerRequestState.decided and row.endorsement_id is not None:
        return RequirementStatus.met
    if met_by(one, facts.today) is not None:
        return RequirementStatus.met
    if carried_by(one, facts) is not None:
        return RequirementStatus.carried
    if any(valid_on(endorsement, facts.today) for endorsement in one.endorsements):
        return RequirementStatus.conditions_open
    return RequirementStatus.expired if one.endorsements else RequirementStatus.missing


def _releasable(
    actor: MayAct, request: PartnerRequest, row: GateRequirement, policy: GatePolicy | None, facts: GateFacts
) -> bool:
    undone = row.undone_version is not None
    by_actor = not undone or actor.may(P.partner_requests_decide, request.authority_id)
    return row.asks and by_actor and release_ground(policy, row.cause, facts.today) is not None


async def _by_id(session: AsyncSession, table: Any, keys: Sequence[UUID | None]) -> dict[UUID | None, Any]:
    wanted = [one for one in keys if one is not None]
    if not wanted:
        return {}
    found = await session.exec(select(table).where(col(table.id).in_(wanted)))
    return {one.id: one for one in found.all()}


def _named(policy: GatePolicy | None) -> schemas.PolicyNamed | None:
    return None if policy is None else schemas.PolicyNamed.model_validate(policy, from_attributes=True)


def _stood_on(endorsement: Endorsement | None, facts: GateFacts) -> schemas.EndorsementStoodOn | None:
    if endorsement is None:
        return None
    ran_out = (
        facts.today > endorsement.valid_until and facts.begun_on is not None and valid_on(endorsement, facts.begun_on)
    )
    return schemas.EndorsementStoodOn(
        id=endorsement.id,
        number=endorsement.number,
        network_id=endorsement.network_id,
        valid_from=endorsement.valid_from,
        valid_until=endorsement.valid_until,
        carries_until=endorsement.valid_until + CARRIES if ran_out else None,
        open_conditions=_open_conditions(endorsement),
    )


def _open_conditions(endorsement: Endorsement) -> list[EndorsementCondition]:
    return [EndorsementCondition.model_validate(one) for one in endorsement.conditions if not one["met"]]


def _waiver(waiver: Waiver | None) -> schemas.WaiverPublic | None:
    if waiver is None:
        return None
    views = [
        schemas.NetworkView.model_validate({"network_id": network_id, **said})
        for network_id, said in sorted(waiver.network_views.items())
    ]
    return schemas.WaiverPublic(
        id=waiver.id,
        ground=waiver.ground,
        reason=waiver.reason,
        body=waiver.body,
        decided_on=waiver.decided_on,
        section=waiver.section,
        network_views=views,
    )


def _release(row: GateRequirement) -> schemas.ReleasePublic | None:
    if row.released_at is None or row.release_ground is None or row.release_reason is None:
        return None
    return schemas.ReleasePublic(ground=row.release_ground, reason=row.release_reason, released_at=row.released_at)


async def _networks(
    session: AsyncSession, actor: MayAct, request: PartnerRequest, network_ids: set[UUID], *, party: bool
) -> dict[UUID, schemas.NetworkAsked]:
    found = await session.exec(
        select(Network, Handling, Endorsement, col(Revocation.heard_until))
        .outerjoin(
            Handling,
            and_(
                col(Handling.network_id) == col(Network.id),
                col(Handling.application_id) == request.application_id,
            ),
        )
        .outerjoin(
            Endorsement,
            and_(
                col(Endorsement.handling_id) == col(Handling.id),
                col(Endorsement.version_number) == request.version_number,
                col(Endorsement.state) == EndorsementState.valid,
            ),
        )
        .outerjoin(
            Revocation,
            and_(
                col(Revocation.endorsement_id) == col(Endorsement.id),
                col(Revocation.state) == RevocationState.open,
            ),
        )
        .where(col(Network.id).in_(network_ids))
    )
    named: dict[UUID, schemas.NetworkAsked] = {}
    for network, handling, endorsement, heard_until in found.all():
        seen = handling if party or actor.may(P.handlings_read, on=network.id) else None
        named[network.id] = schemas.NetworkAsked(
            id=network.id,
            names=network.names,
            can_answer=network.state is NetworkState.active
            and (network.decides or (handling is not None and handling.decides and handling.state in OPEN_HANDLING)),
            handling_id=seen.id if seen else None,
            handling_state=seen.state if seen else None,
            endorsement_number=endorsement.number if endorsement else None,
            endorsement_valid_until=endorsement.valid_until if endorsement else None,
            endorsement_conditions=_open_conditions(endorsement) if endorsement else [],
            revocation_heard_until=heard_until and clock.last_day(heard_until),
        )
    return named
