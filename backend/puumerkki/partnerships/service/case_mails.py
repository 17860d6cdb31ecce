"""Mail about one authority's case: what is asked of it has changed, or its decision is to be looked at."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.queries.frozen import title_at
from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.networks.models.networks import Network
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.handovers import CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.gate import handling_networks


async def write_to_look_at(session: AsyncSession, request: PartnerRequest) -> None:
    """To the authority's deciders: something under their decision has changed."""
    boxes = await mailboxes.of_holders(session, P.partner_requests_decide, [request.authority_id])
    await _write(session, request, "decision_to_look_at", boxes, why=mail.Reason.task, case_number=request.case_number)


async def write_to_hand_over(
    session: AsyncSession, request: PartnerRequest, office: CaseOffice, owner_ids: Sequence[UUID]
) -> None:
    """To owners, or the authority's contacts: everybody in an office takes no part. The case's number, no more."""
    boxes = await mailboxes.of_people(session, owner_ids) or await mailboxes.of_organisations(
        session, P.people_manage, [request.authority_id]
    )
    path = f"organisations/{request.authority_id}/people"
    more: dict[str, Any] = {"office": office.value, "case_number": request.case_number}
    await _write(session, request, "case_to_hand_over", boxes, why=mail.Reason.task, path=path, **more)


async def write_handed_over(
    session: AsyncSession, request: PartnerRequest, office: CaseOffice, principal_id: UUID
) -> None:
    """To whom an owner handed the case."""
    boxes = await mailboxes.of_people(session, [principal_id])
    more: dict[str, Any] = {"office": office.value, "case_number": request.case_number}
    await _write(session, request, "case_handed_over", boxes, why=mail.Reason.person, **more)


async def write_requirement(
    session: AsyncSession, request: PartnerRequest, network_ids: Iterable[UUID], *, asks: bool, reason: str
) -> None:
    """To the applicants and the networks of a requirement that asks from now on, or asks no more.

    A network that has not got the application learns nothing of it.
    """
    application = await session.get_one(Application, request.application_id)
    applicants = await acting_ids(session, application.id, request.version_number)
    boxes = await mailboxes.of_organisations(session, P.applications_write, applicants, language=application.language)
    found = await session.exec(select(Network).where(col(Network.id).in_(list(network_ids))).order_by(col(Network.id)))
    networks = found.all()
    got = await handling_networks(session, request.application_id)
    inside = [one.id for one in networks if one.id in got]
    boxes += await mailboxes.of_holders(session, P.handlings_lead, inside)
    told: dict[str, Any] = {"why": mail.Reason.concerned, "networks": networks, "asks": asks}
    await _write(session, request, "requirement_changed", boxes, **told, reasoned=bool(reason))
    for network in networks:
        if network.id not in got:
            leads = await mailboxes.of_holders(session, P.handlings_lead, [network.id])
            path = f"networks/{network.id}"
            await _write(session, request, "requirement_changed", leads, **told, path=path, reasoned=False)


async def _write(
    session: AsyncSession,
    request: PartnerRequest,
    template: str,
    boxes: Iterable[Mailbox],
    *,
    why: mail.Reason,
    path: str | None = None,
    networks: Iterable[Network] = (),
    **more: Any,
) -> None:
    """`path`: of somebody who is told nothing of the application; None: the case."""
    authority = await session.get_one(Organisation, request.authority_id)
    title = None if path else await title_at(session, request.application_id, request.version_number)
    for box in sorted(set(boxes)):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.partnerships",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=why, root=f"application {request.application_id}"),
            name=box.name,
            title=title,
            authority=display_name(authority.names, box.language),
            networks=", ".join(display_name(one.names, box.language) for one in networks),
            link=mail.link(box.language, path or f"partner-requests/{request.id}"),
            **more,
        )
