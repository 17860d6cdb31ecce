"""How often an organisation is asked to apply with others: it never agreed to be written to."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.errors.applications import TooManyAskings
from puumerkki.applications.models.applications import (
    ApplicantAnswer,
    Application,
    ApplicationApplicant,
    ApplicationState,
    TakenOutApplicant,
)
from puumerkki.kernel import clock

ASKED_ANEW_AFTER = timedelta(days=2)
"""Who is taken out and named anew is asked again no earlier."""
DECLINED_FOR = timedelta(days=14)
"""So long a "no" stands, however often the organisation is named anew."""
MOST_OPEN = 50
MOST_OF_ONE = 5
"""How many askings of one leading applicant are open at most, in all and to one organisation."""


async def take_out(session: AsyncSession, application: Application, row: ApplicationApplicant) -> None:
    """The working copy names an organisation no more; when it was asked and what it said is kept aside."""
    await session.merge(TakenOutApplicant(**row.model_dump(), leading_id=application.applicant_id))
    await session.delete(row)
    await session.flush()


async def name(
    session: AsyncSession, application: Application, organisation_id: UUID, *, asked_by: UUID | None
) -> bool:
    """The working copy names an organisation; whether it is asked now, and not only shown again."""
    now = clock.now()
    kept: dict[str, Any] = {"asked_at": now, "asked_by": asked_by}
    former = await session.get(TakenOutApplicant, (application.id, organisation_id))
    asks = True
    if former is not None:
        since = former.answered_at if former.answer == ApplicantAnswer.declined else None
        said_no = since is not None and since > now - DECLINED_FOR
        agrees = former.agrees and former.answered_at is not None and former.answered_at > now - DECLINED_FOR
        if said_no or agrees or former.asked_at > now - ASKED_ANEW_AFTER:
            asks = False
            answer = {"answer", "answered_at", "answered_by"}
            kept = former.model_dump(exclude={"leading_id", "agrees"} | (set() if said_no or agrees else answer))
        await session.delete(former)
        await session.flush()
    if asks:
        await _require_room(session, application, organisation_id)
    named = {"application_id": application.id, "organisation_id": organisation_id}
    session.add(ApplicationApplicant(**kept | named))
    await session.flush()
    return asks


async def recent_refusal(
    session: AsyncSession, application_id: UUID, organisation_id: UUID
) -> ApplicationApplicant | TakenOutApplicant | None:
    """The "no" that an organisation may take back: while it is named, or for 14 days once it was taken out."""
    key = (application_id, organisation_id)
    named = await session.get(ApplicationApplicant, key, with_for_update=True)
    if named is not None:
        return named if named.answer == ApplicantAnswer.declined else None
    former = await session.get(TakenOutApplicant, key, with_for_update=True)
    if former is None or former.answer != ApplicantAnswer.declined or former.answered_at is None:
        return None
    return former if former.answered_at > clock.now() - DECLINED_FOR else None


async def delete_expired_removals(session: AsyncSession) -> None:
    """Delete the records of removed applicants who may be asked again."""
    said = func.greatest(col(TakenOutApplicant.asked_at), col(TakenOutApplicant.answered_at))
    await session.exec(delete(TakenOutApplicant).where(said <= clock.now() - DECLINED_FOR))


async def _require_room(session: AsyncSession, application: Application, organisation_id: UUID) -> None:
    """Conflict where the leading applicant waits for many already; thrown away is not answered."""
    named, aside = ApplicationApplicant, TakenOutApplicant
    waiting = (
        select(named.organisation_id)
        .join(Application, col(Application.id) == col(named.application_id))
        .where(
            col(Application.applicant_id) == application.applicant_id,
            col(Application.state).in_([ApplicationState.draft, ApplicationState.active]),
            col(named.answer).is_(None),
        )
    )
    taken_out = select(aside.organisation_id).where(
        col(aside.leading_id) == application.applicant_id,
        col(aside.answer).is_(None),
        col(aside.asked_at) > clock.now() - ASKED_ANEW_AFTER,
    )
    open_now = [*(await session.exec(waiting)).all(), *(await session.exec(taken_out)).all()]
    if open_now.count(organisation_id) >= MOST_OF_ONE:
        raise TooManyAskings(most=MOST_OF_ONE)
    if len(open_now) >= MOST_OPEN:
        raise TooManyAskings(most=MOST_OPEN)
