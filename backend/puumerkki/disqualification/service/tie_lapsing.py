"""Ties in dispute at the count, and as they end: settled, or lapsed, so that it goes on by what is on record."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.disqualification.errors.ties import TieUnheard
from puumerkki.disqualification.events import ties as told
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries import tie_questions as queries
from puumerkki.disqualification.service import tie_mails
from puumerkki.disqualification.tie_cases import TieCase
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.subjects import Ref


def is_complete(question: TieQuestion) -> bool:
    """As many as settle it have said how it is; it takes effect once the person was heard."""
    enough = not question.holds or not question.two_settle or question.seconded_by is not None
    return question.settled_at is not None and enough


async def require_heard(session: AsyncSession, case: TieCase) -> None:
    """Nobody closes a ballot early while somebody who was found tied can still be heard."""
    if any(is_complete(one) for one in await _unended(session, case)):
        raise TieUnheard()


async def settle_at_count(session: AsyncSession, case: TieCase) -> None:
    """The ballot's days end: what was settled takes effect before the count. Hold the handling's lock."""
    for one in await _unended(session, case):
        if is_complete(one):
            await put_in_effect(session, case, one)


async def lapse_at_count(session: AsyncSession, case: TieCase) -> None:
    """The votes are counted: what nobody settled before goes by what is on record. Hold the handling's lock."""
    for one in await _unended(session, case):
        await lapse(session, case, one)


async def _unended(session: AsyncSession, case: TieCase) -> Sequence[TieQuestion]:
    found = await queries.questions(session, case)
    return [one for one in found if one.effect_at is None and one.lapsed_at is None]


async def put_in_effect(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """It is settled from now on. Whoever raised it, and the person, hear how."""
    question.effect_at = clock.now()
    await session.flush()
    event = told.HandlingTieSettled if case.network_id else told.CaseTieSettled
    await publish(session, event_of(event, case), actor_id=question.seconded_by or question.settled_by)
    await tie_mails.tell_ended(session, case, question)


async def lapse(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """Nobody settled it in time. Whoever raised it, and the person, hear of it."""
    question.lapsed_at = clock.now()
    await session.flush()
    event = told.HandlingTieLapsed if case.network_id else told.CaseTieLapsed
    await publish(session, event_of(event, case), actor_id=None)
    await tie_mails.tell_ended(session, case, question)


def event_of(event: type[Event], case: TieCase) -> Event:
    """A fact of the case."""
    return event(subject=Ref(case.subject, case.id), related=(case.application_id,))
