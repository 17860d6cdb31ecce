"""Shows a handling with what this caller can do with it now."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.handlings.models.handlings import Ballot, Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.queries import views
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.allowed_changes import allowed_parts, changed_since
from puumerkki.handlings.service.handling_context import load_context
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel.errors import NotFound


async def show_handling(session: AsyncSession, *, actor: Actor, handling: Handling) -> dict[str, Any]:
    """The handling whole, with its available actions."""
    await session.flush()
    application = await session.get_one(Application, handling.application_id)
    context = await load_context(session, actor=actor, application=application, handling=handling)
    whole = await views.handling(session, actor, application, handling, context.ballot)
    applicants = await acting_ids(session, application.id, handling.version_number)
    who = ForApplicants(context.actor or actor, application.id, applicants)
    if whole["conditions_claim"] is not None:
        whole["conditions_claim"]["word_needed"] = context.facts.word_needed
    return whole | {"available_actions": HANDLING.available(handling, actor=who, facts=context.facts)}


async def show_changes(session: AsyncSession, *, actor: Actor, handling_id: UUID) -> dict[str, Any]:
    """The parts that changed between the endorsed version and the newest, and why each may have."""
    handling = await queries.handling(session, actor, handling_id)
    endorsement = await endorsement_in_force(session, handling.id)
    if endorsement is None:
        raise NotFound()
    application = await session.get_one(Application, handling.application_id)
    concerned, minor = allowed_parts(endorsement, await queries.rule_of(session, handling))
    changed = await changed_since(session, application, handling, endorsement)
    because = {part: "condition" if part in concerned else "minor" if part in minor else None for part in changed}
    return {
        "old": endorsement.version_number,
        "new": application.current_version or endorsement.version_number,
        "parts": [{"part": part, "within": because[part]} for part in sorted(changed)],
    }


async def show_ballot(session: AsyncSession, *, actor: Actor, handling_id: UUID) -> tuple[Ballot, dict[str, Any]]:
    """The newest ballot of a handling, as this caller may see it."""
    handling = await queries.handling(session, actor, handling_id)
    await session.flush()
    ballot = await ballots.newest(session, handling.id)
    if ballot is None:
        raise NotFound()
    return ballot, await views.ballot(session, actor, handling, ballot)
