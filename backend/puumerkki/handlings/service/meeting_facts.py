"""What a step needs to know of whoever records or confirms a meeting's decision, and of what is said of it."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.decision_words import (
    confirmers,
    firsts_tied,
    meetings_fell,
    supported,
    words_that_count,
)
from puumerkki.handlings.queries.meeting_people import OFFICES, in_office, of_one_side, was_present
from puumerkki.kernel import clock
from puumerkki.meetings.queries import attendance
from puumerkki.networks.decision_rule import DecisionRule


async def meeting_facts(
    session: AsyncSession,
    handling: Handling,
    decision: RecordedDecision | None,
    actor: Actor | None,
    rule: DecisionRule | None,
) -> dict[str, Any]:
    """The names are those of `DecisionFacts`."""
    known: dict[str, Any] = {"meetings_fell": await meetings_fell(session, handling)}
    if actor is not None and actor.id is not None:
        known["in_office"] = await in_office(session, handling, actor.id, OFFICES)
        if decision is not None and decision.recorded_by != actor.id:
            there = set(decision.present_member_ids).intersection(await attendance(session, decision.meeting_id))
            known["was_present"] = await was_present(session, handling, actor.id, there)
            known["one_side"] = await of_one_side(session, handling, decision.recorded_by, actor.id)
    if decision is not None and decision.holds_at is not None:
        said = await words_that_count(session, handling, decision)
        known["stands"] = True
        known["denied"] = any(not one.agrees for one in said)
        known["supported"] = supported(await confirmers(session, handling, decision, rule), said)
        known["firsts_tied"] = await firsts_tied(session, handling, decision)
        known["hold_due"] = clock.now() >= decision.holds_at
    return known
