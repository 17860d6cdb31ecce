"""The short way for routes that only read: their few kinds of parameters are taken straight from the request.

The framework's own way through dependencies, exit stacks and a session costs a hot read twice its time. What is not
plainly valid goes that way all the same, so that there is one place that says what is wrong.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.responses import StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.routing import BaseRoute
from starlette.types import Scope

from puumerkki.access.http import get_caller
from puumerkki.kernel.http import get_reads

_KNOWN: Mapping[Callable[..., Any], Callable[[Scope], Any]] = {
    get_reads: lambda scope: scope["app"].state.reads,
    get_caller: lambda scope: scope["caller"],
}


@dataclass(frozen=True)
class HotRead:
    """A route whose endpoint takes the reads, the caller, the request, parts of the path and one query model."""

    endpoint: Callable[..., Coroutine[Any, Any, Response]]
    dependant: Dependant

    async def answer(self, scope: Scope, path_params: Mapping[str, Any]) -> Response | None:
        """The answer, or None where a parameter is not plainly valid."""
        given = self._parameters(scope, path_params)
        return None if given is None else await self.endpoint(**given)

    def _parameters(self, scope: Scope, path_params: Mapping[str, Any]) -> dict[str, Any] | None:
        given: dict[str, Any] = {name: take(scope) for name, take in self._taken}
        for field in self.dependant.path_params:
            value, errors = field.validate(path_params.get(field.alias), {}, loc=("path", field.alias))
            if errors:
                return None
            given[field.name] = value
        if self.dependant.request_param_name is not None:
            given[self.dependant.request_param_name] = Request(scope)
        if self._query is None:
            return given
        name, model, several = self._query
        try:
            given[name] = model.model_validate(_values(scope["query_string"], several))
        except (ValidationError, UnicodeError):
            return None
        return given

    @cached_property
    def _taken(self) -> list[tuple[str, Callable[[Scope], Any]]]:
        return [(one.name or "", _KNOWN[one.call]) for one in self.dependant.dependencies if one.call is not None]

    @cached_property
    def _query(self) -> tuple[str, type[BaseModel], frozenset[str]] | None:
        """The query's parameter, its model, and the names that may come several times."""
        if not self.dependant.query_params:
            return None
        [field] = self.dependant.query_params
        model: type[BaseModel] = field.field_info.annotation  # type: ignore[assignment]
        several = {
            one.alias or name for name, one in model.model_fields.items() if "list" in str(one.annotation).lower()
        }
        return field.name, model, frozenset(several)


def _values(query: bytes, several: frozenset[str]) -> dict[str, Any]:
    """The query's values by name, as the framework reads them: the last one, or all where a list is asked for."""
    values: dict[str, Any] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in several:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return values


def hot_read(route: BaseRoute) -> HotRead | None:
    """The short way of a route, where it only reads and answers with bytes of its own."""
    if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()) or not _only_reads(route.dependant):
        return None
    answers = get_type_hints(route.endpoint).get("return")
    return HotRead(route.endpoint, route.dependant) if answers in (Response, StreamingResponse) else None


def _only_reads(asked: Dependant) -> bool:
    query = asked.query_params
    return (
        all(one.call in _KNOWN and not one.path_params + one.query_params for one in asked.dependencies)
        and not (asked.header_params or asked.cookie_params or asked.body_params)
        and not (asked.response_param_name or asked.background_tasks_param_name or asked.security_scopes_param_name)
        and len(query) <= 1
        and all(_is_model(one.field_info.annotation) for one in query)
    )


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
