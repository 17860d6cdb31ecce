"""What each step of a handling answers."""

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.handlings import HandlingPublic
from puumerkki.handlings.service.views import show_handling
from puumerkki.kernel.http import SessionDep, set_etag


async def answer(session: SessionDep, actor: Actor, response: Response, handling: Handling) -> HandlingPublic:
    """The handling as the actor sees it, with its version as ETag."""
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)
