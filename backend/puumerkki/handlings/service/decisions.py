"""Decisions of meetings: recorded by one person, confirmed by another."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.disqualification.queries.tied import unrepresented
from puumerkki.handlings.errors.decisions import MeetingDenied, NotPresent
from puumerkki.handlings.errors.handlings import MeetingTooFew
from puumerkki.handlings.events.handlings import DecisionConfirmed, DecisionRecorded
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.decision_words import confirmers, denied_before, words_that_count
from puumerkki.handlings.queries.electors import Question, could_vote
from puumerkki.handlings.queries.meeting_people import was_present
from puumerkki.handlings.schemas.handlings import DecisionGiven
from puumerkki.handlings.service import decision_mails
from puumerkki.handlings.service.handling_context import HandlingContext, lock_handling
from puumerkki.handlings.service.handlings import drop_pending_decision, event_fields
from puumerkki.handlings.service.review import require_held
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.workdays import deadline
from puumerkki.meetings.queries import attendance
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.blocs import blocs_of
from puumerkki.networks.tally import enough

DAYS = 7
"""So long can those who were there say that it was not so."""
SEVERAL = 2


async def record_decision(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: DecisionGiven
) -> tuple[Handling, RecordedDecision]:
    """Record what a meeting decided on the version at hand, in place of a decision that waits for confirmation."""
    context = await lock_handling(
        session, actor=actor, handling_id=handling_id, if_version=if_version, needs=(P.handlings_record,)
    )
    handling = context.handling
    HANDLING.apply("record_decision", handling, actor=context.actor, facts=context.facts)
    if given.conditions and not given.endorses:
        raise invalid("/conditions", "conditions_without_endorsement", "Only an endorsement can have conditions.")
    await require_held(session, context, given.meeting_id, by=clock.today(), since=handling.received_at)
    if await denied_before(session, handling, given.meeting_id):
        raise MeetingDenied()
    await require_attended(session, given.meeting_id, given.present_member_ids)
    await require_quorum(session, context, given.present_member_ids, given.stood_aside_member_ids)
    if not await was_present(session, handling, actor.person_id(), given.present_member_ids):
        raise NotPresent()
    await drop_pending_decision(session, handling)
    left = set(given.stood_aside_member_ids) | await _tied_there(session, context, given.present_member_ids)
    decision = RecordedDecision(
        handling_id=handling.id,
        meeting_id=given.meeting_id,
        version_number=handling.version_number,
        endorses=given.endorses,
        wording=given.wording,
        conditions=[one.model_dump(mode="json") for one in given.conditions],
        present_member_ids=sorted(set(given.present_member_ids)),
        stood_aside_member_ids=sorted(left),
        recorded_by=actor.person_id(),
    )
    session.add(decision)
    touch(handling)
    recorded = DecisionRecorded(**event_fields(handling), decision_id=decision.id, meeting_id=given.meeting_id)
    await publish(session, recorded, actor_id=actor.id)
    return handling, decision


async def _tied_there(session: AsyncSession, context: HandlingContext, present: Collection[UUID]) -> set[UUID]:
    """Members that left the room and are noted so: applicants, and members that only tied people represent."""
    applicants = await tied_applicants(session, context.application.id)
    of_applicants = select(NetworkMember.id).where(
        col(NetworkMember.id).in_(present), col(NetworkMember.organisation_id).in_(applicants)
    )
    return set((await session.exec(of_applicants)).all()) | await unrepresented(
        session, context.application.id, present
    )


async def require_attended(session: AsyncSession, meeting_id: UUID, present: Collection[UUID]) -> None:
    """Raise unless those who decided were at the meeting by its attendance."""
    if not set(await attendance(session, meeting_id)).issuperset(present):
        raise invalid(
            "/present_member_ids", "not_in_attendance", "The meeting's attendance does not name all of these."
        )


async def require_quorum(
    session: AsyncSession, context: HandlingContext, present: Collection[UUID], stood_aside: Collection[UUID]
) -> dict[str, int]:
    """Those who could vote, without the applicants and who stood aside, are the base, as in a ballot. The turnout."""
    assert context.rule is not None
    of_network = await queries.member_ids(session, context.network.id)
    for name, ids in (("present_member_ids", present), ("stood_aside_member_ids", stood_aside)):
        if not of_network.issuperset(ids):
            raise invalid(f"/{name}", "member_unknown", "Not all of these are members of the network.")
    could = await could_vote(session, Question.of(context.handling, context.rule))
    base, deciding = could.votes(without=stood_aside), could.votes(present, without=stood_aside)
    if not enough(context.rule, base=len(base), turnout=len(deciding), fewest=context.rule.fewest):
        raise MeetingTooFew()
    return {"electorate": could.electorate, "stood_aside": could.electorate - len(base), "voted": len(deciding)}


async def confirm_decision(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, decision_id: UUID, if_version: int | None
) -> Handling:
    """Confirm, as a second person, what was recorded. Members hear of it; those present can dispute it."""
    context = await lock_handling(
        session,
        actor=actor,
        handling_id=handling_id,
        if_version=if_version,
        needs=(P.handlings_confirm, P.handlings_lead),
    )
    handling, decision = context.handling, context.decision
    if all(one.id != decision_id for one in await queries.decisions(session, handling.id)):
        raise NotFound()
    facts = context.facts
    if decision is None or decision.id != decision_id:
        decision, facts = None, replace(facts, recorded_by=None)
    HANDLING.apply("confirm_decision", handling, actor=context.actor, facts=facts)
    assert decision is not None
    there = set(await attendance(session, decision.meeting_id))
    # what the attendance says now is what counts: nobody is taken out of it afterwards
    decision.present_member_ids = [one for one in decision.present_member_ids if one in there]
    await require_still_quorum(session, context, decision)
    decision.confirmed_by, decision.confirmed_at = actor.person_id(), clock.now()
    decision.holds_at = deadline(DAYS)
    asked = await confirmers(session, handling, decision, context.rule, said_too=True)
    decision.asked_ids = sorted({person for _, person in asked})
    touch(handling)
    confirmed = DecisionConfirmed(**event_fields(handling), decision_id=decision.id, meeting_id=decision.meeting_id)
    await publish(session, confirmed, actor_id=actor.id)
    await decision_mails.tell_members(session, handling, decision)
    return handling


async def require_still_quorum(
    session: AsyncSession, context: HandlingContext, decision: RecordedDecision
) -> dict[str, int]:
    """Those who were there when it was confirmed are enough; the turnout.

    One of them that says "not so" counts as present, so that none alone breaks the quorum; of several none does.
    """
    said = await words_that_count(session, context.handling, decision)
    denies = {one.member_id for one in said if not one.agrees}.intersection(decision.present_member_ids)
    assert context.rule is not None
    if len(set((await blocs_of(session, context.rule, denies)).values())) < SEVERAL:
        denies = set()
    present = [one for one in decision.present_member_ids if one not in denies]
    return await require_quorum(session, context, present, decision.stood_aside_member_ids)
