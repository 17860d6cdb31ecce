"""Ties in dispute that nobody settled in time: it goes on by what is on record."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.events import ties as told
from puumerkki.funding.models import Handling, PartnerRequest, TieQuestion
from puumerkki.funding.queries import tie_questions as queries
from puumerkki.funding.queries.tie_questions import TieCase
from puumerkki.kernel import clock
from puumerkki.kernel.events import Event, publish
from puumerkki.kernel.refs import Ref


async def lapse_at_count(session: AsyncSession, handling: Handling) -> None:
    """The votes are counted: what nobody settled before goes by what is on record. Hold the handling's lock."""
    case = TieCase(handling)
    await _lapse(session, [one for one in await queries.questions(session, case) if _is_open(one)])


async def lapse_unsettled(session: AsyncSession) -> None:
    """The clock: nobody settled it in time."""
    statement = select(TieQuestion).where(
        col(TieQuestion.settled_at).is_(None),
        col(TieQuestion.lapsed_at).is_(None),
        col(TieQuestion.settle_by) <= clock.now(),
    )
    found = await session.exec(statement.order_by(col(TieQuestion.id)).limit(200).with_for_update(skip_locked=True))
    await _lapse(session, found.all())


def _is_open(question: TieQuestion) -> bool:
    return question.settled_at is None and question.lapsed_at is None


async def _lapse(session: AsyncSession, questions: Sequence[TieQuestion]) -> None:
    for one in questions:
        one.lapsed_at = clock.now()
        case = await case_of(session, one)
        event = told.HandlingTieLapsed if case.network_id else told.CaseTieLapsed
        await publish(session, event_of(event, case), actor_id=None)
    await session.flush()


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
