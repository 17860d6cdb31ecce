"""Writes mail about claimed conditions: to the members that asked for them, to second persons, to whoever leads."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.endorsements.models.conditions import ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.service import endorsement_mails
from puumerkki.kernel import clock, mail
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.organisations import mailboxes


async def ask_members(
    session: AsyncSession, handling: Handling, endorsement: Endorsement, made: ConditionsClaim, *, silence: bool
) -> None:
    """Tell the members that the condition is claimed to be met, until when they can object, and if silence is a yes."""
    boxes = []
    for member_id in made.asked_member_ids:
        member = await session.get_one(NetworkMember, member_id)
        boxes += await mailboxes.of_member(session, handling.network_id, member.organisation_id)
    until = clock.last_day(made.effective_at)
    await endorsement_mails.write(
        session,
        "conditions_claimed",
        boxes,
        endorsement=endorsement,
        why=mail.Reason.member,
        until=until,
        silence=silence,
    )


async def ask_to_settle(
    session: AsyncSession, endorsement: Endorsement, made: ConditionsClaim, asked: Collection[UUID], *, objected: bool
) -> None:
    """Ask each second person once. `objected`: a member says why not, which they read in the service."""
    assert made.settle_by is not None
    boxes = await endorsement_mails.second_person_mailboxes(session, asked)
    until = clock.last_day(made.settle_by)
    await endorsement_mails.write(
        session,
        "claim_objected",
        boxes,
        endorsement=endorsement,
        why=mail.Reason.second_person,
        reasoned=objected,
        until=until,
    )


async def tell_fell(session: AsyncSession, handling: Handling, made: ConditionsClaim) -> None:
    """Tell whoever leads that the conditions stay open, and what can be done."""
    endorsement = await session.get_one(Endorsement, made.endorsement_id)
    boxes = await mailboxes.of_holders(session, P.handlings_lead, [handling.network_id])
    await endorsement_mails.write(
        session,
        "claim_fell",
        boxes,
        endorsement=endorsement,
        why=mail.Reason.network,
        cause=made.end_reason,
    )
