"""What an officer asks the applicant for by a day, and their answer."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel import clock
from puumerkki.kernel.days_asked import last_day_asked
from puumerkki.kernel.eventlog.events import publish
from puumerkki.partnerships.events.partner_requests import SupplementAnswered, SupplementAsked, SupplementClosed
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.schemas.partner_requests import SupplementAnswer, SupplementAsk
from puumerkki.partnerships.service.case_changes import event_fields
from puumerkki.partnerships.service.fallen_proposals import fell
from puumerkki.partnerships.service.partner_actions import apply_step

DAYS_TO_SUPPLEMENT = 14
"""Within how many days a supplement is to come, unless another day is given."""


async def ask_supplement(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: SupplementAsk
) -> PartnerRequest:
    """Ask the applicant for more, by a day; the endorsements stay."""
    answer_by = last_day_asked(given.answer_by, days=DAYS_TO_SUPPLEMENT, pointer="/answer_by")
    request = (await apply_step(session, actor, request_id, if_version, "ask_supplement")).request
    await fell(session, request, actor_id=actor.id)
    asked = {
        "asked_at": clock.now().isoformat(),
        "body": given.body,
        "answer_by": answer_by.isoformat(),
        "answered_at": None,
        "answer": None,
    }
    request.supplements = [*request.supplements, asked]
    await publish(session, SupplementAsked(**event_fields(request), changed=("supplements",)), actor_id=actor.id)
    return request


async def answer_supplement(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: SupplementAnswer
) -> PartnerRequest:
    """The applicant's answer to what was asked last."""
    request = (await apply_step(session, actor, request_id, if_version, "answer_supplement")).request
    *before, asked = request.supplements
    answered = {**asked, "answered_at": clock.now().isoformat(), "answer": given.body}
    request.supplements = [*before, answered]
    await publish(session, SupplementAnswered(**event_fields(request), changed=("supplements",)), actor_id=actor.id)
    return request


async def close_supplement(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None
) -> PartnerRequest:
    """Go on without the answer to what was asked last."""
    request = (await apply_step(session, actor, request_id, if_version, "close_supplement")).request
    *before, asked = request.supplements
    request.supplements = [*before, {**asked, "closed_at": clock.now().isoformat()}]
    await publish(session, SupplementClosed(**event_fields(request), changed=("supplements",)), actor_id=actor.id)
    return request
