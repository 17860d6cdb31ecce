"""Statements that are built and compiled once for their shape: after that a request costs no query building.

Conditions of who may see what are wide; building one from its parts takes the processor a hundred times longer than
PostgreSQL needs to answer it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.db import driver_connection

# numbered parameters, as the server takes them: the driver would search a long statement for named ones every time
_dialect = psycopg_dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Compiled:
    """A statement as the server takes it, with its parameters by number and the values bound when it was built."""

    sql: bytes
    params: tuple[tuple[str, Any], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters, with the given ones in place of those that were bound."""
        return [given.get(name, value) for name, value in self.params]

    async def run(self, connection: AsyncConnection[Any], given: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row."""
        async with AsyncRawCursor[tuple[Any, ...]](connection) as cursor:
            await cursor.execute(self.sql, self.values(given))
            return await cursor.fetchone()


def _compile(statement: Select[Any]) -> Compiled:
    compiled = statement.compile(dialect=_dialect, compile_kwargs={"render_postcompile": True})
    values = []
    for name in compiled.positiontup or ():
        # the values of an IN are rendered one by one, as `<name>_<number>`
        bound = compiled.binds[name] if name in compiled.binds else compiled.binds[name.rpartition("_")[0]]
        process = bound.type.dialect_impl(_dialect).bind_processor(_dialect)
        value = compiled.params[name]
        values.append((name, process(value) if process and value is not None else value))
    return Compiled(str(compiled).encode(), tuple(values))


class Statements:
    """Compiled statements by their shape: whatever changes the text of the statement belongs to the shape."""

    def __init__(self) -> None:
        self._known: dict[Any, Compiled] = {}

    def get(self, shape: Any, build: Callable[[], Select[Any]]) -> Compiled:
        """The statement of this shape; built on its first use only."""
        compiled = self._known.get(shape)
        if compiled is None:
            compiled = self._known[shape] = _compile(build())
        return compiled


_STATEMENTS = Statements()


async def first(
    session: AsyncSession, shape: Any, build: Callable[[], Select[Any]], params: Mapping[str, Any]
) -> tuple[Any, ...] | None:
    """The first row of a statement in the session's transaction, as the driver gives it."""
    await session.flush()
    return await _STATEMENTS.get(shape, build).run(await driver_connection(session), params)
