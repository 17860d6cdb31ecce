"""Drafts of an archived applicant pass to its successor; what was submitted does so by a new version only."""

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.events.applications import ApplicantSucceeded
from puumerkki.applications.models.applications import ApplicantAnswer, Application, ApplicationApplicant
from puumerkki.applications.queries.applicants import reader_ids
from puumerkki.applications.service.applicants import EDITABLE
from puumerkki.kernel.db import HELD, touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations import mailboxes, succession_mails
from puumerkki.organisations.events.successions import OrganisationSucceeded

_STANDS = (None, ApplicantAnswer.accepted)
"""What an organisation was asked and has not refused passes on."""


async def after_succeeded(session: AsyncSession, event: OrganisationSucceeded) -> None:
    """The working copies name the successor; frozen versions keep their names."""
    former = event.subject.id
    named = select(ApplicationApplicant.application_id).where(col(ApplicationApplicant.organisation_id) == former)
    statement = (
        select(Application)
        .where(
            or_(col(Application.applicant_id) == former, col(Application.id).in_(named)),
            col(Application.state).in_(EDITABLE),
        )
        .order_by(col(Application.id))
        .with_for_update(**HELD)
    )
    for application in (await session.exec(statement)).all():
        if await _pass_on(session, application, event):
            await _tell(session, application, event)


async def _pass_on(session: AsyncSession, application: Application, event: OrganisationSucceeded) -> bool:
    former, successor = event.subject.id, event.successor_id
    own = await session.get(ApplicationApplicant, (application.id, successor), with_for_update=True)
    if application.applicant_id == former:
        application.applicant_id = successor
        if own is not None:
            await session.delete(own)
    else:
        row = await session.get_one(ApplicationApplicant, (application.id, former), with_for_update=True)
        if row.answer not in _STANDS:
            return False
        await session.delete(row)
        await session.flush()
        if own is None and application.applicant_id != successor:
            session.add(ApplicationApplicant(**row.model_dump() | {"organisation_id": successor}))
    touch(application)
    await session.flush()
    told = ApplicantSucceeded(
        subject=Ref("application", application.id),
        related=(former, successor),
        organisation_id=former,
        successor_id=successor,
    )
    await publish(session, told, actor_id=None)
    return True


async def _tell(session: AsyncSession, application: Application, event: OrganisationSucceeded) -> None:
    others = await reader_ids(session, application) - {event.successor_id}
    boxes = await mailboxes.of_organisations(
        session, P.applications_write, sorted(others), language=application.language
    )
    title = {application.language: application.title}
    await succession_mails.tell_who_stands(
        session,
        boxes,
        former_id=event.subject.id,
        successor_id=event.successor_id,
        things=[(title, f"applications/{application.id}")],
    )
