"""The use cases of a funder's calls."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.calls import queries
from puumerkki.calls.changes import tell
from puumerkki.calls.errors import CallCancelled, CallCannotCloseEarlier, CallNotDraft
from puumerkki.calls.events import CallCancelled as CallWasCancelled
from puumerkki.calls.events import CallChanged, CallClosingMoved, CallCreated, CallPublished
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.calls.schemas import CallCreate, CallUpdate
from puumerkki.calls.workflow import CALL, CallFacts
from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.kernel.workflow import AvailableAction
from puumerkki.organisations.models.organisations import Organisation

TEXTS = frozenset({"names", "programme", "descriptions", "website"})


async def create_call(session: AsyncSession, *, actor: Actor, given: CallCreate) -> FundingCall:
    """A draft of a call."""
    actor.require(P.calls_publish, on=given.funder_id)
    if await session.get(Organisation, given.funder_id) is None:
        raise invalid("/funder_id", "organisation_unknown", "There is no such organisation.")
    made = FundingCall(**given.model_dump(mode="python"))
    _check(made)
    session.add(made)
    await publish(
        session, CallCreated(subject=Ref("funding_call", made.id), related=(made.funder_id,)), actor_id=actor.id
    )
    return made


async def update_call(
    session: AsyncSession, *, actor: Actor, call_id: UUID, if_version: int | None, given: CallUpdate
) -> FundingCall:
    """Change a draft, or the texts and the closing of a published call."""
    call = await _mine(session, actor, call_id, if_version)
    changes: dict[str, Any] = given.model_dump(exclude_unset=True)
    if call.state == CallState.cancelled:
        raise CallCancelled()
    if call.state == CallState.published:
        if changes.keys() - TEXTS - {"closes_at"}:
            raise CallNotDraft(fields=sorted(changes.keys() - TEXTS - {"closes_at"}))
        if changes.get("closes_at", call.closes_at) < call.closes_at:
            raise CallCannotCloseEarlier()
    later = call.state == CallState.published and changes.get("closes_at", call.closes_at) > call.closes_at
    for name, value in changes.items():
        setattr(call, name, value)
    _check(call)
    if later:
        await tell(session, call)
    subject = Ref("funding_call", call.id)
    await publish(
        session,
        CallChanged(
            subject=subject,
            related=(call.funder_id,),
            changed=tuple(changes),
            seen_by=None if call.state == CallState.draft else CallPublished.tier,
        ),
        actor_id=actor.id,
    )
    if later:
        await publish(session, CallClosingMoved(subject=subject, related=(call.funder_id,)), actor_id=actor.id)
    return call


async def publish_call(session: AsyncSession, *, actor: Actor, call_id: UUID, if_version: int | None) -> FundingCall:
    """Make a call public."""
    call = await _mine(session, actor, call_id, if_version)
    CALL.apply("publish", call, actor=actor, facts=_facts(call))
    call.published_at = clock.now()
    await publish(
        session, CallPublished(subject=Ref("funding_call", call.id), related=(call.funder_id,)), actor_id=actor.id
    )
    return call


async def cancel_call(session: AsyncSession, *, actor: Actor, call_id: UUID, if_version: int | None) -> FundingCall:
    """End a call before its time; a draft that is cancelled stays the funder's own."""
    call = await _mine(session, actor, call_id, if_version)
    was_public = call.state == CallState.published
    CALL.apply("cancel", call, actor=actor, facts=_facts(call))
    await publish(
        session,
        CallWasCancelled(
            subject=Ref("funding_call", call.id),
            related=(call.funder_id,),
            seen_by=None if was_public else CallCreated.tier,
        ),
        actor_id=actor.id,
    )
    if was_public:
        await tell(session, call)
    return call


def available(call: FundingCall, actor: Actor) -> list[AvailableAction[Any]]:
    """What the actor may do with a call."""
    return CALL.available(call, actor=actor, facts=_facts(call))


def _facts(call: FundingCall) -> CallFacts:
    return CallFacts(now=clock.now(), closes_at=call.closes_at)


async def _mine(session: AsyncSession, actor: Actor, call_id: UUID, if_version: int | None) -> FundingCall:
    call = await queries.call(session, actor, call_id, for_update=True)
    actor.require(P.calls_publish, on=call.funder_id)
    require_version(call, if_version)
    return call


def _check(call: FundingCall) -> None:
    if call.closes_at <= call.opens_at:
        raise invalid("/closes_at", "before_opening", "A call closes after it opens.")
    if call.max_cents is not None and call.max_cents < (call.min_cents or 0):
        raise invalid("/max_cents", "below_minimum", "The largest amount is not below the smallest.")
