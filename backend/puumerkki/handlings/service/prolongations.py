"""Prolongs an endorsement on the same version, once: the coordinator proposes, a second person confirms.

The endorsement stays the same row with its number and its place in the status list, so whatever stands on it goes on
standing; it gets a later last day and a new credential. The former credential is kept, and expires on the day it names.
"""

from datetime import timedelta
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application
from puumerkki.endorsements import credential
from puumerkki.endorsements.events.network_powers import (
    EndorsementExpiring,
    EndorsementProlonged,
    ProlongationDropped,
    ProlongationProposed,
)
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.endorsements.models.revocations import Prolongation
from puumerkki.endorsements.queries.revocations import EXPIRING_DAYS
from puumerkki.endorsements.schemas.network_powers import ProlongationGiven
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.second_persons import to_ask
from puumerkki.handlings.service import endorsement_mails, reviews
from puumerkki.handlings.service.handling_context import HandlingContext, lock_handling
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock, mail
from puumerkki.kernel.crypto.keys import KeyPurpose, current_key
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref

LEAD = (P.handlings_lead,)
CONFIRMS = (P.ballots_vote, P.handlings_confirm, P.handlings_record)
AT_ONCE = 200


async def propose(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ProlongationGiven
) -> Handling:
    """Propose a later last day, in place of an earlier proposal; it waits for a second person."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    handling, endorsement = context.handling, context.endorsement
    HANDLING.apply("prolong", handling, actor=context.actor, facts=context.facts)
    assert endorsement is not None
    _check_day(context, endorsement, given)
    await reviews.delete_pending_prolongation(session, endorsement)
    made = Prolongation(
        handling_id=handling.id,
        endorsement_id=endorsement.id,
        valid_until=given.valid_until,
        reason=given.reason,
        proposed_by=actor.person_id(),
        asked_ids=await to_ask(session, handling, first_id=actor.person_id()),
        former_valid_until=endorsement.valid_until,
    )
    session.add(made)
    touch(handling)
    await session.flush()
    proposed = ProlongationProposed(**event_fields(handling), valid_until=given.valid_until.isoformat())
    await publish(session, proposed, actor_id=actor.id)
    boxes = await endorsement_mails.second_person_mailboxes(session, made.asked_ids)
    await endorsement_mails.write(
        session,
        "second_person",
        boxes,
        endorsement=endorsement,
        why=mail.Reason.second_person,
        revokes=False,
    )
    return handling


def _check_day(context: HandlingContext, endorsement: Endorsement, given: ProlongationGiven) -> None:
    assert context.rule is not None
    latest = endorsement.valid_until + timedelta(days=context.rule.validity_days)
    if given.valid_until <= endorsement.valid_until:
        raise invalid("/valid_until", "too_soon", "The new last day is later than the present one.")
    if given.valid_until > latest:
        raise invalid("/valid_until", "too_late", f"The rulebook allows {latest.isoformat()} at the latest.")


async def confirm(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Confirm the prolongation as a second person: later last day, new credential, same number."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=CONFIRMS)
    HANDLING.apply("confirm_prolongation", context.handling, actor=context.actor, facts=context.facts)
    endorsement, waits = context.endorsement, context.prolongation
    assert endorsement is not None and waits is not None
    _check_day(context, endorsement, ProlongationGiven(valid_until=waits.valid_until, reason=waits.reason))
    waits.confirmed_by, waits.confirmed_at = actor.person_id(), clock.now()
    waits.former_credential, waits.former_kid = endorsement.credential, endorsement.kid
    key = await current_key(session, KeyPurpose.marks, hold=True)
    open_texts = [one["text"] for one in endorsement.conditions if not one["met"]]
    claims = credential.prolonged(endorsement.credential, valid_until=waits.valid_until, conditions=open_texts)
    endorsement.credential, endorsement.kid = credential.sign_credential(key, claims), key.kid
    endorsement.valid_until, endorsement.prolonged_at = waits.valid_until, clock.now()
    touch(context.handling)
    await session.flush()
    told = EndorsementProlonged(
        subject=Ref("endorsement", endorsement.id),
        related=(endorsement.application_id, endorsement.handling_id),
        number=endorsement.number,
        valid_until=endorsement.valid_until.isoformat(),
    )
    await publish(session, told, actor_id=actor.id)
    return context.handling


async def drop(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Drop the proposal, as whoever made it or as a second person: the endorsement ends on its day."""
    needs = (*LEAD, *CONFIRMS)
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=needs)
    HANDLING.apply("drop_prolongation", context.handling, actor=context.actor, facts=context.facts)
    assert context.endorsement is not None
    await reviews.delete_pending_prolongation(session, context.endorsement)
    touch(context.handling)
    await publish(session, ProlongationDropped(**event_fields(context.handling)), actor_id=actor.id)
    return context.handling


async def tell_expiring(session: AsyncSession) -> None:
    """Tell all parties of each endorsement that ends within 30 days, once for each last day."""
    today = clock.today()
    statement = (
        select(Endorsement)
        .where(
            col(Endorsement.state) == EndorsementState.valid,
            col(Endorsement.valid_until) >= today,
            col(Endorsement.valid_until) <= today + timedelta(days=EXPIRING_DAYS),
            or_(col(Endorsement.told_until).is_(None), col(Endorsement.told_until) != col(Endorsement.valid_until)),
        )
        .order_by(col(Endorsement.valid_until), col(Endorsement.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for endorsement in (await session.exec(statement)).all():
        endorsement.told_until = endorsement.valid_until
        application = await session.get_one(Application, endorsement.application_id)
        told = EndorsementExpiring(
            subject=Ref("endorsement", endorsement.id),
            related=(endorsement.application_id, endorsement.handling_id),
            number=endorsement.number,
            valid_until=endorsement.valid_until.isoformat(),
        )
        await publish(session, told, actor_id=None)
        boxes = await endorsement_mails.everybody(session, endorsement, application)
        await endorsement_mails.write(
            session,
            "expiring",
            boxes,
            endorsement=endorsement,
            why=mail.Reason.concerned,
            until=endorsement.valid_until,
            prolonged=endorsement.prolonged_at is not None,
        )
