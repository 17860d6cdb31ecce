"""Whom a meeting chose as chair or secretary: recorded by one, confirmed by two members but the coordinator's."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import ChosenBy
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import mark_chosen
from puumerkki.identity.models import User, UserState
from puumerkki.identity.service.roles import grant_role
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.meetings import errors, events, queries
from puumerkki.meetings.models import ChosenRole, Meeting, MeetingState, RoleChoice, RoleChoiceConfirmation
from puumerkki.meetings.queries import chosen_since, confirmed_sides, may_confirm_for
from puumerkki.meetings.schemas import RoleChoiceGiven
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.service.officers import revoke_chosen_officers

NEEDED = 2


async def record_choice(session: AsyncSession, *, actor: Actor, meeting_id: UUID, given: RoleChoiceGiven) -> Meeting:
    """The meeting chose somebody; recorded again, nothing changes."""
    meeting = await queries.readable_meeting(session, actor, meeting_id, for_update=True)
    actor.require(P.meetings_record, on=meeting.network_id)
    if meeting.state != MeetingState.held:
        raise errors.MeetingNotHeld()
    user = await session.get(User, given.principal_id)
    if user is None or user.state == UserState.disabled:
        raise invalid("/principal_id", "person_unknown", "There is no such person.")
    if any((one.role, one.principal_id) == (given.role, given.principal_id) for one in await _all(session, meeting)):
        return meeting
    session.add(
        RoleChoice(
            meeting_id=meeting.id, role=given.role, principal_id=given.principal_id, recorded_by=actor.person_id()
        )
    )
    touch(meeting)
    await _tell(session, events.RoleChoiceRecorded, meeting, given.role, given.principal_id, actor)
    return meeting


async def confirm_choice(session: AsyncSession, *, actor: Actor, meeting_id: UUID, choice_id: UUID) -> Meeting:
    """A member says so, too. With the second one the person holds the office as chosen."""
    meeting = await queries.readable_meeting(session, actor, meeting_id, for_update=True)
    actor.require(P.ballots_vote, on=meeting.network_id)
    choice = next((one for one in await _all(session, meeting) if one.id == choice_id), None)
    if choice is None:
        raise NotFound()
    if choice.confirmed_at is not None:
        raise errors.ChoiceConfirmed()
    known = await _confirmations(session, choice)
    member_id = await _member_for(session, actor, meeting, choice, known)
    if member_id is None:
        raise errors.NotConfirmer()
    if await _is_overrun(session, meeting, choice):
        raise errors.ChoiceOverrun()
    session.add(RoleChoiceConfirmation(choice_id=choice.id, member_id=member_id, confirmed_by=actor.person_id()))
    touch(meeting)
    await session.flush()
    if len(known) + 1 >= NEEDED:
        await _choose(session, meeting, choice, actor)
    return meeting


async def _is_overrun(session: AsyncSession, meeting: Meeting, choice: RoleChoice) -> bool:
    """Whether the members chose anew since the meeting, or the person is not there any more."""
    user = await session.get(User, choice.principal_id)
    if user is None or user.state == UserState.disabled:
        return True
    later = select(RoleChoice.id).where(
        col(RoleChoice.id) == choice.id, chosen_since(meeting.network_id, col(RoleChoice.role), meeting.starts_at)
    )
    return (await session.exec(later)).first() is not None


async def _choose(session: AsyncSession, meeting: Meeting, choice: RoleChoice, actor: Actor) -> None:
    choice.confirmed_at = clock.now()
    role = Role(choice.role.value)
    await revoke_chosen_officers(session, network_id=meeting.network_id, role=role, keep=choice.principal_id)
    await grant_role(
        session,
        principal_id=choice.principal_id,
        role=role,
        scope_kind=ScopeKind.network,
        scope_id=meeting.network_id,
        actor_id=actor.id,
    )
    await mark_chosen(
        session,
        principal_id=choice.principal_id,
        role=role,
        scope_id=meeting.network_id,
        chosen_by=ChosenBy.meeting,
    )
    await _tell(session, events.RoleChosen, meeting, choice.role, choice.principal_id, actor)


async def _member_for(
    session: AsyncSession,
    actor: Actor,
    meeting: Meeting,
    choice: RoleChoice,
    known: list[RoleChoiceConfirmation],
) -> UUID | None:
    """The member for which this person can confirm: active, of no side that leads or led, or has confirmed already."""
    person = actor.person_id()
    if person in (choice.principal_id, choice.recorded_by) or any(one.confirmed_by == person for one in known):
        return None
    theirs = actor.represented_members(meeting.network_id, opened_at=meeting.starts_at)
    theirs &= await may_confirm_for(session, meeting, person)
    statement = select(NetworkMember.id).where(
        col(NetworkMember.network_id) == meeting.network_id,
        col(NetworkMember.organisation_id).in_(theirs),
        col(NetworkMember.organisation_id).not_in(confirmed_sides(choice.id)),
        col(NetworkMember.state) == MemberState.active,
        col(NetworkMember.id).not_in([one.member_id for one in known]),
    )
    return (await session.exec(statement.order_by(col(NetworkMember.id)))).first()


async def choices_view(session: AsyncSession, actor: Actor, meeting: Meeting) -> list[dict[str, Any]]:
    """The meeting's choices as this person sees them."""
    found = []
    for one in await _all(session, meeting):
        known = await _confirmations(session, one)
        user = await session.get_one(User, one.principal_id)
        votes = not actor.anonymous and actor.may(P.ballots_vote, meeting.network_id)
        open_to = one.confirmed_at is None and votes
        found.append(
            {
                "id": one.id,
                "role": one.role,
                "principal_id": one.principal_id,
                "name": user.name,
                "confirmed_by_member_ids": [each.member_id for each in known],
                "confirmed_at": one.confirmed_at,
                "may_confirm": open_to and await _member_for(session, actor, meeting, one, known) is not None,
            }
        )
    return found


async def _all(session: AsyncSession, meeting: Meeting) -> list[RoleChoice]:
    statement = select(RoleChoice).where(col(RoleChoice.meeting_id) == meeting.id)
    return list((await session.exec(statement.order_by(col(RoleChoice.created_at), col(RoleChoice.id)))).all())


async def _confirmations(session: AsyncSession, choice: RoleChoice) -> list[RoleChoiceConfirmation]:
    statement = select(RoleChoiceConfirmation).where(col(RoleChoiceConfirmation.choice_id) == choice.id)
    return list((await session.exec(statement.order_by(col(RoleChoiceConfirmation.created_at)))).all())


async def _tell(
    session: AsyncSession,
    event: type[events.RoleChoiceRecorded] | type[events.RoleChosen],
    meeting: Meeting,
    role: ChosenRole,
    principal_id: UUID,
    actor: Actor,
) -> None:
    told = event(
        subject=Ref("meeting", meeting.id),
        related=(meeting.network_id,),
        role=role,
        principal_id=principal_id,
    )
    await publish(session, told, actor_id=actor.id)
