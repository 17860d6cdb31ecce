"""Settles whether conditions are met: the lead claims it, members may object, then a second person decides."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries import versions
from puumerkki.endorsements.errors.conditions import NotAsked, OwnClaim
from puumerkki.endorsements.events.conditions import ClaimAgreed, ClaimObjected, ConditionsClaimed
from puumerkki.endorsements.models.conditions import ClaimAnswer, ClaimState, ConditionsClaim
from puumerkki.endorsements.schemas.conditions import ClaimAnswerGiven, ClaimSettled, ConditionsMet
from puumerkki.endorsements.service import endorsements
from puumerkki.endorsements.workflow.conditions import CLAIM
from puumerkki.handlings.events.handlings import ConditionsConfirmed, HandlingMoved
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import claims as queries
from puumerkki.handlings.queries import handlings as handling_queries
from puumerkki.handlings.queries.second_persons import to_ask
from puumerkki.handlings.service import claim_mails
from puumerkki.handlings.service.claim_asking import members_to_ask, said_before
from puumerkki.handlings.service.fallen_claims import DROPPED, NOBODY_SETTLES, REFUSED, end_claim
from puumerkki.handlings.service.handling_context import HandlingContext, load_context, lock, lock_handling
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.service.one_by_one import one_by_one
from puumerkki.handlings.service.turns import require_own_word
from puumerkki.handlings.service.votes import require_representative
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import PuumerkkiError, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.workdays import deadline, end_of

LEAD = (P.handlings_lead,)
SETTLES = (P.ballots_vote, P.handlings_confirm, P.handlings_record)
DAYS = 7
"""So long can members object, and so long can a second person say afterwards."""
AT_ONCE = 200


async def claim(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ConditionsMet
) -> Handling:
    """Claim, as whoever leads, that conditions are met; the members that asked for them hear of it and can object.

    What a member said against it in the same version stands, until it says otherwise.
    """
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("confirm_conditions", context.handling, actor=context.actor, facts=context.facts)
    handling, endorsement = context.handling, context.endorsement
    assert endorsement is not None
    if max(given.met) >= len(endorsement.conditions):
        raise invalid("/met", "condition_unknown", "The puumerkki has no condition at this place.")
    met = sorted({place for place in given.met if not endorsement.conditions[place]["met"]})
    if not met:
        raise invalid("/met", "condition_met", "These conditions count as met already.")
    made = ConditionsClaim(
        handling_id=handling.id,
        endorsement_id=endorsement.id,
        version_number=context.application.current_version or endorsement.version_number,
        met=met,
        claimed_by=actor.person_id(),
        claimed_at=clock.now(),
        asked_member_ids=await members_to_ask(session, context, endorsement, met),
        effective_at=deadline(DAYS),
    )
    stands = await said_before(session, handling, made)
    session.add(made)
    touch(handling)
    await session.flush()
    session.add_all(stands)
    await session.flush()
    told = ConditionsClaimed(**event_fields(handling), met=len(met), version=made.version_number)
    await publish(session, told, actor_id=actor.id)
    context = await load_context(
        session, actor=actor, application=context.application, handling=handling, for_update=True
    )
    await claim_mails.ask_members(session, handling, endorsement, made, silence=not context.facts.word_needed)
    if stands:
        await _ask_second_persons(session, context, stands[0].reason)
    return handling


async def answer(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID, given: ClaimAnswerGiven
) -> Handling:
    """Agree or object for a member; it may change its answer until the claim ends.

    Once all who were asked agree the conditions count as met. An objection asks the second persons; where there is
    none the conditions stay open.
    """
    seen = await handling_queries.handling(session, actor, handling_id)
    application, handling = await lock(session, seen)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    HANDLING.apply("answer_claim", handling, actor=actor, facts=context.facts)
    organisation_id = await require_representative(session, actor, handling, member_id)
    made, endorsement = context.claim, context.endorsement
    assert made is not None and endorsement is not None
    if member_id not in made.asked_member_ids:
        raise NotAsked()
    if actor.person_id() == made.claimed_by:
        raise OwnClaim()
    known = {one.member_id: one for one in await queries.answers(session, made.id)}
    said = known.get(member_id)
    if said is not None:
        await require_own_word(
            session, handling, said.given_by, person=actor.person_id(), organisation_id=organisation_id
        )
    else:
        said = ClaimAnswer(
            claim_id=made.id,
            member_id=member_id,
            agrees=given.agrees,
            given_by=actor.person_id(),
            given_at=clock.now(),
        )
        session.add(said)
    said.agrees, said.reason = given.agrees, given.reason
    said.given_by, said.given_at = actor.person_id(), clock.now()
    touch(handling)
    await session.flush()
    event = ClaimAgreed if given.agrees else ClaimObjected
    await publish(session, event(**event_fields(handling), member_id=member_id), actor_id=actor.id)
    everybody = [one for one in await queries.answers_that_count(session, handling, made.id) if one.agrees]
    if not given.agrees:
        if not await _ask_second_persons(session, context, given.reason):
            await end_claim(session, made, handling, NOBODY_SETTLES, actor_id=None)
    elif len(everybody) == len(made.asked_member_ids):
        # of the claimer's own side alone it is no word, and a second person is asked when the days are over
        fresh = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
        if not fresh.facts.word_needed:
            await _carry_if_possible(session, fresh)
    elif clock.now() < made.effective_at and not await queries.objectors(session, handling, made.id):
        made.settle_by, made.asked_ids = None, []
    return handling


async def _ask_second_persons(session: AsyncSession, context: HandlingContext, reason: str | None) -> bool:
    """Ask everybody who could settle it and is not of a member that objects; True where there is anybody.

    `reason`: why a member objects; None where nobody does, and silence does not settle it.
    """
    handling, made, endorsement = context.handling, context.claim, context.endorsement
    assert made is not None and endorsement is not None
    objecting = await queries.objectors(session, handling, made.id)
    able = await to_ask(session, handling, first_id=made.claimed_by)
    theirs = await queries.people_of(session, objecting)
    before = set(made.asked_ids)
    made.asked_ids = [one for one in able if one not in theirs]
    # once the members have had their days
    first = max(clock.today(), clock.last_day(made.effective_at))
    made.settle_by = made.settle_by or end_of(first + timedelta(days=DAYS))
    await claim_mails.ask_to_settle(
        session, endorsement, made, set(made.asked_ids) - before, objected=reason is not None
    )
    return bool(made.asked_ids)


async def settle(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ClaimSettled
) -> Handling:
    """Decide, as a second person, whether conditions are met, where a member objects or silence does not settle it."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=SETTLES)
    HANDLING.apply(
        "settle_claim" if given.met else "refuse_claim", context.handling, actor=context.actor, facts=context.facts
    )
    assert context.claim is not None
    context.claim.settled_by = actor.person_id()
    if given.met:
        await _carry(session, context, actor_id=actor.id)
    else:
        await end_claim(session, context.claim, context.handling, REFUSED, actor_id=actor.id)
    touch(context.handling)
    return context.handling


