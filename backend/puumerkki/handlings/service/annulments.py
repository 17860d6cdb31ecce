"""Annulling a ballot in which something was wrong: by two persons, with a reason that the members see."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.handlings.events.ballots import AnnulmentDropped, AnnulmentProposed
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.second_persons import to_ask
from puumerkki.handlings.schemas.handlings import AnnulmentGiven
from puumerkki.handlings.service import ballots, handling_mails, reviews
from puumerkki.handlings.service.conclusions import back_in_review
from puumerkki.handlings.service.handling_context import lock_handling
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish

LEAD = (P.handlings_lead,)
ANNULLED = "ballot_annulled"
"""Why a revocation fell whose ballot was annulled."""
CONFIRMS = (P.ballots_vote, P.handlings_confirm, P.handlings_record)


async def propose(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: AnnulmentGiven
) -> Handling:
    """Propose to annul the ballot; it goes on until a second person confirms that something was wrong in it."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("annul_ballot", context.handling, actor=context.actor, facts=context.facts)
    assert context.ballot is not None
    made = BallotAnnulment(
        ballot_id=context.ballot.id,
        fault=given.fault,
        reason=given.reason,
        proposed_by=actor.person_id(),
        proposed_at=clock.now(),
        asked_ids=await to_ask(session, context.handling, first_id=actor.person_id()),
    )
    session.add(made)
    touch(context.handling)
    proposed = AnnulmentProposed(**event_fields(context.handling), ballot_id=context.ballot.id, fault=given.fault)
    await publish(session, proposed, actor_id=actor.id)
    await handling_mails.ask_to_annul(session, context.handling, made)
    return context.handling


async def confirm(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Confirm, as a second person, that the ballot is annulled; the handling goes back to review.

    Of a ballot that was to revoke the endorsement: the endorsement stays, and it can be proposed anew.
    """
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=CONFIRMS)
    HANDLING.apply("confirm_annulment", context.handling, actor=context.actor, facts=context.facts)
    assert context.ballot is not None and context.annulment is not None
    context.annulment.confirmed_by, context.annulment.confirmed_at = actor.person_id(), clock.now()
    reason = context.annulment.reason
    await ballots.annul(session, handling=context.handling, ballot=context.ballot, reason=reason, actor_id=actor.id)
    if context.revocation is None or context.endorsement is None:
        return await back_in_review(session, context, reason, actor)
    await reviews.drop(session, context.revocation, context.endorsement, ANNULLED, actor_id=actor.id)
    touch(context.handling)
    return context.handling


async def drop(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Drop the proposal, as whoever made it or as a second person: the ballot stays."""
    needs = (*LEAD, *CONFIRMS)
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=needs)
    HANDLING.apply("drop_annulment", context.handling, actor=context.actor, facts=context.facts)
    assert context.annulment is not None
    context.annulment.dropped_at = clock.now()
    touch(context.handling)
    await publish(session, AnnulmentDropped(**event_fields(context.handling)), actor_id=actor.id)
    return context.handling
