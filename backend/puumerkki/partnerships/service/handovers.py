"""Where everybody in an office of an authority takes no part, its owners are told and hand the case over."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import OperatorsTakeNoPart
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.applications.queries.people import named
from puumerkki.applications.schemas.named import OrganisationNamed, PersonNamed
from puumerkki.identity.events import RoleGranted
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.organisations.events.organisations import (
    AffiliationDeclared,
    RelationAccepted,
    RelationAdded,
    RolesChanged,
)
from puumerkki.organisations.models.organisations import Organisation, RelationKind
from puumerkki.partnerships.errors.handovers import CaseHasPerson
from puumerkki.partnerships.errors.partner_requests import Disqualified
from puumerkki.partnerships.events.gate import DecisionToLookAt
from puumerkki.partnerships.events.handovers import CaseHandedOver, CaseWithoutPerson
from puumerkki.partnerships.events.partner_requests import (
    PartnerRequestArrived,
    PartnerRequestBegun,
    PartnerRequestMoved,
)
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries import handovers as queries
from puumerkki.partnerships.queries.acting import can_be_handed_over, handed_to, has_nobody
from puumerkki.partnerships.schemas.handovers import CaseHandoverPublic, HandoverGiven
from puumerkki.partnerships.service import case_mails
from puumerkki.partnerships.service.case_changes import event_fields
from puumerkki.partnerships.service.tie_asking import ask_stand_in

AGAIN = timedelta(days=1)
"""Of one case owners are told no sooner again, unless whom they named takes no part by now."""


async def tell_owners(session: AsyncSession, request: PartnerRequest) -> None:
    """Where nobody may act for an office: to the authority's owners, who hand the case over."""
    await session.flush()
    for office in CaseOffice:
        if not await has_nobody(session, request, office):
            continue
        known = await _of(session, request, office)
        if known is not None and known.waits and known.told_at > clock.now() - AGAIN:
            continue
        if known is None:
            known = CaseHandover(partner_request_id=request.id, office=office, told_at=clock.now())
            session.add(known)
        known.told_at = clock.now()
        await session.flush()
        await publish(session, CaseWithoutPerson(**event_fields(request), office=office), actor_id=None)
        owners = await queries.untied_owners(session, request)
        await case_mails.write_to_hand_over(session, request, office, owners)


async def _of(session: AsyncSession, request: PartnerRequest, office: CaseOffice) -> CaseHandover | None:
    statement = select(CaseHandover).where(
        col(CaseHandover.partner_request_id) == request.id, col(CaseHandover.office) == office
    )
    return (await session.exec(statement)).one_or_none()


async def after_case(
    session: AsyncSession, event: PartnerRequestArrived | PartnerRequestMoved | PartnerRequestBegun | DecisionToLookAt
) -> None:
    """A case has come, or is at the next office."""
    await tell_owners(session, await session.get_one(PartnerRequest, event.subject.id))


async def after_tie(session: AsyncSession, event: RoleGranted | RolesChanged | AffiliationDeclared) -> None:
    """Somebody in office, or whom a case was handed to, has a new tie."""
    await session.flush()
    for one in await queries.in_office_and_tied(session, event.principal_id):
        await tell_owners(session, one)


async def after_host_accepted(session: AsyncSession, event: RelationAccepted | RelationAdded) -> None:
    """An organisation answers for a group from now on, so that its people are tied."""
    if event.kind == RelationKind.host:
        for one in await queries.open_and_tied_to(session, event.related[0]):
            await tell_owners(session, one)


async def handover_list(session: AsyncSession, *, actor: Actor) -> list[CaseHandoverPublic]:
    """The cases that an owner could hand over, each with who could take it."""
    found = []
    for one, request in await queries.owned(session, actor):
        tied = await queries.is_bound(session, request, actor.person_id())
        fit = [] if tied else await queries.fit(session, request, one.office, but=actor.person_id())
        authority = await session.get_one(Organisation, request.authority_id)
        given = await named(session, await handed_to(session, request, one.office))
        found.append(
            CaseHandoverPublic(
                id=one.id,
                authority=OrganisationNamed(id=authority.id, names=authority.names),
                case_number=request.case_number,
                arrived_at=request.arrived_at,
                office=one.office,
                handed_to=PersonNamed(**given[0]) if given else None,
                may_hand_over=not tied,
                candidates=[PersonNamed(principal_id=id_, name=name or None) for id_, name in fit],
            )
        )
    return found


async def hand_over(session: AsyncSession, *, actor: Actor, handover_id: UUID, given: HandoverGiven) -> None:
    """An owner names who prepares or decides; they name another as long as everybody in office takes no part."""
    who, found = actor.person_id(), await session.get(CaseHandover, handover_id)
    if found is None:
        raise NotFound()
    request = await session.get_one(PartnerRequest, found.partner_request_id, with_for_update=True)
    await session.refresh(found, with_for_update=True)
    if not actor.may(P.people_manage, request.authority_id):
        raise NotFound()
    if actor.holds(Role.operator, None):
        raise OperatorsTakeNoPart()
    if await queries.is_bound(session, request, who):
        raise Disqualified()
    if not await can_be_handed_over(session, request, found.office):
        raise CaseHasPerson()
    if all(given.principal_id != id_ for id_, _ in await queries.fit(session, request, found.office, but=who)):
        raise invalid(
            "/principal_id", "person_unfit", "Choose somebody else of the authority who is not tied and can act."
        )
    found.principal_id, found.given_by, found.given_at = given.principal_id, who, clock.now()
    touch(request)
    await session.flush()
    await publish(session, CaseHandedOver(**event_fields(request), office=found.office), actor_id=actor.id)
    await case_mails.write_handed_over(session, request, found.office, given.principal_id)
    if found.office is CaseOffice.decider:
        await ask_stand_in(session, request, given.principal_id)
