"""Reads of the gate on one case: its rows, the endorsements that could meet them, and what the guards ask."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import Network
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate_matching import policies_in_force
from puumerkki.partnerships.workflow.gate import GateFacts, RowFacts, open_before


async def rows_of(session: AsyncSession, request_id: UUID) -> list[GateRequirement]:
    """All rows of a case, as they are in the database now. They change only under the case's lock."""
    statement = select(GateRequirement).where(col(GateRequirement.partner_request_id) == request_id)
    found = await session.exec(statement.order_by(col(GateRequirement.id)).execution_options(populate_existing=True))
    return list(found.all())


def networks_of(rows: Sequence[GateRequirement]) -> list[UUID]:
    """The networks of the rows that ask, each once."""
    return list(dict.fromkeys(id_ for row in rows if row.asks for id_ in row.network_ids))


async def endorsements_on(
    session: AsyncSession,
    application_id: UUID,
    version: int,
    network_ids: Collection[UUID],
    *,
    lock: bool = False,
    but: UUID | None = None,
) -> list[Endorsement]:
    """The endorsements in force of these networks on exactly this version, out of their days or not, `but` one.

    `lock` keeps them from ending meanwhile.
    """
    if not network_ids:
        return []
    statement = select(Endorsement).where(
        col(Endorsement.application_id) == application_id,
        col(Endorsement.version_number) == version,
        col(Endorsement.network_id).in_(list(network_ids)),
        col(Endorsement.state) == EndorsementState.valid,
    )
    if but is not None:
        statement = statement.where(col(Endorsement.id) != but)
    statement = statement.order_by(col(Endorsement.id))
    if lock:
        statement = statement.with_for_update(read=True).execution_options(populate_existing=True)
    return list((await session.exec(statement)).all())


def row_facts(row: GateRequirement, endorsements: Sequence[Endorsement], today: date) -> RowFacts:
    """A row with the endorsements that could meet it: first those valid today, without open conditions, long."""
    own = [endorsement for endorsement in endorsements if endorsement.network_id in row.network_ids]

    def rank(endorsement: Endorsement) -> tuple[bool, bool, bool, int]:
        within = endorsement.valid_from <= today <= endorsement.valid_until
        return (
            not within,
            open_before(endorsement),
            endorsement.id != row.endorsement_id,
            -endorsement.valid_until.toordinal(),
        )

    return RowFacts(row, tuple(sorted(own, key=rank)))


async def gate_facts(
    session: AsyncSession, request: PartnerRequest, *, rows: Sequence[GateRequirement] | None = None
) -> GateFacts:
    """What the guards ask of the case's gate now."""
    known = await rows_of(session, request.id) if rows is None else rows
    asking = [row for row in known if row.asks]
    network_ids = networks_of(asking)
    endorsements = await endorsements_on(session, request.application_id, request.version_number, network_ids)
    today = clock.today()
    return GateFacts(
        today=today,
        rows=tuple(row_facts(row, endorsements, today) for row in asking),
        begun_on=request.begun_on,
        networks=await networks_named(session, network_ids),
        none_concerns=not known and bool(await policies_in_force(session, request.authority_id, today)),
        groups_confirmed=request.groups_confirmed_at is not None,
    )


async def networks_named(session: AsyncSession, network_ids: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """Networks as an error names them: their ids and names, by the id."""
    if not network_ids:
        return {}
    statement = select(Network.id, Network.names).where(col(Network.id).in_(list(network_ids)))
    found = await session.exec(statement.order_by(col(Network.sort_key), col(Network.id)))
    return {network_id: {"id": str(network_id), "names": names} for network_id, names in found.all()}


async def handling_networks(session: AsyncSession, application_id: UUID) -> frozenset[UUID]:
    """The networks that have got an application and have it still."""
    got = select(Handling.network_id).where(
        col(Handling.application_id) == application_id, col(Handling.state) != HandlingState.withdrawn
    )
    return frozenset((await session.exec(got)).all())


async def version_of(session: AsyncSession, application_id: UUID, number: int) -> ApplicationVersion:
    """One frozen version."""
    statement = select(ApplicationVersion).where(
        and_(col(ApplicationVersion.application_id) == application_id, col(ApplicationVersion.number) == number)
    )
    return (await session.exec(statement)).one()
