"""Whoever gets a case to decide is asked to settle what is open in it about ties."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.disqualification.queries import tie_questions as queries
from puumerkki.disqualification.service import tie_mails
from puumerkki.disqualification.service.tie_lapsing import is_complete
from puumerkki.kernel import clock
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.ties import decides_on, tie_case


async def ask_stand_in(session: AsyncSession, request: PartnerRequest, principal_id: UUID) -> None:
    """By mail, each question once. Hold the request's lock."""
    case, now = tie_case(request), clock.now()
    for one in await queries.questions(session, case):
        over = one.effect_at is not None or one.lapsed_at is not None or one.settle_by <= now or is_complete(one)
        if over or principal_id in one.asked_ids or not await decides_on(session, case, one, principal_id):
            continue
        one.asked_ids = [*one.asked_ids, principal_id]
        await tie_mails.tell_asked(session, case, one, [principal_id])
