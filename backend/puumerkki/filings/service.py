"""The use cases of filings: what was sent to which funder, and what came of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.compare import compare
from puumerkki.applications.content import parts_of
from puumerkki.applications.models.applications import Application, ApplicationState, ApplicationVersion
from puumerkki.applications.queries import applicants, applications, versions
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.filings import events, queries, schemas
from puumerkki.filings.errors import ApplicationWithdrawn, FilingNotPlanned
from puumerkki.filings.models import Filing, FilingState
from puumerkki.filings.workflow import FILING, FilingFacts
from puumerkki.kernel import clock
from puumerkki.kernel.days_asked import require_to_come
from puumerkki.kernel.db import HELD
from puumerkki.kernel.errors import Forbidden, NotFound, invalid
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.service.gate_versions import follow_calls
from puumerkki.reports.events import ReportSubmitted

WAITED_FOR = {
    "expected_on": frozenset({FilingState.filed}),
    "report_by": frozenset({FilingState.granted, FilingState.plan_changed}),
}
"""Of each day the states in which it is set."""
DAYS = WAITED_FOR.keys()


async def plan_filing(session: AsyncSession, *, actor: Actor, given: schemas.FilingCreate) -> Filing:
    """An application is going to be sent to a funder."""
    application = await applications.application(session, actor, given.application_id, for_update=True)
    await _require_writer(session, actor, application)
    if application.state == ApplicationState.withdrawn:
        raise ApplicationWithdrawn()
    if await session.get(Organisation, given.funder_id) is None:
        raise invalid("/funder_id", "organisation_unknown", "There is no such organisation.")
    await _check_call(session, given.call_id, given.funder_id)
    made = Filing(**given.model_dump())
    session.add(made)
    await session.flush()
    await _tell(session, actor, events.FilingPlanned, made)
    await follow_calls(session, application=application, actor=actor)
    return made


async def update_filing(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingUpdate
) -> Filing:
    """Change what is planned, or the day of what is waited for."""
    filing, application = await _locked(session, actor, filing_id, if_version)
    changes = given.model_dump(exclude_unset=True)
    if filing.state != FilingState.planned and not {*changes} <= DAYS:
        raise FilingNotPlanned()
    for name in DAYS & {*changes}:
        if filing.state not in WAITED_FOR[name]:
            raise invalid(f"/{name}", "not_waited_for", "This day is set while what it is the day of is waited for.")
        require_to_come(changes[name], f"/{name}")
    await _check_call(session, changes.get("call_id"), filing.funder_id)
    for name, value in changes.items():
        setattr(filing, name, value)
    await session.flush()
    await _tell(session, actor, events.FilingChanged, filing, changed=tuple(changes))
    await follow_calls(session, application=application, actor=actor)
    return filing


async def file_filing(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingFile
) -> Filing:
    """It was sent, with or without an endorsement. What differs from the version is kept."""
    filing, application = await _locked(session, actor, filing_id, if_version)
    version = await _version(session, application.id, given.version_number)
    facts = FilingFacts(
        has_version=version is not None,
        application_withdrawn=application.state == ApplicationState.withdrawn,
    )
    acting = await _acting(session, actor, application)
    FILING.check("file", filing, actor=acting, facts=facts)
    require_to_come(given.expected_on, "/expected_on")
    attached = given.sent_attachment_id
    if attached is not None and not await queries.has_attachment(session, application.id, attached):
        raise invalid("/sent_attachment_id", "attachment_unknown", "The application has no such attachment.")
    endorsement = await queries.endorsement_on(session, application.id, given.version_number)
    FILING.apply("file", filing, actor=acting, facts=facts)
    filing.version_number = given.version_number
    filing.filed_on = given.filed_on
    filing.expected_on = given.expected_on
    filing.sent_attachment_id = attached
    filing.endorsement_id = None if endorsement is None else endorsement.id
    if given.applied_cents is not None:
        filing.applied_cents = given.applied_cents
    elif filing.applied_cents is None and version is not None:
        filing.applied_cents = version.content.get("amount_cents")
    if given.sent_content is not None and version is not None:
        sent = parts_of(version.content, given.sent_content.model_dump(mode="json", exclude_unset=True))
        filing.differences = [asdict(change) for change in compare(version.content, sent)]
    await publish(
        session,
        events.FilingFiled(
            subject=Ref("filing", filing.id),
            related=_related(filing),
            version_number=given.version_number,
            endorsed=endorsement is not None,
        ),
        actor_id=actor.id,
    )
    return filing


async def grant_filing(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingGrant
) -> Filing:
    """The funder granted money, all that was applied for or part of it."""
    require_to_come(given.report_by, "/report_by")
    values = {"granted_cents": given.granted_cents, "decided_on": given.decided_on, "decision_reason": given.reason}
    values |= {"report_by": given.report_by}
    return await _step(session, actor, filing_id, if_version, "grant", values, events.FilingGranted)


async def refuse_filing(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingRefuse
) -> Filing:
    """The funder refused it."""
    values = {"decided_on": given.decided_on, "decision_reason": given.reason}
    return await _step(session, actor, filing_id, if_version, "refuse", values, events.FilingRefused)


async def withdraw_filing(session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None) -> Filing:
    """It is not sent after all, or taken back from the funder."""
    filing = await _step(session, actor, filing_id, if_version, "withdraw", {}, events.FilingWithdrawn)
    await session.flush()
    application = await session.get_one(Application, filing.application_id)
    await follow_calls(session, application=application, actor=actor)
    return filing


async def change_plan(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingPlanChange
) -> Filing:
    """The plan changes after the grant."""
    values = {"plan_change": given.plan_change}
    return await _step(session, actor, filing_id, if_version, "change_plan", values, events.FilingPlanChanged)


async def report_filing(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingReport
) -> Filing:
    """What was done has been reported to the funder."""
    values = {"reported_on": given.reported_on}
    return await _step(session, actor, filing_id, if_version, "report", values, events.FilingReported)


async def after_report_submitted(session: AsyncSession, told: ReportSubmitted) -> None:
    """A report on it was submitted: the first one makes it reported."""
    if told.about_kind != "filing":
        return
    seen = await session.get_one(Filing, told.about_id)
    await session.get_one(Application, seen.application_id, with_for_update=HELD)
    filing = await queries.lock(session, seen.id)
    if filing.state not in (FilingState.granted, FilingState.plan_changed):
        return
    FILING.apply("report", filing, actor=None, facts=FilingFacts())
    filing.reported_on = clock.today()
    await publish(
        session, events.FilingReported(subject=Ref("filing", filing.id), related=_related(filing)), actor_id=None
    )


async def close_filing(session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None) -> Filing:
    """The funder has accepted the report: it is over."""
    return await _step(session, actor, filing_id, if_version, "close", {}, events.FilingClosed)


async def recover_filing(
    session: AsyncSession, *, actor: Actor, filing_id: UUID, if_version: int | None, given: schemas.FilingRecover
) -> Filing:
    """Some of the grant has to be paid back; it adds to what was before."""
    filing, application = await _locked(session, actor, filing_id, if_version)
    recovered = filing.recovered_cents + given.cents
    facts = FilingFacts(granted_cents=filing.granted_cents, recovered_cents=recovered)
    FILING.apply("recover", filing, actor=await _acting(session, actor, application), facts=facts)
    filing.recovered_cents = recovered
    await _tell(session, actor, events.FilingRecovered, filing)
    return filing


async def available(session: AsyncSession, actor: Actor, filing: Filing) -> list[AvailableAction[Any]]:
    """What the actor may do with a filing, and what blocks the rest."""
    application = await session.get_one(Application, filing.application_id)
    applicant_ids = await applicants.writer_ids(session, application)
    facts = FilingFacts(
        has_version=application.current_version is not None,
        application_withdrawn=application.state == ApplicationState.withdrawn,
        granted_cents=filing.granted_cents,
        recovered_cents=filing.recovered_cents + 1,
    )
    return FILING.available(filing, actor=ForApplicants(actor, application.id, applicant_ids), facts=facts)


def granted_in_full(filing: Filing) -> bool | None:
    """Whether all that was applied for was granted; None where that cannot be said."""
    if filing.granted_cents is None or filing.applied_cents is None:
        return None
    return filing.granted_cents >= filing.applied_cents


async def _step(
    session: AsyncSession,
    actor: Actor,
    filing_id: UUID,
    if_version: int | None,
    action: str,
    values: Mapping[str, Any],
    event: type[Event],
) -> Filing:
    filing, application = await _locked(session, actor, filing_id, if_version)
    was_planned = filing.state == FilingState.planned
    FILING.apply(action, filing, actor=await _acting(session, actor, application), facts=FilingFacts())
    for name, value in values.items():
        setattr(filing, name, value)
    await _tell(session, actor, event, filing, own=was_planned)
    return filing


async def _locked(
    session: AsyncSession, actor: Actor, filing_id: UUID, if_version: int | None
) -> tuple[Filing, Application]:
    """The filing and its application, both locked, the application first."""
    seen = await queries.filing(session, actor, filing_id)
    application = await session.get_one(Application, seen.application_id, with_for_update=HELD, populate_existing=True)
    filing = await queries.lock(session, filing_id)
    await _require_writer(session, actor, application)
    require_version(filing, if_version)
    return filing, application


async def _require_writer(session: AsyncSession, actor: Actor, application: Application) -> None:
    applicant_ids = await applicants.writer_ids(session, application)
    if not any(actor.may(P.filings_write, one) for one in applicant_ids):
        raise Forbidden(permission=str(P.filings_write))


async def _acting(session: AsyncSession, actor: Actor, application: Application) -> ForApplicants:
    return ForApplicants(actor, application.id, await applicants.writer_ids(session, application))


async def _version(session: AsyncSession, application_id: UUID, number: int) -> ApplicationVersion | None:
    try:
        return await versions.version(session, application_id, number)
    except NotFound:
        return None


async def _check_call(session: AsyncSession, call_id: UUID | None, funder_id: UUID) -> None:
    if call_id is not None and await queries.call_of(session, call_id, funder_id) is None:
        raise invalid("/call_id", "call_unknown", "The funder has no published call with this id.")


async def _tell(
    session: AsyncSession,
    actor: Actor,
    event: type[Event],
    filing: Filing,
    *,
    changed: tuple[str, ...] = (),
    own: bool = False,
) -> None:
    told = event(
        subject=Ref("filing", filing.id),
        related=_related(filing),
        changed=changed,
        seen_by=events.FilingPlanned.tier if own else None,
    )
    await publish(session, told, actor_id=actor.id)


def _related(filing: Filing) -> tuple[UUID, ...]:
    return (filing.application_id, filing.funder_id)
