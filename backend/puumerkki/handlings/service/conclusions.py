"""How a handling ends: by its ballot, by a meeting's decision, by the clock; and how an end is taken back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries import versions
from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.queries import endorsements as marks
from puumerkki.endorsements.service import endorsements
from puumerkki.handlings.events.handlings import HandlingDeclined, HandlingEndorsed, ReviewReopened
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.handlings import ReasonGiven
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.handling_context import Case, locked_case
from puumerkki.handlings.service.handlings import about, ask_anew
from puumerkki.handlings.service.refusals import keep_refusal
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Tier, publish
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.tally import Choice

LEAD = (P.handlings_lead,)


async def endorse(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """The ballot passed: the application gets its mark, with the conditions that were taken."""
    case = await locked_case(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("endorse", case.handling, actor=case.actor, facts=case.facts)
    await _mark_by_ballot(session, case, actor_id=actor.id)
    return case.handling


async def endorse_by_clock(session: AsyncSession, case: Case) -> None:
    """Nobody objected within the days, so the application gets its mark by itself."""
    HANDLING.apply("endorse", case.handling, actor=None, facts=case.facts)
    await _mark_by_ballot(session, case, actor_id=None)


async def decline_by_clock(session: AsyncSession, case: Case) -> None:
    """Nobody concluded the ballot that failed: its reasons are those of the votes against."""
    HANDLING.apply("decline", case.handling, actor=None, facts=case.facts)
    assert case.ballot is not None
    rule = DecisionRule.model_validate(case.ballot.rule)
    votes = await ballots.counted_votes(session, case.ballot)
    reasons = sorted({vote.reason for vote in votes if vote.choice is Choice.against and vote.reason})
    reason = "\n".join(reasons) or None
    await conclude_declined(session, case, reason, public=rule.declines_public, actor_id=None)


async def _mark_by_ballot(session: AsyncSession, case: Case, *, actor_id: UUID | None) -> None:
    assert case.ballot is not None
    rule = DecisionRule.model_validate(case.ballot.rule)
    votes = await ballots.counted_votes(session, case.ballot)
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
    result = case.ballot.result or {}
    turnout = {"electorate": result["electorate"], "stood_aside": result["recused"], "voted": result["turnout"]}
    await conclude_endorsed(
        session, case, conditions, validity_days=rule.validity_days, turnout=turnout, actor_id=actor_id
    )


async def conclude_endorsed(
    session: AsyncSession,
    case: Case,
    conditions: Sequence[Mapping[str, Any]],
    *,
    validity_days: int,
    turnout: dict[str, Any] | None = None,
    actor_id: UUID | None,
) -> Endorsement:
    """Issue the mark of a handling that has just become endorsed."""
    handling = case.handling
    mark = await endorsements.issue(
        session,
        application=case.application,
        handling=handling,
        version=await versions.version(session, case.application.id, handling.version_number),
        conditions=_each_once(conditions),
        validity_days=validity_days,
        turnout=turnout,
        actor_id=actor_id,
    )
    handling.decided_at = clock.now()
    handling.reason = None
    told = HandlingEndorsed(**about(handling), endorsement_id=mark.id, number=mark.number)
    await publish(session, told, actor_id=actor_id)
    return mark


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
    """The ballot failed: the application gets no mark, and is told why."""
    case = await locked_case(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("decline", case.handling, actor=case.actor, facts=case.facts)
    assert case.ballot is not None
    rule = DecisionRule.model_validate(case.ballot.rule)
    await conclude_declined(session, case, given.reason, public=rule.declines_public, actor_id=actor.id)
    return case.handling


async def conclude_declined(
    session: AsyncSession, case: Case, reason: str | None, *, public: bool, actor_id: UUID | None
) -> None:
    """Keep the reason of a handling that has just become declined, and tell it."""
    case.handling.reason = reason
    case.handling.decided_at = clock.now()
    keep_refusal(session, case.handling, reason)
    told = HandlingDeclined(**about(case.handling), seen_by=Tier.public if public else None)
    await publish(session, told, actor_id=actor_id)


async def reopen_review(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: ReasonGiven
) -> Handling:
    """The ballot settled nothing: back to review."""
    case = await locked_case(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("reopen_review", case.handling, actor=case.actor, facts=case.facts)
    return await back_in_review(session, case, given.reason, actor)


async def back_in_review(session: AsyncSession, case: Case, reason: str | None, actor: Actor | None) -> Handling:
    """The network looks at it again. `actor`: None where the clock did it."""
    case.handling.reason = reason
    case.handling.decided_at = None
    actor_id = None if actor is None else actor.id
    await publish(session, ReviewReopened(**about(case.handling)), actor_id=actor_id)
    return case.handling


async def take_new_version(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None
) -> Handling:
    """The newer version changes more than the conditions asked for: it is handled anew, and the mark is superseded."""
    case = await locked_case(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.check("take_new_version", case.handling, actor=case.actor, facts=case.facts)
    mark = await marks.mark_in_force(session, case.handling.id, for_update=True)
    if mark is not None:
        await endorsements.supersede(session, mark=mark, actor_id=actor.id)
    number = case.application.current_version or case.handling.version_number
    await ask_anew(session, case.handling, number, "take_new_version", actor=case.actor, by=actor.id, facts=case.facts)
    version = await versions.version(session, case.application.id, number)
    case.handling.received_at = version.created_at  # who was a member then decides on it, however long it waited
    return case.handling
