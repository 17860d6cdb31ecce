"""The use cases of reports: drafted, submitted, accepted or returned."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel import clock, subjects
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.reference.models import Scheme
from puumerkki.reference.queries import require_codes
from puumerkki.reports import errors, events
from puumerkki.reports.models import Report, ReportState
from puumerkki.reports.queries import reports as queries
from puumerkki.reports.queries.parties import parties_of, require_party
from puumerkki.reports.schemas.reports import ReportContent, ReportCreate, ReportReturn, ReportUpdate
from puumerkki.reports.workflow import REPORT, ForReport, ReportFacts

OPEN = (ReportState.draft, ReportState.returned)
"""States in which the working copy can be changed."""


async def draft_report(session: AsyncSession, *, actor: Actor, given: ReportCreate) -> Report:
    """A draft, which others see once it is submitted. There is one of each organisation and year."""
    subject = Ref(given.subject_kind, given.subject_id)
    await require_party(session, actor, subject, given.organisation_id, reports=True)
    made = Report(
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_title=await _title(session, subject),
        organisation_id=given.organisation_id,
        year=given.year,
        language=given.language,
        content=_merged({}, given.content),
    )
    await _check_content(session, made.content)
    statement = insert(Report).values(made.model_dump()).on_conflict_do_nothing().returning(col(Report.id))
    if (await session.exec(statement)).first() is None:
        raise errors.ReportExists()
    kept = await session.get_one(Report, made.id)
    await _tell(session, actor, kept, events.ReportDrafted)
    return kept


async def update_report(
    session: AsyncSession, *, actor: Actor, report_id: UUID, if_version: int | None, given: ReportUpdate
) -> Report:
    """Change the working copy, before it is submitted or after it was returned."""
    found = await queries.report(session, actor, report_id, for_update=True)
    actor.require(P.reports_write, on=found.organisation_id)
    require_version(found, if_version)
    if found.state not in OPEN:
        raise errors.ReportFixed()
    if given.language is not None:
        found.language = given.language
    if given.content is not None:
        found.content = _merged(found.content, given.content)
        await _check_content(session, found.content)
    await _tell(session, actor, found, events.ReportChanged, changed=tuple(given.model_dump(exclude_unset=True)))
    return found


async def submit_report(session: AsyncSession, *, actor: Actor, report_id: UUID, if_version: int | None) -> Report:
    """Freeze the working copy for the other parties to read and accept."""
    found, acting = await _locked(session, actor, report_id, "submit", if_version)
    REPORT.apply("submit", found, actor=acting, facts=facts_of(actor, found))
    found.submitted = found.content
    found.submitted_at, found.submitted_by = clock.now(), actor.id
    found.subject_title = await _title(session, Ref(found.subject_kind, found.subject_id))
    await _tell(session, actor, found, events.ReportSubmitted)
    return found


async def accept_report(session: AsyncSession, *, actor: Actor, report_id: UUID, if_version: int | None) -> Report:
    """Another party accepts it: it stays as it is."""
    found, acting = await _locked(session, actor, report_id, "accept", if_version)
    REPORT.apply("accept", found, actor=acting, facts=facts_of(actor, found))
    found.accepted_at = clock.now()
    found.answered_for_organisation_id = _answers_for(acting)
    await _tell(session, actor, found, events.ReportAccepted)
    return found


async def return_report(
    session: AsyncSession, *, actor: Actor, report_id: UUID, if_version: int | None, given: ReportReturn
) -> Report:
    """Another party returns it to be mended."""
    found, acting = await _locked(session, actor, report_id, "return", if_version)
    REPORT.apply("return", found, actor=acting, facts=facts_of(actor, found))
    found.returned_at = clock.now()
    found.returned_reason = given.reason
    found.answered_for_organisation_id = _answers_for(acting)
    await _tell(session, actor, found, events.ReportReturned)
    return found


async def available(session: AsyncSession, actor: Actor, report: Report) -> list[AvailableAction[Any]]:
    """What the actor may do with a report, and what blocks it."""
    acting = ForReport(actor, report.id, await queries.receiver_ids(session, report))
    return REPORT.available(report, actor=acting, facts=facts_of(actor, report))


def facts_of(actor: Actor, report: Report) -> ReportFacts:
    """What the guards need to know."""
    return ReportFacts(complete=bool(report.content.get("activities")), own=report.submitted_by == actor.id)


async def _locked(
    session: AsyncSession, actor: Actor, report_id: UUID, action: str, if_version: int | None
) -> tuple[Report, ForReport]:
    found = await queries.report(session, actor, report_id, for_update=True)
    acting = ForReport(actor, found.id, await queries.receiver_ids(session, found))
    REPORT.require_may(action, found, actor=acting)
    require_version(found, if_version)
    return found, acting


def _answers_for(acting: ForReport) -> UUID:
    """The party in whose name it is accepted or returned."""
    return next(one for one in acting.receiver_ids if acting.actor.may(P.reports_accept, one))


async def _title(session: AsyncSession, subject: Ref) -> dict[str, str]:
    title = subjects.subject(subject.kind).title
    assert title is not None
    return await title(session, subject.id)


async def _tell(
    session: AsyncSession,
    actor: Actor,
    report: Report,
    told: type[events.ReportEvent],
    *,
    changed: tuple[str, ...] = (),
) -> None:
    """Publish what happened, on the timeline of what the report is on too."""
    subject = Ref(report.subject_kind, report.subject_id)
    parents = subjects.subject(subject.kind).parents
    around = await parents(session, subject.id) if parents is not None else ()
    event = told(
        subject=Ref("report", report.id),
        related=(subject.id, *around, *(one.id for one in await parties_of(session, subject))),
        changed=changed,
        about_kind=subject.kind,
        about_id=subject.id,
        organisation_id=report.organisation_id,
        year=report.year,
    )
    await publish(session, event, actor_id=actor.id)


def _merged(content: Mapping[str, Any], given: ReportContent) -> dict[str, Any]:
    merged = {**content, **given.model_dump(mode="json", exclude_unset=True)}
    return {name: value for name, value in merged.items() if value is not None}


async def _check_content(session: AsyncSession, content: Mapping[str, Any]) -> None:
    """Target groups are codes in use."""
    codes = {one["target_group"] for one in content.get("figures", []) if one.get("target_group") is not None}
    await require_codes(session, Scheme.target_group, codes, pointer="/content/figures")
