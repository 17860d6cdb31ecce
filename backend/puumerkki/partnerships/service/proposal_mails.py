"""Mail about proposed decisions: to deciders that some wait, to their proposers what became of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P, roles_with
from puumerkki.applications.queries.frozen import title_at
from puumerkki.disqualification.queries.tied import is_tied_in_case_sql
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.proposers import makers_of


async def write_waiting(session: AsyncSession, requests: Sequence[PartnerRequest]) -> None:
    """To those deciders of one authority who can decide a case: once each, however many wait."""
    waiting: dict[Mailbox, list[PartnerRequest]] = {}
    for request in requests:
        for box in await _deciders(session, request):
            waiting.setdefault(box, []).append(request)
    for box, cases in sorted(waiting.items()):
        path = f"partner-requests/{cases[0].id}" if len(cases) == 1 else "work"
        about = f"proposal {cases[0].id}" if len(cases) == 1 else None
        await _send(session, cases[0], "proposal_waits", box, path=path, count=len(cases), about=about)


async def _deciders(session: AsyncSession, request: PartnerRequest) -> list[Mailbox]:
    """Untied, and without the other hat."""
    led = led_sql(col(RoleGrant.principal_id), request.application_id)
    return await mailboxes.of_people(session, await _untied(session, request, P.partner_requests_decide, ~led))


async def _untied(
    session: AsyncSession, request: PartnerRequest, permission: P, *more: ColumnElement[bool]
) -> set[UUID]:
    """Who has a permission in the authority now, and no tie in the case."""
    found = await session.exec(
        select(RoleGrant.principal_id).where(
            col(RoleGrant.scope_id) == request.authority_id,
            col(RoleGrant.role).in_(roles_with(permission)),
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
            ~is_tied_in_case_sql(col(RoleGrant.principal_id), request.application_id, request.authority_id),
            *more,
        )
    )
    return set(found.all())


async def write_ended(session: AsyncSession, request: PartnerRequest, proposed_by: UUID, *, reason: str | None) -> None:
    """To who proposed; for a service account, or somebody who has left, to the authority's officers.

    `reason`: a decider's, who handed it back; None: it fell. Nobody hears of it who has left or is tied by now.
    """
    able = await _untied(session, request, P.partner_requests_propose)
    makers = await makers_of(session, proposed_by)
    there = await _untied(session, request, P.organisations_read) & {proposed_by, *makers}
    boxes = await mailboxes.of_people(session, there | able if makers or not there else there)
    for box in sorted(set(boxes)):
        await _send(
            session,
            request,
            "proposal_ended",
            box,
            path=f"partner-requests/{request.id}",
            count=1,
            reasoned=bool(reason),
        )


async def _send(
    session: AsyncSession,
    request: PartnerRequest,
    template: str,
    box: Mailbox,
    *,
    path: str,
    count: int,
    reasoned: bool = False,
    about: str | None = None,
) -> None:
    authority = await session.get_one(Organisation, request.authority_id)
    await mail.send(
        session,
        to=box.email,
        package="puumerkki.partnerships",
        template=template,
        language=box.language,
        envelope=mail.Envelope(
            reason=mail.Reason.task, root=f"application {request.application_id}" if count == 1 else None
        ),
        about=about,
        name=box.name,
        title=await title_at(session, request.application_id, request.version_number),
        case_number=request.case_number,
        authority=display_name(authority.names, box.language),
        count=count,
        reasoned=reasoned,
        link=mail.link(box.language, path),
    )
