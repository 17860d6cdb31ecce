"""Lets a member whose condition was refused say whether its vote stands all the same."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.handlings.errors.ballots import ConditionNotRefused, NoCondition
from puumerkki.handlings.events.ballots import StandingStated
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import ballots as ballot_queries
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.schemas.ballots import StandingGiven
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.handling_context import load_context, lock
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.service.recorded_asks import ask_if_decisive
from puumerkki.handlings.service.votes import require_own, require_representative
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish


async def state_standing(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID, given: StandingGiven
) -> Handling:
    """Say whether the member's vote stands, until the ballot is concluded; the votes are counted again."""
    seen = await queries.handling(session, actor, handling_id)
    organisation_id = await require_representative(session, actor, seen, member_id)
    application, handling = await lock(session, seen)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    HANDLING.apply("state_standing", handling, actor=actor, facts=context.facts)
    ballot = context.ballot
    assert ballot is not None
    await require_own(session, actor, handling, ballot.id, member_id, organisation_id)
    vote = next(iter(await ballot_queries.votes(session, ballot.id, members={member_id})), None)
    if vote is None or vote.condition is None:
        raise NoCondition()
    if vote.condition_taken is not False:
        raise ConditionNotRefused()
    vote.stands = given.stands
    await ballots.recount(session, handling=handling, ballot=ballot)
    await ask_if_decisive(session, handling, ballot)
    touch(ballot)
    touch(handling)
    stated = StandingStated(**event_fields(handling), ballot_id=ballot.id, member_id=member_id, stands=given.stands)
    await publish(session, stated, actor_id=actor.id)
    return handling
