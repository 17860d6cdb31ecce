"""Revokes an endorsement by a ballot, by a meeting or by two persons for cause, after the applicant is heard."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries.applicants import acting_ids, tied_applicants
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.endorsements.events.network_powers import RevocationProposed, ViewStated
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.models.revocations import Revocation, RevocationCause, RevocationState, RevocationWay
from puumerkki.endorsements.schemas.network_powers import DropGiven, RevocationGiven, ViewGiven
from puumerkki.endorsements.service import endorsements
from puumerkki.endorsements.workflow.revocations import REVOCATION
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries.electors import electors
from puumerkki.handlings.queries.second_persons import to_ask
from puumerkki.handlings.service import ballots, endorsement_mails, reviews
from puumerkki.handlings.service.conclusions import back_in_review
from puumerkki.handlings.service.counting import close_if_due
from puumerkki.handlings.service.decisions import require_attended, require_quorum
from puumerkki.handlings.service.handling_context import HandlingContext, load_context, lock, lock_handling
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.service.review import require_held
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock, mail, workdays
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import Forbidden, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.networks.tally import Outcome

HEARING = timedelta(days=7)
TOLD_ANEW_AFTER = timedelta(days=1)
"""So often a handling's applicant gets mail of a proposal; what is proposed before is told, and heard, from then on."""
ACTIONS = {
    RevocationWay.ballot: "revoke_by_ballot",
    RevocationWay.meeting: "revoke_by_meeting",
    RevocationWay.cause: "revoke_for_cause",
}
PROPOSES = (P.handlings_lead, P.handlings_record)
CONFIRMS = (P.ballots_vote, P.handlings_confirm, P.handlings_record)


