"""How rooms declare routes of which there are many alike: an action, a list that people page through, a timeline.

A route that asks for more than these know is written out, as the framework has it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.routing import compile_path

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.http import Creating, IfMatch, ReadsDep, SessionDep, page_response
from puumerkki.kernel.reads.listings import Listing
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.subjects import Ref

Found = TypeVar("Found")
Asked = TypeVar("Asked", bound=PageQuery)
_KNOWN: Mapping[str, Any] = {
    "request": Request,
    "response": Response,
    "session": SessionDep,
    "pool": ReadsDep,
    "actor": ActorDep,
    "caller": CallerDep,
    "if_version": IfMatch,
}
"""What a parameter of this name is, whatever its function says."""


def action(
    router: APIRouter,
    path: str,
    operation_id: str,
    summary: str,
    use_case: Callable[..., Awaitable[Found]],
    answer: Callable[[AsyncSession, Actor, Response, Found], Awaitable[Any]] | None,
    *,
    method: Literal["POST", "PUT", "PATCH", "DELETE"] = "POST",
    location: str | None = None,
) -> None:
    """Declare the route on which `use_case` does one thing, and `answer` shows what became of it.

    `use_case` takes `session`, `actor`, the parts of the path by their names and, where it asks for them, `if_version`
    (from If-Match) and `given` (the body); a parameter with a default is no part of the API. Without `answer` the route
    answers 204. `location`: where what was made is found below the router's prefix, from `{id}` and the parts of the
    path; such a route answers 201 and asks for an Idempotency-Key.
    """
    taken = _taken(use_case, path, "session", "actor", "if_version", "given")

    async def handle(session: AsyncSession, actor: Actor, response: Response, **more: Any) -> Any:
        found: Any = await use_case(session=session, actor=actor, **more)
        if location is not None:
            response.headers["Location"] = router.prefix + location.format_map(more | {"id": found.id})
        return None if answer is None else await answer(session, actor, response, found)

    router.add_api_route(
        path,
        _with_parameters(handle, taken),
        methods=[method],
        operation_id=operation_id,
        summary=summary,
        response_model=None if answer is None else signature(answer, eval_str=True).return_annotation,
        status_code=204 if answer is None else 200 if location is None else 201,
        dependencies=[] if location is None else [Creating],
    )


def listing(
    router: APIRouter,
    path: str,
    operation_id: str,
    summary: str,
    of: Listing,
    page: type[Page[Any]],
    query: type[Asked],
    *,
    filters: Callable[[Asked], Mapping[str, Any]] | None = None,
    within: Callable[..., Awaitable[Mapping[str, Any]]] | None = None,
    signed_in: bool = False,
) -> None:
    """Declare the route of a list: `query` says what may be asked for, `page` what is answered.

    The filters are the query's fields of the same names, or what `filters` makes of the query; empty texts and lists
    ask for nothing. `within`: the list belongs to something that the path names; it takes `pool` or `session`, `caller`
    or `actor`, and the parts of the path, raises where the list is not theirs to read, and gives the filters that keep
    the list to it. `signed_in`: whoever is not signed in is refused, and not answered with an empty list.
    """
    if filters is None and (unknown := set(query.model_fields) - {"sort", "limit", "cursor"} - set(of.filters)):
        raise TypeError(f"{operation_id}: {sorted(unknown)} are no filters of {of.name}")
    names = [name for name in of.filters if name in query.model_fields]
    sort = None if "sort" in query.model_fields else _only(of)
    taken = [] if within is None else _taken(within, path, "session", "pool", "actor", "caller")

    async def handle(request: Request, pool: Any, caller: Any, query: Any, **more: Any) -> Response:
        if signed_in:
            caller.person_id()
        known = {"pool": pool, "caller": caller} | more
        kept = {} if within is None else await within(**{one.name: known[one.name] for one in taken})
        asked = {name: getattr(query, name) for name in names} if filters is None else filters(query)
        found = await reads.page(
            pool,
            of,
            caller=caller,
            filters={name: value for name, value in {**asked, **kept}.items() if value not in ("", [])},
            sort=sort or query.sort,
            limit=query.limit,
            cursor=query.cursor,
        )
        return page_response(request, found)

    _read(router, path, operation_id, summary, handle, page, [*taken, _parameter("query", Annotated[query, Query()])])


def history(
    router: APIRouter, path: str, operation_id: str, summary: str, kind: str, *, signed_in: bool = False
) -> None:
    """Declare the route of the timeline of a thing of this kind, whose id is the one part of the path."""
    [name] = _parts(path)

    async def handle(request: Request, pool: Any, caller: Any, query: Any, **parts: UUID) -> Response:
        if signed_in:
            caller.person_id()
        return page_response(request, await timeline(pool, caller=caller, subject=Ref(kind, parts[name]), query=query))

    asked = [_parameter(name, UUID), _parameter("query", Annotated[TimelineQuery, Query()])]
    _read(router, path, operation_id, summary, handle, TimelinePage, asked)


def _read(
    router: APIRouter,
    path: str,
    operation_id: str,
    summary: str,
    handle: Callable[..., Awaitable[Response]],
    page: type[Page[Any]],
    asked: Sequence[Parameter],
) -> None:
    router.add_api_route(
        path,
        _with_parameters(handle, asked),
        methods=["GET"],
        operation_id=operation_id,
        summary=summary,
        response_model=page,
    )


def _only(of: Listing) -> str:
    [sort] = of.sorts
    return sort


def _parts(path: str) -> list[str]:
    return list(compile_path(path)[2])


def _parameter(name: str, annotation: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation)


def _taken(function: Callable[..., Any], path: str, *others: str) -> list[Parameter]:
    """What a function asks of a request, as the framework is told; TypeError where the path does not give it."""
    asked = [
        _parameter(one.name, _KNOWN.get(one.name, one.annotation))
        for one in signature(function, eval_str=True).parameters.values()
        if one.default is Parameter.empty
    ]
    names = {one.name for one in asked}
    if names - set(others) != set(_parts(path)):
        raise TypeError(f"{path}: {sorted(names - set(others))} are not the parts of the path")
    return asked


def _with_parameters(handle: Callable[..., Any], asked: Sequence[Parameter]) -> Callable[..., Any]:
    """The handler, which asks for what it names itself and for these besides."""
    own = [one for one in signature(handle).parameters.values() if one.kind != Parameter.VAR_KEYWORD]
    named = {one.name for one in asked}
    first = [_parameter(one.name, _KNOWN[one.name]) for one in own if one.name not in named]
    handle.__dict__["__signature__"] = Signature([*first, *asked], return_annotation=Signature.empty)
    return handle
