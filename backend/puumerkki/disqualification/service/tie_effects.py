"""What follows when a tie in dispute is settled, and the clock: the person was heard, or nobody settled it in time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.disqualification.models.ties import TieQuestion, TieQuestionKind
from puumerkki.disqualification.queries.settled_ties import is_said
from puumerkki.disqualification.service.tie_lapsing import is_complete, lapse, put_in_effect
from puumerkki.disqualification.tie_cases import TieCase, case_of, kind_of
from puumerkki.kernel import clock

HEARD = timedelta(days=2)
"""So long a person who says nothing is waited for."""


async def lock_case(session: AsyncSession, question: TieQuestion) -> TieCase:
    """The question's case, locked as every step locks it, and then the question, read anew."""
    case = await case_of(session, question)
    case = await kind_of(case).lock(session, case)
    await session.refresh(question, with_for_update=True)
    return case


async def carry_out(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """What as many as settle it have said takes effect: at once, but for a tie of which the person was not heard."""
    if not is_complete(question):
        return
    heard = question.kind is TieQuestionKind.disputed or question.answered_at is not None
    if question.holds and not heard and clock.now() < question.raised_at + HEARD:
        return
    await put_in_effect(session, case, question)
    await kind_of(case).carry_out(session, case, question)


async def lapse_unsettled(session: AsyncSession) -> None:
    """The clock: who is silent was waited for, or nobody settled it in time."""
    now = clock.now()
    waited = and_(is_said(TieQuestion), col(TieQuestion.raised_at) <= now - HEARD)
    statement = select(TieQuestion).where(
        col(TieQuestion.effect_at).is_(None),
        col(TieQuestion.lapsed_at).is_(None),
        or_(col(TieQuestion.settle_by) <= now, waited),
    )
    order = (col(TieQuestion.application_id), col(TieQuestion.id))
    found = (await session.exec(statement.order_by(*order).limit(200))).all()
    cases = {one.id: await case_of(session, one) for one in found}

    # as submitting does: within an application the networks' cases before the authorities', each by their ids
    def as_locked(one: TieQuestion) -> tuple[UUID, bool, UUID, UUID]:
        return one.application_id, one.network_id is None, cases[one.id].id, one.id

    for one in sorted(found, key=as_locked):
        case = await lock_case(session, one)
        if one.effect_at is None and one.lapsed_at is None:
            await carry_out(session, case, one)
        if one.effect_at is None and one.lapsed_at is None and one.settle_by <= now:
            await lapse(session, case, one)
