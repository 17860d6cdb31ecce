"""Who gets a case to decide is asked to settle what is open in it about ties."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.queries import tie_questions as queries
from puumerkki.funding.request_ties import decides_on, tie_case
from puumerkki.funding.service import tie_letters
from puumerkki.funding.service.tie_lapsing import is_complete
from puumerkki.kernel import clock


async def ask_stand_in(session: AsyncSession, request: PartnerRequest, principal_id: UUID) -> None:
    """By mail, each question once. Hold the request's lock."""
    case, now = tie_case(request), clock.now()
    for one in await queries.questions(session, case):
        over = one.effect_at is not None or one.lapsed_at is not None or one.settle_by <= now or is_complete(one)
        if over or principal_id in one.asked_ids or not await decides_on(session, case, one, principal_id):
            continue
        one.asked_ids = [*one.asked_ids, principal_id]
        await tie_letters.tell_asked(session, case, one, [principal_id])