async def drop(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Withdraw the claim, as whoever leads: the conditions stay open."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("drop_claim", context.handling, actor=context.actor, facts=context.facts)
    assert context.claim is not None
    await end_claim(session, context.claim, context.handling, DROPPED, actor_id=actor.id)
    touch(context.handling)
    return context.handling


async def _carry_if_possible(session: AsyncSession, context: HandlingContext) -> None:
    """Count the conditions as met by the clock or since all agree; whatever prevents it ends the claim."""
    assert context.claim is not None
    try:
        HANDLING.apply("carry_claim", context.handling, actor=None, facts=context.facts)
    except PuumerkkiError as error:
        await end_claim(session, context.claim, context.handling, error.code, actor_id=None)
        return
    await _carry(session, context, actor_id=None)


async def _carry(session: AsyncSession, context: HandlingContext, *, actor_id: UUID | None) -> None:
    """Count the conditions as met. Once all are, the endorsement moves to the newest version."""
    handling, endorsement, made = context.handling, context.endorsement, context.claim
    assert endorsement is not None and made is not None
    CLAIM.apply("carry", made, actor=None)
    made.ended_at = clock.now()
    await session.flush()
    places = range(len(endorsement.conditions))
    conditions = [one | {"met": one["met"] or place in made.met} for place, one in enumerate(endorsement.conditions)]
    kept = [endorsement.condition_notes[place] if place < len(endorsement.condition_notes) else {} for place in places]
    notes = [
        note | {"met_in": made.version_number if place in made.met else note.get("met_in")}
        for place, note in enumerate(kept)
    ]
    all_met = all(one["met"] for one in conditions)
    if all_met:
        await endorsements.move(
            session,
            endorsement=endorsement,
            application=context.application,
            handling=handling,
            version=await versions.version(session, context.application.id, made.version_number),
            conditions=conditions,
            notes=notes,
            actor_id=actor_id,
        )
        if handling.version_number != made.version_number:
            handling.version_number = made.version_number
            moved = HandlingMoved(**event_fields(handling), version=made.version_number)
            await publish(session, moved, actor_id=actor_id)
    else:
        endorsement.conditions, endorsement.condition_notes = conditions, notes
    touch(handling)
    met = sum(one["met"] for one in conditions)
    await publish(session, ConditionsConfirmed(**event_fields(handling), met=met, all_met=all_met), actor_id=actor_id)


async def carry_due(session: AsyncSession) -> None:
    """Carry claims that nobody objected to, ask second persons about others, and end those that nobody settled."""
    due = func.greatest(col(ConditionsClaim.effective_at), col(ConditionsClaim.settle_by)) <= clock.now()
    statement = (
        select(Handling.id)
        .join(ConditionsClaim, col(ConditionsClaim.handling_id) == col(Handling.id))
        .where(col(ConditionsClaim.state) == ClaimState.open, due)
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(AT_ONCE)
    )
    await one_by_one(session, (await session.exec(statement)).all(), _settle_due, "claim_not_settled")


async def _settle_due(session: AsyncSession, handling_id: UUID) -> None:
    application, handling = await lock(session, await session.get_one(Handling, handling_id))
    context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
    made = context.claim
    if made is None or clock.now() < max(made.effective_at, made.settle_by or made.effective_at):
        return
    waits_for_word = context.facts.word_needed and not context.facts.objected
    if waits_for_word and made.settle_by is None and await _ask_second_persons(session, context, None):
        touch(handling)
    elif context.facts.objected or waits_for_word:
        await end_claim(session, made, handling, NOBODY_SETTLES, actor_id=None)
        touch(handling)
    else:
        await _carry_if_possible(session, context)
