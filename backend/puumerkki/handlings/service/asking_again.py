"""Asks a network again for a handling that lapsed with its call, once a call that it serves is open."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.handlings.events.handlings import HandlingAskedAgain
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.service.handling_context import load_context, lock
from puumerkki.handlings.service.handlings import arrive, event_fields
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version


async def ask_again(session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None) -> Handling:
    """Submit the same version to the network again; a call that moved its dates needs no new version."""
    seen = await queries.handling(session, actor, handling_id)
    application, handling = await lock(session, seen)
    applicants = await acting_ids(session, application.id, handling.version_number)
    acting = ForApplicants(actor, application.id, applicants)
    HANDLING.require_may("ask_again", handling, actor=acting)
    require_version(handling, if_version)
    context = await load_context(session, actor=actor, application=application, handling=handling, for_update=True)
    HANDLING.apply("ask_again", handling, actor=acting, facts=context.facts)
    await arrive(session, handling, handling.version_number, was_open=False)
    asked = HandlingAskedAgain(**event_fields(handling), version=handling.version_number)
    await publish(session, asked, actor_id=actor.id)
    return handling
