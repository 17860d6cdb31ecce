"""Ties in dispute at the count, and as they end: settled, or lapsed, so that it goes on by what is on record."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.errors.ties import TieUnheard
from puumerkki.funding.events import ties as told
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.models.ties import TieQuestion
from puumerkki.funding.queries import tie_questions as queries
from puumerkki.funding.queries.tie_questions import TieCase
from puumerkki.funding.service import tie_letters
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.subjects import Ref


def is_complete(question: TieQuestion) -> bool:
    """As many as settle it have said how it is; it takes effect once the person was heard."""
    enough = not question.holds or not question.two_settle or question.seconded_by is not None
    return question.settled_at is not None and enough


async def require_heard(session: AsyncSession, handling: Handling) -> None:
    """Nobody closes a ballot early while somebody who was found tied can still be heard."""
    if any(is_complete(one) for one in await _unended(session, handling)):
        raise TieUnheard()


async def settle_at_count(session: AsyncSession, handling: Handling) -> None:
    """The ballot's days end: what was settled takes effect before the count. Hold the handling's lock."""
    for one in await _unended(session, handling):
        if is_complete(one):
            await put_in_effect(session, TieCase(handling), one)


async def lapse_at_count(session: AsyncSession, handling: Handling) -> None:
    """The votes are counted: what nobody settled before goes by what is on record. Hold the handling's lock."""
    for one in await _unended(session, handling):
        await lapse(session, TieCase(handling), one)


async def _unended(session: AsyncSession, handling: Handling) -> Sequence[TieQuestion]:
    found = await queries.questions(session, TieCase(handling))
    return [one for one in found if one.effect_at is None and one.lapsed_at is None]


async def put_in_effect(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """It is settled from now on. Whoever raised it, and the person, hear how."""
    question.effect_at = clock.now()
    await session.flush()
    event = told.HandlingTieSettled if case.network_id else told.CaseTieSettled
    await publish(session, event_of(event, case), actor_id=question.seconded_by or question.settled_by)
    await tie_letters.tell_ended(session, case, question)


async def lapse(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """Nobody settled it in time. Whoever raised it, and the person, hear of it."""
    question.lapsed_at = clock.now()
    await session.flush()
    event = told.HandlingTieLapsed if case.network_id else told.CaseTieLapsed
    await publish(session, event_of(event, case), actor_id=None)
    await tie_letters.tell_ended(session, case, question)


async def case_of(session: AsyncSession, question: TieQuestion) -> TieCase:
    """The case that a question is of."""
    if question.network_id is not None:
        handlings = select(Handling).where(
            col(Handling.application_id) == question.application_id, col(Handling.network_id) == question.network_id
        )
        return TieCase((await session.exec(handlings)).one())
    requests = select(PartnerRequest).where(
        col(PartnerRequest.application_id) == question.application_id,
        col(PartnerRequest.authority_id) == question.authority_id,
    )
    return TieCase((await session.exec(requests)).one())


def event_of(event: type[Event], case: TieCase) -> Event:
    """A fact of the case."""
    kind = "handling" if case.network_id else "partner_request"
    return event(subject=Ref(kind, case.of.id), related=(case.application_id,))
