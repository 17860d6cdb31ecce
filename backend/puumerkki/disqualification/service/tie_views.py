"""Ties in one case, as somebody may see them: that there is a question, and by what only for whom it concerns."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.queries.people import named
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries import tie_questions as queries
from puumerkki.disqualification.schemas.ties import TieStatus
from puumerkki.disqualification.service.tie_lapsing import is_complete
from puumerkki.disqualification.service.tie_questions import may_answer, may_raise
from puumerkki.disqualification.tie_cases import TieCase, kind_of
from puumerkki.kernel import clock
from puumerkki.organisations.models.organisations import Organisation


async def show_ties(session: AsyncSession, actor: Actor, case: TieCase) -> dict[str, Any]:
    """Who acts and is tied, what was asked, and what the caller may do about it."""
    raises = await may_raise(session, actor, case)
    acting = await kind_of(case).acting(session, case) if raises else []
    applicants = await queries.applicants_named(session, case.application_id)
    mine = frozenset() if actor.id is None else await queries.ties_on_record(session, case, actor.id)
    held = await queries.open_ties(session, actor.id) if mine and actor.id else frozenset()
    own = [one for one in applicants if one.id in mine - held and any(id_ == actor.id for id_, _ in acting)]
    by_id = {one.id: one for one in applicants}
    return {
        "people": [
            {"principal_id": id_, "name": name or None, "tied": await queries.tied_here(session, case, id_)}
            for id_, name in acting
        ],
        "questions": [
            await _question(session, actor, case, one, by_id) for one in await queries.questions(session, case)
        ],
        "applicants": [_named(one) for one in applicants] if raises else [],
        "own_ties": [_named(one) for one in own],
        "may_raise": raises,
    }


def _named(one: Organisation) -> dict[str, Any]:
    return {"id": one.id, "names": one.names}


async def _question(
    session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion, applicants: dict[UUID, Organisation]
) -> dict[str, Any]:
    standing = _status(question)
    settles = (
        standing is TieStatus.open
        and not is_complete(question)
        and await queries.may_settle(session, actor, case, question)
    )
    concerned = (
        question.raised_by,
        question.principal_id,
        question.settled_by,
        question.seconded_by,
        *question.asked_ids,
    )
    inside = actor.id is not None and (settles or actor.id in concerned)
    [person] = await named(session, [question.principal_id]) or [{"principal_id": question.principal_id, "name": None}]
    organisation = applicants.get(question.organisation_id)
    settled_reason, other_reason = queries.reasons_of(question)
    return {
        "id": question.id,
        "person": person,
        "kind": question.kind,
        "standing": standing,
        "raised_at": question.raised_at,
        "settle_by": question.settle_by,
        "settled_at": question.effect_at,
        "organisation": _named(organisation) if inside and organisation else None,
        "reason": question.reason if inside else None,
        "answer": question.answer if inside else None,
        "settled_reason": settled_reason if inside else None,
        "other_reason": other_reason if inside else None,
        "may_settle": settles,
        "may_answer": standing is TieStatus.open and may_answer(question, actor),
    }


def _status(question: TieQuestion) -> TieStatus:
    if question.effect_at is not None:
        return TieStatus.tied if question.holds else TieStatus.not_tied
    over = question.lapsed_at is not None or question.settle_by <= clock.now()
    return TieStatus.lapsed if over else TieStatus.open
