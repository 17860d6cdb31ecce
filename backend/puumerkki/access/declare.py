"""How rooms declare routes of which there are many alike: an action, a list that people page through, a list as a file,
a timeline.

A route that asks for more than these know is written out, as the framework has it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from inspect import Parameter, Signature, signature
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, create_model
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.routing import compile_path

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel import reads
from puumerkki.kernel.eventlog.timeline import TimelinePage, TimelineQuery, timeline
from puumerkki.kernel.field_types import Schema, UiLanguage
from puumerkki.kernel.http import (
    FILES,
    Creating,
    FileFormat,
    IfMatch,
    ReadsDep,
    SessionDep,
    file_response,
    page_response,
)
from puumerkki.kernel.reads import exports
from puumerkki.kernel.reads.exports import Export
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
_NO_FILTERS = frozenset({"sort", "limit", "cursor", "language"})


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
    (from If-Match) and `given` (the body, which may be left out where it may be None); a parameter with a default is no
    part of the API. Without `answer` the route answers 204. `location`: where what was made is found below the
    router's prefix, from `{id}` and the parts of the path; such a route answers 201 and asks for an Idempotency-Key.
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
    exported: Export | None = None,
) -> None:
    """Declare the route of a list: `query` says what may be asked for, `page` what is answered.

    The filters are the query's fields of the same names, or what `filters` makes of the query; empty texts and lists
    ask for nothing. `within`: the list belongs to something that the path names; it takes `pool` or `session`, `caller`
    or `actor`, and the parts of the path, raises where the list is not theirs to read, and gives the filters that keep
    the list to it. `signed_in`: whoever is not signed in is refused, and not answered with an empty list.
    `exported`: the list is to be had as a file, too, under the same rules.
    """
    sort = None if "sort" in query.model_fields else _only(of)
    taken, filters_of = _asking(of, path, operation_id, query, filters, within, signed_in)

    async def handle(request: Request, pool: Any, caller: Any, query: Any, **more: Any) -> Response:
        found = await reads.page(
            pool,
            of,
            caller=caller,
            filters=await filters_of(query, {"pool": pool, "caller": caller} | more),
            sort=sort or query.sort,
            limit=query.limit,
            cursor=query.cursor,
        )
        return page_response(request, found)

    _read(router, path, operation_id, summary, handle, page, [*taken, _parameter("query", Annotated[query, Query()])])
    if exported is not None:
        named = operation_id.replace("_list", "_export")
        export(router, path, named, exported, query, filters=filters, within=within, signed_in=signed_in)


class ExportQuery(Schema):
    """What a list as a file takes beside the list's filters."""

    language: Annotated[
        UiLanguage | None, Field(description="Of headings and words; without it they are the API's own.")
    ] = None


def export(
    router: APIRouter,
    path: str,
    operation_id: str,
    of: Export,
    query: type[Schema],
    *,
    filters: Callable[[Any], Mapping[str, Any]] | None = None,
    within: Callable[..., Awaitable[Mapping[str, Any]]] | None = None,
    signed_in: bool = False,
) -> None:
    """Declare the route of a list as a file for spreadsheets, `export.csv` and `export.xlsx` below its path.

    It gives what the list gives of `query` without its pages, to the same callers; a long list only to those who are
    signed in.
    """
    whole = _without_pages(query)
    taken, filters_of = _asking(of.listing, path, operation_id, whole, filters, within, signed_in)

    async def handle(pool: Any, caller: Any, file_format: str, query: Any, **more: Any) -> Response:
        kept = await filters_of(query, {"pool": pool, "caller": caller} | more)
        sort, language = getattr(query, "sort", None), query.language
        table = of.asked(query)
        rows = await exports.rows_of(pool, table, caller=caller, filters=kept, sort=sort, language=language)
        made = exports.csv_file(table.head(language), rows)
        if file_format == "xlsx":
            made = await exports.workbook(of.file, table.head(language), rows)
        return file_response(made, of.file, file_format)

    asked = [
        *taken,
        _parameter("file_format", FileFormat),
        _parameter("query", Annotated[whole, Query()]),
    ]
    router.add_api_route(
        f"{path}/export.{{file_format}}",
        _with_parameters(handle, asked),
        methods=["GET"],
        operation_id=operation_id,
        summary="The whole list as a file for spreadsheets, in the columns of the import where there is one",
        response_class=Response,
        responses={200: {"content": FILES, "description": "CSV: UTF-8 with a byte order mark, semicolons"}},
    )


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


def _asking(
    of: Listing,
    path: str,
    operation_id: str,
    query: type[Schema],
    filters: Callable[[Any], Mapping[str, Any]] | None,
    within: Callable[..., Awaitable[Mapping[str, Any]]] | None,
    signed_in: bool,
) -> tuple[list[Parameter], Callable[[Any, Mapping[str, Any]], Awaitable[dict[str, Any]]]]:
    """What a route of a list asks for besides, and what makes the list's filters of a request."""
    if filters is None and (unknown := set(query.model_fields) - _NO_FILTERS - set(of.filters)):
        raise TypeError(f"{operation_id}: {sorted(unknown)} are no filters of {of.name}")
    names = [name for name in of.filters if name in query.model_fields]
    taken = [] if within is None else _taken(within, path, "session", "pool", "actor", "caller")

    async def filters_of(query: Any, known: Mapping[str, Any]) -> dict[str, Any]:
        if signed_in:
            known["caller"].person_id()
        kept = {} if within is None else await within(**{one.name: known[one.name] for one in taken})
        asked = {name: getattr(query, name) for name in names} if filters is None else filters(query)
        return {name: value for name, value in {**asked, **kept}.items() if value not in ("", [])}

    return taken, filters_of


def _without_pages(query: type[Schema]) -> type[ExportQuery]:
    """The query of a list as a file: its filters and sorts, and the language."""
    if query.__pydantic_decorators__.model_validators:
        raise TypeError(f"{query.__name__}: a rule over several filters would be lost")
    fields: dict[str, Any] = {
        name: (one.annotation, one) for name, one in query.model_fields.items() if name not in PageQuery.model_fields
    }
    return create_model(f"{query.__name__}Exported", __base__=ExportQuery, **fields)


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
    return [one.replace(default=None) if NoneType in get_args(one.annotation) else one for one in asked]


def _with_parameters(handle: Callable[..., Any], asked: Sequence[Parameter]) -> Callable[..., Any]:
    """The handler, which asks for what it names itself and for these besides."""
    own = [one for one in signature(handle).parameters.values() if one.kind != Parameter.VAR_KEYWORD]
    named = {one.name for one in asked}
    first = [_parameter(one.name, _KNOWN[one.name]) for one in own if one.name not in named]
    handle.__dict__["__signature__"] = Signature([*first, *asked], return_annotation=Signature.empty)
    return handle
