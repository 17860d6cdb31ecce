"""Whether what an application names exists and may be named; problems point at the field."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import Application, ApplicationNeed, ApplicationNetwork
from puumerkki.applications.queries.application_facts import takes_applications
from puumerkki.applications.schemas.applications import ApplicationCreate, ApplicationUpdate
from puumerkki.calls.queries import require_call
from puumerkki.kernel.errors import invalid
from puumerkki.needs.queries import require_needs
from puumerkki.networks.models.networks import Network, NetworkState
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation, OrganisationState
from puumerkki.reference.models import Area, Scheme
from puumerkki.reference.queries import require_codes


async def check(
    session: AsyncSession,
    given: ApplicationCreate | ApplicationUpdate,
    *,
    applicant_id: UUID,
    present: Application | None = None,
) -> None:
    """Invalid unless everything that is named may be named; what `present` names already may stay."""
    if given.content is not None and given.content.target_groups:
        codes = given.content.target_groups
        await require_codes(session, Scheme.target_group, codes, pointer="/content/target_groups")
    if given.call_id is not None and (present is None or present.call_id != given.call_id):
        await _check_call(session, given.call_id)
    if given.co_applicant_ids:
        if applicant_id in given.co_applicant_ids:
            raise invalid("/co_applicant_ids", "is_applicant", "The leading applicant is not a further one.")
        active = await _organisations(session, given.co_applicant_ids)
        _refuse_others(given.co_applicant_ids, {one.id for one in active}, "/co_applicant_ids", "organisation_unknown")
    if given.authorities:
        asked = [one.authority_id for one in given.authorities]
        known = {one.id for one in await _organisations(session, asked) if one.sector in AUTHORITIES}
        _refuse_others(asked, known, "/authorities", "authority_unknown", step="/authority_id")
    if given.network_ids:
        await _check_networks(session, given.network_ids, present)
    if given.area_ids:
        await _check_areas(session, given.area_ids, present)
    if given.need_ids:
        await _check_needs(session, given.need_ids, present)


async def _check_call(session: AsyncSession, call_id: UUID) -> None:
    call = await require_call(session, call_id, pointer="/call_id")
    if not takes_applications(call):
        raise invalid("/call_id", "call_closed", "This call is not open.")


async def _organisations(session: AsyncSession, keys: Iterable[UUID]) -> list[Organisation]:
    found = await session.exec(
        select(Organisation).where(
            col(Organisation.id).in_(list(keys)), col(Organisation.state) == OrganisationState.active
        )
    )
    return list(found.all())


async def _check_networks(session: AsyncSession, keys: list[UUID], present: Application | None) -> None:
    found = await session.exec(
        select(Network.id).where(col(Network.id).in_(keys), col(Network.state) == NetworkState.active)
    )
    allowed = set(found.all())
    if present is not None:
        asked = select(ApplicationNetwork.network_id).where(col(ApplicationNetwork.application_id) == present.id)
        allowed |= set((await session.exec(asked)).all())
    _refuse_others(keys, allowed, "/network_ids", "network_unknown")


async def _check_areas(session: AsyncSession, keys: list[UUID], present: Application | None) -> None:
    named = set(present.area_ids) if present else set()
    found = await session.exec(select(Area.id).where(col(Area.id).in_(keys)))
    _refuse_others(keys, {*found.all(), *named}, "/area_ids", "area_unknown")


async def _check_needs(session: AsyncSession, keys: list[UUID], present: Application | None) -> None:
    answered: set[UUID] = set()
    if present is not None:
        statement = select(ApplicationNeed.need_id).where(col(ApplicationNeed.application_id) == present.id)
        answered = set((await session.exec(statement)).all())
    await require_needs(session, [key for key in keys if key not in answered], "/need_ids")


def _refuse_others(keys: list[UUID], allowed: set[UUID], pointer: str, code: str, *, step: str = "") -> None:
    for place, key in enumerate(keys):
        if key not in allowed:
            raise invalid(f"{pointer}/{place}{step}", code, "There is no such thing that could be named here.")
