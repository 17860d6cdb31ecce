"""Whoever has not accepted to apply together is taken out by one click, so that nobody's holiday stops a deadline."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.errors.applications import ApplicationEnded, NothingToRelease
from puumerkki.applications.events.applications import ApplicantsReleased
from puumerkki.applications.models.applications import ApplicantAnswer, Application, ApplicationApplicant
from puumerkki.applications.service.applicants import EDITABLE
from puumerkki.applications.service.applications import lock_for
from puumerkki.applications.service.askings import take_out
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.models.organisations import Organisation, OrganisationState

LONGEST = 20_000
"""As long as a part of the content may be."""


async def release_co_applicants(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None
) -> Application:
    """Who has not accepted, was archived or is not confirmed is no applicant.

    Who has not answered, or is not confirmed, is named among the partners.
    """
    application = await lock_for(session, actor, application_id, P.applications_write, if_version)
    if application.state not in EDITABLE:
        raise ApplicationEnded()
    statement = (
        select(ApplicationApplicant, Organisation)
        .join(Organisation, col(Organisation.id) == col(ApplicationApplicant.organisation_id))
        .where(col(ApplicationApplicant.application_id) == application.id)
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
    waiting = [
        (row, one)
        for row, one in (await session.exec(statement)).all()
        if row.answer != ApplicantAnswer.accepted or one.state == OrganisationState.archived or not one.confirmed_at
    ]
    if not waiting:
        raise NothingToRelease()
    silent = [one for row, one in waiting if row.answer is None or not one.confirmed_at]
    names = ", ".join(display_name(one.names, application.language) for one in silent)
    partners = "\n".join(part for part in (application.content.get("partners"), names) if part)
    if len(partners) > LONGEST:
        raise invalid("/content/partners", "too_long", "There is no room to name them among the partners.")
    application.content = {**application.content, "partners": partners}
    for row, _ in waiting:
        await take_out(session, application, row)
    touch(application)
    ids = tuple(one.id for _, one in waiting)
    released = ApplicantsReleased(
        subject=Ref("application", application.id), related=ids, changed=("content.partners",), organisation_ids=ids
    )
    await publish(session, released, actor_id=actor.id)
    await session.flush()
    return application
