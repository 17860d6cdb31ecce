"""Lets a second person say whether votes recorded for members were given so."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.ballots import RecordedSettled
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.ballot_actions import context_of_ballot
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel.db import touch

CONFIRMS = (P.ballots_vote, P.handlings_confirm, P.handlings_record)


async def settle(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: RecordedSettled
) -> Handling:
    """Count the recorded votes if they are confirmed; otherwise count again without them."""
    context, ballot = await context_of_ballot(
        session, actor=actor, handling_id=handling_id, if_version=if_version, needs=CONFIRMS
    )
    HANDLING.apply("confirm_recorded", context.handling, actor=context.actor, facts=context.facts)
    await ballots.settle_recorded(
        session, handling=context.handling, ballot=ballot, confirmed=given.confirmed, actor_id=actor.person_id()
    )
    touch(ballot)
    touch(context.handling)
    return context.handling
