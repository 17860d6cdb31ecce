"""What a step needs to know of whoever records or confirms a meeting's decision."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.funding.models import Handling, RecordedDecision
from puumerkki.funding.queries.meeting_people import in_office, of_one_side, was_present
from puumerkki.meetings.queries import attendance

OFFICES = (P.handlings_record, P.handlings_confirm, P.handlings_lead)


async def meeting_facts(
    session: AsyncSession, handling: Handling, decision: RecordedDecision | None, actor_id: UUID
) -> dict[str, Any]:
    """The names are those of `DecisionFacts`."""
    known: dict[str, Any] = {"in_office": await in_office(session, handling, actor_id, OFFICES)}
    if decision is not None and decision.recorded_by != actor_id:
        there = set(decision.present_member_ids).intersection(await attendance(session, decision.meeting_id))
        known["was_present"] = await was_present(session, handling, actor_id, there)
        known["one_side"] = await of_one_side(session, handling, decision.recorded_by, actor_id)
    return known
