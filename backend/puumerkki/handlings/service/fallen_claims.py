"""Ends claims that do not come to count: their conditions stay open."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements.events.conditions import ClaimFell
from puumerkki.endorsements.models.conditions import ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.workflow.conditions import CLAIM
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import claims
from puumerkki.handlings.service import claim_mails
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref

NEW_VERSION, ENDORSEMENT_ENDED = "new_version", "endorsement_ended"
REFUSED, NOBODY_SETTLES, DROPPED = "refused", "nobody_settles", "dropped"


async def end_claim(
    session: AsyncSession, made: ConditionsClaim, handling: Handling, reason: str, *, actor_id: UUID | None
) -> None:
    """End a claim, and tell whoever leads what can be done. `reason`: why, a code."""
    CLAIM.apply("fall", made, actor=None)
    made.ended_at, made.end_reason = clock.now(), reason
    await session.flush()
    event_fields: dict[str, Any] = {"subject": Ref("handling", handling.id), "related": (handling.application_id,)}
    await publish(session, ClaimFell.because(reason, **event_fields), actor_id=actor_id)
    if actor_id is None or actor_id != made.claimed_by:
        await claim_mails.tell_fell(session, handling, made)


async def overtaken(session: AsyncSession, endorsement: Endorsement, reason: str, *, actor_id: UUID | None) -> None:
    """End the claim since a new version has come, or the endorsement moved or ended otherwise."""
    made = await claims.open_claim(session, endorsement.handling_id, for_update=True)
    if made is not None:
        handling = await session.get_one(Handling, endorsement.handling_id)
        await end_claim(session, made, handling, reason, actor_id=actor_id)
