"""Ends a handling by its ballot, by a meeting's decision or by the clock, and reopens its review."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries import versions
from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.endorsements.service import endorsements
from puumerkki.handlings.events.handlings import HandlingDeclined, HandlingEndorsed, ReviewReopened
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.handlings import ReasonGiven
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.handling_context import HandlingContext, lock_handling
from puumerkki.handlings.service.handlings import ask_anew, event_fields
from puumerkki.handlings.service.refusals import keep_refusal
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Tier, publish
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.tally import Choice

LEAD = (P.handlings_lead,)


async def endorse(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Endorse the application after a ballot that passed, with the conditions that were accepted."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("endorse", context.handling, actor=context.actor, facts=context.facts)
    await _endorse_by_ballot(session, context, actor_id=actor.id)
    return context.handling


async def endorse_by_clock(session: AsyncSession, context: HandlingContext) -> None:
    """Endorse the application since nobody objected within the days."""
    HANDLING.apply("endorse", context.handling, actor=None, facts=context.facts)
    await _endorse_by_ballot(session, context, actor_id=None)


async def decline_by_clock(session: AsyncSession, context: HandlingContext) -> None:
    """Decline after a failed ballot that nobody concluded; the reasons are those of the votes against."""
    HANDLING.apply("decline", context.handling, actor=None, facts=context.facts)
    assert context.ballot is not None
    rule = DecisionRule.model_validate(context.ballot.rule)
    votes = await ballots.counted_votes(session, context.ballot)
    reasons = sorted({vote.reason for vote in votes if vote.choice is Choice.against and vote.reason})
    reason = "\n".join(reasons) or None
    await conclude_declined(session, context, reason, public=rule.declines_public, actor_id=None)


async def _endorse_by_ballot(session: AsyncSession, context: HandlingContext, *, actor_id: UUID | None) -> None:
    assert context.ballot is not None
    rule = DecisionRule.model_validate(context.ballot.rule)
    votes = await ballots.counted_votes(session, context.ballot)
    conditions = [
        {
            "text": vote.condition,
            "when": vote.condition_when,
            "parts": vote.condition_parts,
            "member_ids": [vote.member_id],
        }
        for vote in votes
        if vote.condition_taken
    ]
    result = context.ballot.result or {}
    turnout = {"electorate": result["electorate"], "stood_aside": result["recused"], "voted": result["turnout"]}
    await conclude_endorsed(
        session, context, conditions, validity_days=rule.validity_days, turnout=turnout, actor_id=actor_id
    )


async def conclude_endorsed(
    session: AsyncSession,
    context: HandlingContext,
    conditions: Sequence[Mapping[str, Any]],
    *,
    validity_days: int,
    turnout: dict[str, Any] | None = None,
    actor_id: UUID | None,
) -> Endorsement:
    """Issue the endorsement of a handling that has just become endorsed."""
    handling = context.handling
    endorsement = await endorsements.issue(
        session,
        application=context.application,
        handling=handling,
        version=await versions.version(session, context.application.id, handling.version_number),
        conditions=_each_once(conditions),
        validity_days=validity_days,
        turnout=turnout,
        actor_id=actor_id,
    )
    handling.decided_at = clock.now()
    handling.reason = None
    told = HandlingEndorsed(**event_fields(handling), endorsement_id=endorsement.id, number=endorsement.number)
    await publish(session, told, actor_id=actor_id)
    return endorsement


def _each_once(conditions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Several members may ask for the same; it is met as early as the earliest of them wants."""
    found: dict[str, dict[str, Any]] = {}
    for one in conditions:
        known = found.setdefault(
            one["text"], {"text": one["text"], "when": MetWhen(one["when"]).value, "parts": [], "member_ids": []}
        )
        if one["when"] == MetWhen.before:
            known["when"] = MetWhen.before.value
        for name in ("parts", "member_ids"):
            known[name] += [each for each in one.get(name, ()) if each not in known[name]]
    return list(found.values())


async def decline(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ReasonGiven
) -> Handling:
    """Decline the application after a ballot that failed, and tell it why."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("decline", context.handling, actor=context.actor, facts=context.facts)
    assert context.ballot is not None
    rule = DecisionRule.model_validate(context.ballot.rule)
    await conclude_declined(session, context, given.reason, public=rule.declines_public, actor_id=actor.id)
    return context.handling


async def conclude_declined(
    session: AsyncSession, context: HandlingContext, reason: str | None, *, public: bool, actor_id: UUID | None
) -> None:
    """Store the reason of a handling that has just been declined, and publish it."""
    context.handling.reason = reason
    context.handling.decided_at = clock.now()
    keep_refusal(session, context.handling, reason)
    told = HandlingDeclined(**event_fields(context.handling), seen_by=Tier.public if public else None)
    await publish(session, told, actor_id=actor_id)


async def reopen_review(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ReasonGiven
) -> Handling:
    """Go back to review after a ballot that settled nothing."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("reopen_review", context.handling, actor=context.actor, facts=context.facts)
    return await back_in_review(session, context, given.reason, actor)


async def back_in_review(
    session: AsyncSession, context: HandlingContext, reason: str | None, actor: Actor | None
) -> Handling:
    """Put the handling back in review. `actor`: None where the clock did it."""
    context.handling.reason = reason
    context.handling.decided_at = None
    actor_id = None if actor is None else actor.id
    await publish(session, ReviewReopened(**event_fields(context.handling)), actor_id=actor_id)
    return context.handling


async def take_new_version(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None
) -> Handling:
    """Handle the newer version, which changes more than the conditions asked for; the endorsement is superseded."""
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.check("take_new_version", context.handling, actor=context.actor, facts=context.facts)
    endorsement = await endorsement_in_force(session, context.handling.id, for_update=True)
    if endorsement is not None:
        await endorsements.supersede(session, endorsement=endorsement, actor_id=actor.id)
    number = context.application.current_version or context.handling.version_number
    await ask_anew(
        session, context.handling, number, "take_new_version", actor=context.actor, by=actor.id, facts=context.facts
    )
    version = await versions.version(session, context.application.id, number)
    context.handling.received_at = version.created_at  # who was a member then decides on it, however long it waited
    return context.handling
