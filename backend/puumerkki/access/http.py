"""Who asks, for routes."""

from typing import Annotated

from fastapi import Depends, Request

from puumerkki.access.actor import Actor, Viewer, load_actor
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.http import SessionDep


async def get_viewer(request: Request) -> Viewer:
    """Who asks, as the middleware verified it; anonymous readers are viewers too."""
    viewer: Viewer = request.scope["viewer"]
    return viewer


async def get_actor(request: Request, session: SessionDep) -> Actor:
    """Who asks, with the grants held now; Unauthenticated for nobody."""
    viewer = await get_viewer(request)
    if viewer.anonymous:
        raise Unauthenticated()
    return await load_actor(session, viewer)


async def get_any_actor(request: Request, session: SessionDep) -> Actor:
    """The same, but nobody may ask too."""
    return await load_actor(session, await get_viewer(request))


ViewerDep = Annotated[Viewer, Depends(get_viewer)]
ActorDep = Annotated[Actor, Depends(get_actor)]
AnyActorDep = Annotated[Actor, Depends(get_any_actor)]
