"""Saying that somebody is tied, disputing a tie, and settling either: by a second person, within a week."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries.versions import version
from puumerkki.disqualification.errors.ties import (
    NotAboutYou,
    NotSecondPerson,
    NotTied,
    TieCaseOver,
    TiedAlready,
    TieInForce,
    TieQuestionClosed,
    TieQuestionKnown,
    TooManyTieQuestions,
)
from puumerkki.disqualification.events import ties as told
from puumerkki.disqualification.models.ties import TieQuestion, TieQuestionKind
from puumerkki.disqualification.queries import tie_questions as queries
from puumerkki.disqualification.schemas.ties import TieAnswered, TieRaised, TieSettled
from puumerkki.disqualification.service import tie_mails
from puumerkki.disqualification.service.tie_effects import carry_out, lock_case
from puumerkki.disqualification.service.tie_lapsing import event_of, is_complete
from puumerkki.disqualification.tie_cases import CaseKind, TieCase, case_of, kind_of
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound, Unauthenticated, invalid
from puumerkki.kernel.eventlog.events import publish

MOST_OPEN = 5
"""So many questions the people of one organisation keep open in a case."""


async def raise_in(session: AsyncSession, *, actor: Actor, kind: CaseKind, case_id: UUID, given: TieRaised) -> None:
    """Say it in a network's or an authority's case."""
    case = await kind.lock(session, await kind.readable(session, actor, case_id))
    await _raise(session, actor, case, given)


async def may_raise(session: AsyncSession, actor: Actor, case: TieCase) -> bool:
    """Whether somebody takes part in the case, so that they may say that a person is tied."""
    applicants = await queries.applicants_named(session, case.application_id)
    newest = await version(session, case.application_id, case.version_number)
    asked = [UUID(one["id"]) for one in newest.content.get("authorities") or ()]
    ids = [one.id for one in applicants]
    return queries.takes_part(actor, case, applicants=ids, authorities=asked)


async def _raise(session: AsyncSession, actor: Actor, case: TieCase, given: TieRaised) -> None:
    who, of_case = actor.person_id(), kind_of(case)
    if not await may_raise(session, actor, case):
        raise actor.refusal(P.discussions_write)
    if await of_case.is_over(session, case):
        raise TieCaseOver()
    if all(given.principal_id != id_ for id_, _ in await of_case.acting(session, case)):
        raise invalid("/principal_id", "person_unknown", "This person does not act in the case.")
    if all(given.organisation_id != one.id for one in await queries.applicants_named(session, case.application_id)):
        raise invalid("/organisation_id", "organisation_unknown", "This is no applicant of the application.")
    kind = TieQuestionKind.disputed if given.principal_id == who else TieQuestionKind.alleged
    if kind is TieQuestionKind.disputed:
        await _require_disputable(session, case, given)
    elif await queries.tied_here(session, case, given.principal_id):
        raise TiedAlready()
    await _require_new(session, case, given, who, kind)
    if await queries.open_of(session, case, who) >= MOST_OPEN:
        raise TooManyTieQuestions()
    by_applicant = kind is TieQuestionKind.alleged and await queries.tied_here(session, case, who)
    made = TieQuestion(
        application_id=case.application_id,
        network_id=case.network_id,
        authority_id=case.authority_id,
        principal_id=given.principal_id,
        organisation_id=given.organisation_id,
        version_number=case.version_number,
        kind=kind,
        reason=given.reason,
        raised_by=who,
        raised_at=clock.now(),
        settle_by=await of_case.settle_by(session, case),
        # an authority has deciders of one organisation only
        two_settle=by_applicant and case.network_id is not None,
    )
    # who acts in whose place is read with the question standing there
    session.add(made)
    await session.flush()
    made.asked_ids = list(await of_case.settlers(session, case, made))
    await session.flush()
    event = told.HandlingTieQuestioned if case.network_id else told.CaseTieQuestioned
    await publish(session, event_of(event, case), actor_id=actor.id)
    await tie_mails.tell_asked(session, case, made, {made.principal_id, *made.asked_ids})


async def _require_disputable(session: AsyncSession, case: TieCase, given: TieRaised) -> None:
    """A tie of the past: a role that one holds, or a declaration that stands, is no matter of dispute."""
    if given.organisation_id in await queries.open_ties(session, given.principal_id):
        raise TieInForce()
    if given.organisation_id not in await queries.ties_on_record(session, case, given.principal_id):
        raise NotTied()


async def _require_new(
    session: AsyncSession, case: TieCase, given: TieRaised, who: UUID, kind: TieQuestionKind
) -> None:
    """Once about a person and an applicant; what lapsed, or was found not to hold, once more on a version.

    What others said is asked again by another side; a dispute that was settled is over. Of one person one word is open
    at a time, whatever the applicant.
    """
    disputes = kind is TieQuestionKind.disputed
    about = [one for one in await queries.questions(session, case) if one.principal_id == given.principal_id]
    same = [one for one in about if one.organisation_id == given.organisation_id]
    open_ones = [one for one in about if one.effect_at is None and one.lapsed_at is None]
    waits = any(one.kind is kind or one.organisation_id == given.organisation_id for one in open_ones)
    ended = any(one.effect_at is not None and (one.holds or (disputes and one.kind is kind)) for one in same)
    if waits or ended:
        raise TieQuestionKnown()
    if not same:
        return
    again = any(one.version_number == case.version_number for one in same[:-1])
    by_side = not disputes and await queries.raised_by_side(session, case, who, [one.id for one in same])
    if again or by_side:
        raise TieQuestionKnown()


async def settle(session: AsyncSession, *, actor: Actor, question_id: UUID, given: TieSettled) -> None:
    """A second person says whether the tie holds. If it does, the person's vote goes as with any tie.

    What an applicant's people said is settled by two; and whom it is about is heard before it takes effect.
    """
    question, case = await _locked(session, actor, question_id)
    if is_complete(question):
        raise TieQuestionClosed()
    if not await queries.may_settle(session, actor, case, question):
        raise NotSecondPerson()
    if question.settled_at is not None:
        question.seconded_by, question.seconded_reason = actor.person_id(), given.reason
    else:
        question.settled_by, question.settled_at = actor.person_id(), clock.now()
        question.settled_reason = given.reason
    question.holds = given.holds
    question.asked_ids = list(await kind_of(case).settlers(session, case, question))
    await session.flush()
    await carry_out(session, case, question)
    if question.effect_at is None:
        said = told.HandlingTieSaid if case.network_id else told.CaseTieSaid
        await publish(session, event_of(said, case), actor_id=actor.id)


async def answer(session: AsyncSession, *, actor: Actor, question_id: UUID, given: TieAnswered) -> None:
    """Whom it is about says what they have to say; then what was settled takes effect."""
    question, case = await _locked(session, actor, question_id)
    if not may_answer(question, actor):
        raise NotAboutYou()
    question.answer, question.answered_at = given.text, clock.now()
    await session.flush()
    answered = told.HandlingTieAnswered if case.network_id else told.CaseTieAnswered
    await publish(session, event_of(answered, case), actor_id=actor.id)
    await carry_out(session, case, question)


def may_answer(question: TieQuestion, actor: Actor) -> bool:
    """Whether somebody is the person whom another says to be tied."""
    return question.kind is TieQuestionKind.alleged and question.principal_id == actor.id


async def _locked(session: AsyncSession, actor: Actor, question_id: UUID) -> tuple[TieQuestion, TieCase]:
    """A question that is open, and its case, which the caller reads; both locked."""
    if actor.anonymous:
        raise Unauthenticated()
    question = await session.get(TieQuestion, question_id)
    if question is None:
        raise NotFound()
    seen = await case_of(session, question)
    await kind_of(seen).readable(session, actor, seen.id)
    case = await lock_case(session, question)
    if question.effect_at is not None or question.lapsed_at is not None or question.settle_by <= clock.now():
        raise TieQuestionClosed()
    return question, case
