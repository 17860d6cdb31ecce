"""How rooms declare that what another system knows by an id of its own is said by that id."""

from collections.abc import Awaitable, Callable
from inspect import signature
from typing import Any, TypeVar

from fastapi import APIRouter, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep
from puumerkki.kernel.external_ids import SchemeParam, ValueParam
from puumerkki.kernel.http import IfMatchOrNewest, SessionDep

PATH = "/by-external-id/{scheme}/{external_id}"
Found = TypeVar("Found")


def put_by_external_id(
    router: APIRouter,
    operation_id: str,
    summary: str,
    put: Callable[..., Awaitable[tuple[Found, bool]]],
    answer: Callable[[AsyncSession, Actor, Response, Found], Awaitable[Any]],
    *,
    made: str,
) -> None:
    """Declare the route on which `put` says what a thing is, and `answer` shows it; 201 with its place where it is new.

    `put` takes `session`, `actor`, `scheme`, `value`, `if_version` and `given`, and says besides whether it made it.
    `made`: what that means, for the API's description.
    """

    async def handle(
        session: SessionDep,
        actor: ActorDep,
        response: Response,
        scheme: SchemeParam,
        external_id: ValueParam,
        if_match: IfMatchOrNewest,
        given: Any,
    ) -> Any:
        found: Any
        found, fresh = await put(
            session=session, actor=actor, scheme=scheme, value=external_id, if_version=if_match, given=given
        )
        if fresh:
            response.status_code = 201
            response.headers["Location"] = f"{router.prefix}/{found.id}"
        return await answer(session, actor, response, found)

    handle.__annotations__["given"] = signature(put, eval_str=True).parameters["given"].annotation
    shown = signature(answer, eval_str=True).return_annotation
    router.add_api_route(
        PATH,
        handle,
        methods=["PUT"],
        operation_id=operation_id,
        summary=summary,
        response_model=shown,
        responses={201: {"model": shown, "description": made}},
    )
