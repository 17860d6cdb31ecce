"""The rows of a case asked anew: why each concerns a version, and which of those settled before ask again there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.applications.queries.versions import calls_of
from puumerkki.kernel import clock
from puumerkki.partnerships.models.gate import GateCause, GatePolicy, GateRequirement, ReleaseGround
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate_matching import concerned_by

_STRICTER = (GateCause.no_longer_fits, GateCause.missing, GateCause.wider, GateCause.named)


@dataclass(frozen=True)
class RowAnew:
    """A row on a version. `falls`: what released or waived it before holds no more, so that it asks again."""

    row: GateRequirement
    cause: GateCause
    falls: bool = False

    @property
    def asks(self) -> bool:
        return self.row.asks or self.falls


async def rows_anew(
    session: AsyncSession, request: PartnerRequest, rows: Sequence[GateRequirement], version: ApplicationVersion
) -> list[RowAnew]:
    """Each row on a version. On the one that it was asked on, a cause becomes stricter, or its call is gone."""
    ids = [row.policy_id for row in rows if row.policy_id is not None]
    found = await session.exec(select(GatePolicy).where(col(GatePolicy.id).in_(ids)))
    policies = {one.id: one for one in found.all()}
    asked = await concerned_by(session, policies.values(), request.authority_id, version)
    causes = {one.policy.id: one.cause for one in asked}
    calls = await calls_of(session, version)
    anew = []
    for row in rows:
        policy = policies.get(row.policy_id) if row.policy_id is not None else None
        cause = row.cause
        if policy is not None and cause is GateCause.brought:
            # what concerns the version by itself does so whoever brought it
            cause = causes.get(policy.id, cause)
        elif policy is not None:
            cause = _cause(row, policy, causes.get(policy.id, GateCause.no_longer_fits), version.number, calls)
        anew.append(RowAnew(row, cause, _falls(row, policy, cause, version.number)))
    return anew


def release_ground(policy: GatePolicy | None, cause: GateCause, day: date) -> ReleaseGround | None:
    """Why a row may be released; None: only an endorsement or a waiver meets it."""
    if cause in (GateCause.wider, GateCause.missing, GateCause.no_longer_fits):
        return ReleaseGround(cause.value)
    ended = policy is not None and policy.ends_on is not None and policy.ends_on < day
    return ReleaseGround.policy_ended if ended else None


def _cause(
    row: GateRequirement, policy: GatePolicy, today: GateCause, number: int, calls: Collection[UUID]
) -> GateCause:
    gone = today is GateCause.no_longer_fits and bool(policy.call_ids) and not set(calls) & set(policy.call_ids)
    free = row.cause_version < number or gone
    return today if free or _STRICTER.index(today) > _STRICTER.index(row.cause) else row.cause


def _falls(row: GateRequirement, policy: GatePolicy | None, cause: GateCause, number: int) -> bool:
    if row.waiver_id is not None:
        return row.version_number != number
    if row.release_ground is None:
        return False
    if row.release_ground is ReleaseGround.undone:
        return cause is not GateCause.brought
    if row.release_ground is ReleaseGround.policy_ended:
        return release_ground(policy, GateCause.named, clock.today()) is None
    return row.release_ground.value != cause.value
