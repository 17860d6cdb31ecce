"""Saying that somebody is tied, disputing a tie, and settling either: by a second person, within a week."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.funding.errors.network_powers import NotSecondPerson
from puumerkki.funding.errors.ties import (
    BallotCounted,
    NotTied,
    TiedAlready,
    TieQuestionClosed,
    TieQuestionKnown,
    TooManyTieQuestions,
)
from puumerkki.funding.events import ties as told
from puumerkki.funding.models import (
    BallotState,
    Handling,
    HandlingState,
    PartnerRequest,
    TieQuestion,
    TieQuestionKind,
)
from puumerkki.funding.queries import handlings as handling_queries
from puumerkki.funding.queries import tie_questions as queries
from puumerkki.funding.queries.gate import version_of
from puumerkki.funding.queries.partner_requests import readable_request
from puumerkki.funding.queries.tie_questions import TieCase
from puumerkki.funding.schemas.ties import TieRaised, TieSettled
from puumerkki.funding.service import ballots, tie_letters
from puumerkki.funding.service.cases import lock
from puumerkki.funding.service.counting import close_if_due
from puumerkki.funding.service.handovers import tell_owners
from puumerkki.funding.service.leads import tell_who_leads
from puumerkki.funding.service.tie_lapsing import case_of, event_of
from puumerkki.funding.service.tied_votes import take_out_tied
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound, Unauthenticated, invalid
from puumerkki.kernel.events import publish
from puumerkki.kernel.workdays import deadline

DAYS = 7
MOST_OPEN = 5
"""So many questions one person keeps open in a case."""


async def raise_in_handling(session: AsyncSession, *, actor: Actor, handling_id: UUID, given: TieRaised) -> None:
    """Say it in a network's case."""
    seen = await handling_queries.handling(session, actor, handling_id)
    _, handling = await lock(session, seen)
    await close_if_due(session, handling)
    await _raise(session, actor, TieCase(handling), given)


async def raise_in_request(session: AsyncSession, *, actor: Actor, request_id: UUID, given: TieRaised) -> None:
    """Say it in an authority's case."""
    request = await readable_request(session, actor, request_id)
    await session.refresh(request, with_for_update=True)
    await _raise(session, actor, TieCase(request), given)


async def may_raise(session: AsyncSession, actor: Actor, case: TieCase) -> bool:
    """Whether somebody takes part in the case, so that they may say that a person is tied."""
    applicants = await queries.applicants_named(session, case.application_id)
    version = await version_of(session, case.application_id, case.of.version_number)
    asked = [UUID(one["id"]) for one in version.content.get("authorities") or ()]
    ids = [one.id for one in applicants]
    return queries.takes_part(actor, case, applicants=ids, authorities=asked)


async def _raise(session: AsyncSession, actor: Actor, case: TieCase, given: TieRaised) -> None:
    who = actor.person_id()
    if not await may_raise(session, actor, case):
        raise actor.refusal(P.threads_write)
    if all(given.principal_id != id_ for id_, _ in await queries.acting(session, case)):
        raise invalid("/principal_id", "person_unknown", "This person does not act in the case.")
    if all(given.organisation_id != one.id for one in await queries.applicants_named(session, case.application_id)):
        raise invalid("/organisation_id", "organisation_unknown", "This is no applicant of the application.")
    kind = TieQuestionKind.disputed if given.principal_id == who else TieQuestionKind.alleged
    on_record = await queries.ties_on_record(session, case, given.principal_id)
    if kind is TieQuestionKind.disputed and given.organisation_id not in on_record:
        raise NotTied()
    if kind is TieQuestionKind.alleged and await queries.tied_here(session, case, given.principal_id):
        raise TiedAlready()
    known = await queries.questions(session, case)
    if any((one.principal_id, one.organisation_id) == (given.principal_id, given.organisation_id) for one in known):
        raise TieQuestionKnown()
    if await queries.open_of(session, case, who) >= MOST_OPEN:
        raise TooManyTieQuestions()
    made = TieQuestion(
        application_id=case.application_id,
        network_id=case.network_id,
        authority_id=case.authority_id,
        principal_id=given.principal_id,
        organisation_id=given.organisation_id,
        kind=kind,
        reason=given.reason,
        raised_by=who,
        raised_at=clock.now(),
        settle_by=await _settle_by(session, case),
    )
    made.asked_ids = list(await queries.settlers(session, case, made))
    session.add(made)
    await session.flush()
    event = told.HandlingTieQuestioned if case.network_id else told.CaseTieQuestioned
    await publish(session, event_of(event, case), actor_id=actor.id)
    await tie_letters.ask_to_settle(session, case, made)


async def _settle_by(session: AsyncSession, case: TieCase) -> datetime:
    """A week, and before the count. What was counted is annulled instead, by two persons."""
    week = deadline(DAYS)
    if not isinstance(case.of, Handling):
        return week
    ballot = await ballots.newest(session, case.of.id)
    if ballot is None or ballot.state is BallotState.annulled:
        return week
    if ballot.state is BallotState.open:
        return min(week, ballot.closes_at)
    if case.of.state is HandlingState.in_ballot:
        raise BallotCounted()
    return week


async def settle(session: AsyncSession, *, actor: Actor, question_id: UUID, given: TieSettled) -> None:
    """A second person says whether the tie holds. If it does, the person's vote goes as with any tie."""
    if actor.anonymous:
        raise Unauthenticated()
    seen = await session.get(TieQuestion, question_id)
    if seen is None:
        raise NotFound()
    case = await _locked(session, actor, seen)
    question = await session.get_one(TieQuestion, question_id, with_for_update=True, populate_existing=True)
    if question.settled_at is not None or question.lapsed_at is not None or question.settle_by <= clock.now():
        raise TieQuestionClosed()
    if not await queries.may_settle(session, actor, case, question):
        raise NotSecondPerson()
    question.holds, question.settled_reason = given.holds, given.reason
    question.settled_by, question.settled_at = actor.person_id(), clock.now()
    await session.flush()
    event = told.HandlingTieSettled if case.network_id else told.CaseTieSettled
    await publish(session, event_of(event, case), actor_id=actor.id)
    await tie_letters.tell_settled(session, case, question)
    if not question.holds:
        return
    if isinstance(case.of, PartnerRequest):
        await tell_owners(session, case.of)
    else:
        await _take_out(session, case.of)
        await tell_who_leads(session, case.of)


async def _locked(session: AsyncSession, actor: Actor, question: TieQuestion) -> TieCase:
    """The question's case, readable and locked as every step locks it."""
    case = await case_of(session, question)
    if isinstance(case.of, PartnerRequest):
        request = await readable_request(session, actor, case.of.id)
        await session.refresh(request, with_for_update=True)
        return TieCase(request)
    await handling_queries.handling(session, actor, case.of.id)
    _, handling = await lock(session, case.of)
    await close_if_due(session, handling)
    return TieCase(handling)


async def _take_out(session: AsyncSession, handling: Handling) -> None:
    ballot = await ballots.newest(session, handling.id, for_update=True)
    if ballot is not None and ballot.state is BallotState.open:
        await take_out_tied(session, handling, ballot)
