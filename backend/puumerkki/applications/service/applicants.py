"""Applying together: who is asked, what they answer, and how a version keeps who applied."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.open_cases import require_untied
from puumerkki.applications.errors.applications import AnswerNotOpen, ApplicationEnded
from puumerkki.applications.events.applications import ApplicantAnswered, ApplicantAsked, ApplicantLeft
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationState,
    ApplicationVersion,
    TakenOutApplicant,
    VersionApplicant,
)
from puumerkki.applications.queries import applications as queries
from puumerkki.applications.queries.applicants import ANSWERS, hosts_since_begun, may_answer, writer_ids
from puumerkki.applications.queries.application_facts import newest_version
from puumerkki.applications.service import applicant_mails, askings
from puumerkki.kernel import clock
from puumerkki.kernel.db import HELD, touch
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.asking import TRIED_AGAIN_AFTER, is_night
from puumerkki.organisations.models.organisations import Organisation

EDITABLE = frozenset({ApplicationState.draft, ApplicationState.active})
REMINDED_AFTER = (timedelta(days=2), timedelta(days=5))


async def name_applicants(
    session: AsyncSession, *, application: Application, organisation_ids: Sequence[UUID], actor: Actor
) -> None:
    """Exactly these are the further applicants of the working copy; those who are new in it are asked (`askings`)."""
    known = await _named(session, application.id)
    for row in known:
        if row.organisation_id not in organisation_ids:
            await askings.take_out(session, application, row)
    before = {row.organisation_id for row in known}
    for organisation_id in organisation_ids:
        if organisation_id in before:
            continue
        if await askings.name(session, application, organisation_id, asked_by=actor.id):
            asked = ApplicantAsked(
                subject=Ref("application", application.id),
                related=(organisation_id,),
                organisation_id=organisation_id,
            )
            await publish(session, asked, actor_id=actor.id)
            row = await session.get_one(ApplicationApplicant, (application.id, organisation_id))
            await _write(session, row, application)
    await session.flush()


async def answer(
    session: AsyncSession, *, actor: Actor, application_id: UUID, organisation_id: UUID, given: ApplicantAnswer
) -> None:
    """An organisation accepts, declines, or leaves once it had accepted. The same answer again changes nothing.

    Who said no by mistake accepts later (`askings.recent_refusal`), though it sees the application no more.
    Who has left leaves every version: what is counted is counted, but no endorsement is given on a version that names
    it.
    """
    withdraws_refusal = given == ApplicantAnswer.accepted and may_answer(actor, organisation_id)
    if withdraws_refusal:
        # who applies stands aside in what is open of the same application
        await require_untied(session, organisation_id=organisation_id, principal_id=actor.person_id())
    if withdraws_refusal and await _withdraws_refusal(session, actor, application_id, organisation_id):
        return
    application = await queries.application(session, actor, application_id, for_update=True)
    if not may_answer(actor, organisation_id):
        raise Forbidden()
    if application.state not in EDITABLE:
        raise ApplicationEnded()
    row = await session.get(ApplicationApplicant, (application_id, organisation_id), with_for_update=True)
    present = row.answer if row is not None else None
    if row is not None and present == given:
        return
    opened_at = await _there_since(session, application, organisation_id, row, given)
    actor.require_not_lately(*ANSWERS, on=organisation_id, opened_at=opened_at)
    if given == ApplicantAnswer.left:
        left = await _leave_versions(session, application, organisation_id)
        if not left and present != ApplicantAnswer.accepted:
            raise AnswerNotOpen()
    elif row is None or present is not None:
        raise AnswerNotOpen()
    if row is not None:
        row.answer, row.answered_at, row.answered_by = given, clock.now(), actor.person_id()
    await _tell_answer(session, actor, application, organisation_id, given)


async def _withdraws_refusal(session: AsyncSession, actor: Actor, application_id: UUID, organisation_id: UUID) -> bool:
    application = await session.get(Application, application_id, with_for_update=HELD)
    if application is None or application.state not in EDITABLE:
        return False
    row = await askings.recent_refusal(session, application_id, organisation_id)
    if row is None:
        return False
    since = await _there_since(session, application, organisation_id, row, ApplicantAnswer.accepted)
    actor.require_not_lately(*ANSWERS, on=organisation_id, opened_at=since)
    row.answer, row.answered_at, row.answered_by = ApplicantAnswer.accepted, clock.now(), actor.person_id()
    if isinstance(row, TakenOutApplicant):
        row.agrees = True
    named = not isinstance(row, TakenOutApplicant)
    await _tell_answer(session, actor, application, organisation_id, ApplicantAnswer.accepted, named=named)
    return True


async def _tell_answer(
    session: AsyncSession,
    actor: Actor,
    application: Application,
    organisation_id: UUID,
    given: ApplicantAnswer,
    *,
    named: bool = True,
) -> None:
    touch(application)
    event_fields: dict[str, Any] = {"subject": Ref("application", application.id), "related": (organisation_id,)}
    if given == ApplicantAnswer.left:
        await publish(session, ApplicantLeft(**event_fields, organisation_id=organisation_id), actor_id=actor.id)
    else:
        answered = ApplicantAnswered(**event_fields, organisation_id=organisation_id, answer=given)
        await publish(session, answered, actor_id=actor.id)
    await applicant_mails.tell_answer(session, application, organisation_id, given, named=named)


async def _there_since(
    session: AsyncSession,
    application: Application,
    organisation_id: UUID,
    row: ApplicationApplicant | TakenOutApplicant | None,
    given: ApplicantAnswer,
) -> datetime:
    """Since when there is what an answer concerns: the version that is left, the asking, or a case to decide on.

    Who accepts stands aside in what the organisation decides on of the same application.
    """
    version = await newest_version(session, application)
    if row is None or (version is not None and given == ApplicantAnswer.left):
        return application.created_at if version is None else version.created_at
    since = [await one.decides_since(session, application.id, organisation_id) for one in followers()]
    return min([row.asked_at, *(moment for moment in since if moment is not None)])


async def _leave_versions(session: AsyncSession, application: Application, organisation_id: UUID) -> bool:
    """Whether the organisation was an applicant of a version. The leading one withdraws instead of leaving."""
    leaving = update(VersionApplicant).where(
        col(VersionApplicant.application_id) == application.id,
        col(VersionApplicant.organisation_id) == organisation_id,
        col(VersionApplicant.place) > 0,
        col(VersionApplicant.left_at).is_(None),
    )
    return (await session.exec(leaving.values(left_at=clock.now()))).rowcount > 0


async def freeze_applicants(session: AsyncSession, application: Application, number: int) -> None:
    """The applicants of a version that was just frozen, the leading one first, as they are called now."""
    further = sorted(await writer_ids(session, application) - {application.applicant_id})
    ids = [application.applicant_id, *further]
    statement = select(Organisation).where(col(Organisation.id).in_(ids))
    found = {one.id: one for one in (await session.exec(statement)).all()}
    hosts = {one: await hosts_since_begun(session, application.id, one) for one in ids}
    session.add_all(
        VersionApplicant(
            application_id=application.id,
            version_number=number,
            organisation_id=one,
            place=place,
            names=found[one].names,
            business_id=found[one].business_id,
            host_ids=hosts[one],
        )
        for place, one in enumerate(ids)
    )
    await session.flush()


async def tell_version(session: AsyncSession, application: Application, version: ApplicationVersion) -> None:
    """Those who apply beside the leading one hear of each version."""
    further = sorted(await writer_ids(session, application) - {application.applicant_id})
    await applicant_mails.tell_version(session, application, version, further)


async def remind_asked(session: AsyncSession) -> None:
    """Remind who was asked to apply and has not answered: after two days, and after five."""
    now = clock.now()
    if is_night():
        return
    due = [
        and_(col(ApplicationApplicant.reminded) == times, col(ApplicationApplicant.asked_at) <= now - after)
        for times, after in enumerate(REMINDED_AFTER)
    ]
    statement = (
        select(ApplicationApplicant, Application)
        .join(Application, col(Application.id) == col(ApplicationApplicant.application_id))
        .where(
            col(ApplicationApplicant.answer).is_(None),
            col(ApplicationApplicant.tell_at).is_(None),
            col(Application.state).in_(EDITABLE),
            or_(*due),
        )
        .order_by(col(ApplicationApplicant.asked_at))
        .limit(200)
        .with_for_update(of=ApplicationApplicant, skip_locked=True)
    )
    for row, application in (await session.exec(statement)).all():
        row.reminded = sum(row.asked_at <= now - after for after in REMINDED_AFTER)
        await applicant_mails.write_to_asked(
            session, application, row.organisation_id, asked_by=row.asked_by, again=True
        )
    await session.flush()


async def tell_late(session: AsyncSession) -> None:
    """Ask those to whom nothing could be written when they were named; a reminder that is due by now is left out."""
    now = clock.now()
    if is_night():
        return
    waiting = (
        select(ApplicationApplicant, Application)
        .join(Application, col(Application.id) == col(ApplicationApplicant.application_id))
        .where(
            col(ApplicationApplicant.answer).is_(None),
            col(ApplicationApplicant.tell_at) <= now,
            col(Application.state).in_(EDITABLE),
        )
        .order_by(col(ApplicationApplicant.tell_at))
        .limit(200)
        .with_for_update(of=ApplicationApplicant, skip_locked=True)
    )
    for row, application in (await session.exec(waiting)).all():
        await _write(session, row, application)
        row.reminded = sum(row.asked_at <= now - after for after in REMINDED_AFTER)
    await session.flush()


async def _write(session: AsyncSession, row: ApplicationApplicant, application: Application) -> None:
    told = await applicant_mails.write_to_asked(
        session, application, row.organisation_id, asked_by=row.asked_by, again=False
    )
    row.tell_at = None if told else clock.now() + TRIED_AGAIN_AFTER


async def _named(session: AsyncSession, application_id: UUID) -> Sequence[ApplicationApplicant]:
    statement = select(ApplicationApplicant).where(col(ApplicationApplicant.application_id) == application_id)
    return (await session.exec(statement)).all()
