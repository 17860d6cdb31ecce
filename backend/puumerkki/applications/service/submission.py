"""Submit, withdraw, close: the steps of an application that others feel."""

import os
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.events.applications import ApplicationClosed, ApplicationSubmitted, ApplicationWithdrawn
from puumerkki.applications.followers import Submission, followers
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.queries.applicants import writer_ids
from puumerkki.applications.queries.application_facts import frozen_content, gather_facts, newest_version
from puumerkki.applications.service.applicants import freeze_applicants, tell_version
from puumerkki.applications.service.applications import lock_for
from puumerkki.applications.snapshot import SHORTEST_SALT
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.applications.workflow.applications import APPLICATION, ApplicationFacts
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref


async def submit_application(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None
) -> Application:
    """Freeze the working copy as the next version, and bring it to the networks and authorities that it asks."""
    application = await _apply(session, actor, application_id, if_version, "submit")
    before = await newest_version(session, application)
    version = await _freeze(session, application, actor)
    await publish(
        session,
        ApplicationSubmitted(
            subject=Ref("application", application.id),
            related=(application.applicant_id,),
            version_number=version.number,
        ),
        actor_id=actor.id,
    )
    await _hold(session, application)
    submission = Submission(application=application, version=version, before=before, actor=actor)
    for follower in followers():
        await follower.on_submitted(session, submission)
    await tell_version(session, application, version)
    return application


async def withdraw_application(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None
) -> Application:
    """Withdraw the application everywhere; its endorsements end. A refusal that was counted stays one."""
    application, may = await _locked(session, actor, application_id, if_version, "withdraw")
    APPLICATION.check("withdraw", application, actor=may.actor, facts=may.facts)
    for follower in followers():
        await follower.before_withdrawn(session, application)
    APPLICATION.apply("withdraw", application, actor=may.actor, facts=may.facts)
    await _hold(session, application)
    # cases end before the endorsements on which they stand
    for follower in reversed(followers()):
        await follower.on_withdrawn(session, application, actor)
    await publish(
        session,
        ApplicationWithdrawn(subject=Ref("application", application.id), related=(application.applicant_id,)),
        actor_id=actor.id,
    )
    return application


async def close_application(
    session: AsyncSession, *, actor: Actor, application_id: UUID, if_version: int | None
) -> Application:
    """End an application whose filings have all ended, and what networks have open of it; its endorsements hold."""
    application = await _apply(session, actor, application_id, if_version, "close")
    actor.require_person()
    for follower in followers():
        await follower.on_closed(session, application, actor)
    await publish(
        session,
        ApplicationClosed(subject=Ref("application", application.id), related=(application.applicant_id,)),
        actor_id=actor.id,
    )
    return application


async def _hold(session: AsyncSession, application: Application) -> None:
    for follower in followers():
        await follower.hold(session, application.id)


async def _apply(
    session: AsyncSession, actor: Actor, application_id: UUID, if_version: int | None, action: str
) -> Application:
    application, may = await _locked(session, actor, application_id, if_version, action)
    APPLICATION.apply(action, application, actor=may.actor, facts=may.facts)
    return application


@dataclass(frozen=True)
class _May:
    """Who takes a step, and what may block it."""

    actor: ForApplicants
    facts: ApplicationFacts


async def _locked(
    session: AsyncSession, actor: Actor, application_id: UUID, if_version: int | None, action: str
) -> tuple[Application, _May]:
    permission = {"withdraw": P.applications_withdraw}.get(action, P.applications_submit)
    application = await lock_for(session, actor, application_id, permission, if_version, leading=True)
    applicant_ids = await writer_ids(session, application)
    facts = await gather_facts(session, application, applicant_ids, actor=actor)
    return application, _May(ForApplicants(actor, application.id, applicant_ids), facts)


async def _freeze(session: AsyncSession, application: Application, actor: Actor) -> ApplicationVersion:
    application.current_version = (application.current_version or 0) + 1
    version = ApplicationVersion(
        application_id=application.id,
        number=application.current_version,
        title=application.title,
        content=await frozen_content(session, application),
        private=dict(application.private),
        salt=os.urandom(SHORTEST_SALT),
        submitted_by=actor.person_id(),
        submitted_for_organisation_id=application.applicant_id,
    )
    session.add(version)
    await session.flush()
    await freeze_applicants(session, application, version.number)
    return version
