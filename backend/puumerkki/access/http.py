"""Who asks, for routes."""

from typing import Annotated

from fastapi import Depends, Request

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.kernel.errors import Unauthenticated
from puumerkki.kernel.http import SessionDep


async def get_caller(request: Request) -> Caller:
    """Who asks, as the middleware verified it; anonymous readers are callers too."""
    caller: Caller = request.scope["caller"]
    return caller


async def get_actor(request: Request, session: SessionDep) -> Actor:
    """Who asks, with the grants held now; Unauthenticated for nobody."""
    caller = await get_caller(request)
    if caller.anonymous:
        raise Unauthenticated()
    return await load_actor(session, caller)


async def get_any_actor(request: Request, session: SessionDep) -> Actor:
    """The same, but nobody may ask too."""
    return await load_actor(session, await get_caller(request))


CallerDep = Annotated[Caller, Depends(get_caller)]
ActorDep = Annotated[Actor, Depends(get_actor)]
AnyActorDep = Annotated[Actor, Depends(get_any_actor)]