async def propose(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: RevocationGiven
) -> Handling:
    """Propose to revoke: the endorsement is under review and stays valid, and the applicant is heard."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=PROPOSES)
    handling = context.handling
    HANDLING.apply(ACTIONS[given.way], handling, actor=context.actor, facts=context.facts)
    assert context.endorsement is not None
    if given.meeting_id is not None:
        await require_held(session, context, given.meeting_id, by=clock.today())
        await require_attended(session, given.meeting_id, given.present_member_ids)
        await require_quorum(session, context, given.present_member_ids, given.stood_aside_member_ids)
    told = await _to_be_told(session, handling.id)
    made = Revocation(
        handling_id=handling.id,
        endorsement_id=context.endorsement.id,
        way=given.way,
        cause=given.cause,
        reason=given.reason,
        proposed_by=actor.person_id(),
        proposed_at=clock.now(),
        heard_until=clock.end_of_day(clock.day_of(told + HEARING)),
        meeting_id=given.meeting_id,
        present_member_ids=sorted(set(given.present_member_ids)),
        stood_aside_member_ids=sorted(set(given.stood_aside_member_ids)),
    )
    if given.way is RevocationWay.ballot:
        made.ballot_id = (await _open_ballot(session, context, made.heard_until, actor)).id
    else:
        made.asked_ids = await to_ask(session, handling, first_id=made.proposed_by)
    session.add(made)
    await reviews.delete_pending_prolongation(session, context.endorsement)
    touch(handling)
    await session.flush()
    proposed = RevocationProposed(
        subject=Ref("endorsement", context.endorsement.id),
        related=(handling.application_id, handling.id),
        number=context.endorsement.number,
        way=given.way,
        heard_until=made.heard_until,
    )
    await publish(session, proposed, actor_id=actor.id)
    if told <= made.proposed_at:
        await _tell(session, context.application, context.endorsement, made)
    return handling


async def _to_be_told(session: AsyncSession, handling_id: UUID) -> datetime:
    """When the applicant is told of what is proposed now: at once, or a day after it was told of the last."""
    last = select(func.max(col(Revocation.told_at))).where(col(Revocation.handling_id) == handling_id)
    former: datetime | None = (await session.exec(last)).one()
    return clock.now() if former is None else max(clock.now(), former + TOLD_ANEW_AFTER)


async def tell_late(session: AsyncSession) -> None:
    """Tell of what was proposed again within a day of the last mail, unless it was dropped since."""
    waiting = select(Revocation).where(col(Revocation.state) == RevocationState.open, col(Revocation.told_at).is_(None))
    for made in (await session.exec(waiting.limit(200).with_for_update(skip_locked=True))).all():
        if await _to_be_told(session, made.handling_id) <= clock.now():
            endorsement = await session.get_one(Endorsement, made.endorsement_id)
            await _tell(session, await session.get_one(Application, endorsement.application_id), endorsement, made)
    await session.flush()


async def _open_ballot(session: AsyncSession, context: HandlingContext, heard_until: datetime, actor: Actor) -> Ballot:
    assert context.rulebook is not None and context.rule is not None
    usual = workdays.deadline(context.rule.ballot_days)
    return await ballots.open_ballot(
        session,
        handling=context.handling,
        rulebook=context.rulebook,
        electors=await electors(session, context.handling, context.rule),
        applicant_ids=await tied_applicants(session, context.application.id),
        closes_at=max(usual, heard_until),
        actor_id=actor.id,
        purpose=BallotPurpose.revoke,
    )


async def _tell(session: AsyncSession, application: Application, endorsement: Endorsement, made: Revocation) -> None:
    made.told_at = clock.now()
    boxes = await endorsement_mails.applicants(session, endorsement, application)
    until = clock.last_day(made.heard_until)
    await endorsement_mails.write(
        session, "under_review", boxes, endorsement=endorsement, why=mail.Reason.organisation, until=until
    )
    if made.asked_ids:
        asked = await endorsement_mails.second_person_mailboxes(session, made.asked_ids)
        await endorsement_mails.write(
            session, "second_person", asked, endorsement=endorsement, why=mail.Reason.second_person, revokes=True
        )


async def state_view(session: AsyncSession, *, actor: Actor, handling_id: UUID, given: ViewGiven) -> Handling:
    """An applicant says what it thinks; until the hearing ends it may say it anew.

    Who acts for several speaks for the first of them, the leading one before all. Whether it asks for this itself is
    the leading applicant's word alone, which no co-applicant gives or takes back.
    """
    seen = await queries.handling(session, actor, handling_id)
    application, handling = await lock(session, seen)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    applicants = await acting_ids(session, application.id, handling.version_number)
    HANDLING.apply("state_view", handling, actor=ForApplicants(actor, application.id, applicants), facts=context.facts)
    on_behalf_of = next(one for one in applicants if actor.may(P.applications_write, on=one))
    assert context.revocation is not None
    if given.asks and context.revocation.cause is not RevocationCause.applicant_asks:
        raise invalid("/asks", "not_expected", "This was not proposed because the applicant asks for it.")
    if given.asks:
        actor.require(P.applications_write, on=application.applicant_id)
        if actor.kind is not PrincipalKind.user:
            raise Forbidden()
    said = {"view": given.view, "given_at": clock.now().isoformat(), "given_by": str(actor.person_id())}
    context.revocation.views = {**context.revocation.views, str(on_behalf_of): said}
    if on_behalf_of == application.applicant_id and actor.kind is PrincipalKind.user:
        context.revocation.asks = given.asks
    touch(handling)
    await publish(session, ViewStated(**event_fields(handling)), actor_id=actor.id)
    return handling


async def confirm(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Confirm the revocation as a second person, after the applicant was heard."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=CONFIRMS)
    HANDLING.apply("confirm_revocation", context.handling, actor=context.actor, facts=context.facts)
    assert context.revocation is not None
    context.revocation.confirmed_by = actor.person_id()
    await _carry(session, context, actor)
    return context.handling


async def drop(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: DropGiven
) -> Handling:
    """Drop the proposal, as whoever made it or as a second person; a ballot settles itself."""
    needs = (*PROPOSES, *CONFIRMS)
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=needs)
    HANDLING.apply("drop_revocation", context.handling, actor=context.actor, facts=context.facts)
    assert context.revocation is not None and context.endorsement is not None
    await reviews.drop(session, context.revocation, context.endorsement, given.reason, actor_id=actor.id)
    touch(context.handling)
    return context.handling


async def _carry(session: AsyncSession, context: HandlingContext, actor: Actor | None) -> None:
    """Revoke the endorsement of a handling that has just gone back to review; the newest version is reviewed."""
    assert context.revocation is not None and context.endorsement is not None
    actor_id = None if actor is None else actor.id
    REVOCATION.apply("carry", context.revocation, actor=None)
    context.revocation.ended_at = clock.now()
    await session.flush()
    await endorsements.revoke(
        session, endorsement=context.endorsement, reason=context.revocation.reason, actor_id=actor_id
    )
    context.handling.version_number = context.application.current_version or context.handling.version_number
    await back_in_review(session, context, context.revocation.reason, actor)


async def settle_due(session: AsyncSession) -> None:
    """Carry out what the members' ballot said, once the applicant was heard."""
    statement = (
        select(Handling)
        .join(Revocation, col(Revocation.handling_id) == col(Handling.id))
        .join(Ballot, col(Ballot.id) == col(Revocation.ballot_id))
        .where(
            col(Revocation.state) == RevocationState.open,
            col(Revocation.heard_until) <= clock.now(),
            col(Ballot.state) == BallotState.closed,
        )
        .order_by(col(Handling.application_id), col(Handling.id))
        .limit(200)
    )
    for seen in (await session.exec(statement)).all():
        application, handling = await lock(session, seen)
        await close_if_due(session, handling)
        context = await load_context(session, actor=None, application=application, handling=handling, for_update=True)
        if (
            context.facts.outcome is None
            or not context.facts.heard
            or context.revocation is None
            or context.endorsement is None
        ):
            continue
        if context.facts.recorded_waits:
            assert context.ballot is not None and context.ballot.closed_at is not None
            if clock.now() < context.ballot.closed_at + HEARING:
                continue
            await ballots.settle_recorded(
                session, handling=handling, ballot=context.ballot, confirmed=False, actor_id=None
            )
            await session.flush()
            context = await load_context(
                session, actor=None, application=application, handling=handling, for_update=True
            )
        assert context.revocation is not None and context.endorsement is not None and context.facts.outcome is not None
        if context.facts.outcome is Outcome.passed:
            HANDLING.apply("carry_revocation", handling, actor=None, facts=context.facts)
            await _carry(session, context, None)
        else:
            HANDLING.apply("dismiss_revocation", handling, actor=None, facts=context.facts)
            await reviews.drop(
                session, context.revocation, context.endorsement, context.facts.outcome.value, actor_id=None
            )
            touch(handling)
        await session.flush()
