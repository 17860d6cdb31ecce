"""Statements that are built and compiled once for their shape: after that a request costs no query building.

Conditions of who may see what are wide; building one from its parts takes the processor a hundred times longer than
PostgreSQL needs to answer it. What every request does (who asks, a repeat's key, an event) is small, and done so often
that the same holds.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from psycopg import AsyncConnection, AsyncRawCursor
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Insert,
    SelectBase,
    Update,
    bindparam,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.types import TypeEngine, Uuid
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.metrics import counter, gauge

Row: TypeAlias = tuple[Any, ...]
Core: TypeAlias = SelectBase | Insert | Update | Delete
Build: TypeAlias = Callable[[], Core]
OF_CALLER = "caller_"
"""So begin the names of parameters that say who asks (`QueryCaller.params`)."""
MOST = 512
"""So many statements are kept in one place: several times the shapes that the application itself asks for."""

# numbered parameters, as the server takes them: the driver would search a long statement for named ones every time
_dialect = psycopg_dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Compiled:
    """A statement as the server takes it, with its parameters by number.

    Each parameter is its name, the value bound when the statement was built, and what its type makes of a value.
    """

    sql: bytes
    params: tuple[tuple[str, Any, Callable[[Any], Any] | None], ...]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters, with the given ones in place of those that were bound.

        KeyError where nobody says who asks, and when: one statement serves everybody, so whoever asked first must not
        stand in for the next.
        """
        found = []
        for name, bound, process in self.params:
            value = given[name] if name.startswith(OF_CALLER) else given.get(name, bound)
            found.append(process(value) if process and value is not None else value)
        return found

    async def fetch_one(self, connection: AsyncConnection[Any], given: Mapping[str, Any]) -> Row | None:
        """The first row; None where there is none."""
        async with AsyncRawCursor[Row](connection) as cursor:
            await cursor.execute(self.sql, self.values(given))
            return await cursor.fetchone() if cursor.description else None

    async def fetch_all(self, connection: AsyncConnection[Any], given: Mapping[str, Any]) -> list[Row]:
        """All rows."""
        async with AsyncRawCursor[Row](connection) as cursor:
            await cursor.execute(self.sql, self.values(given))
            return await cursor.fetchall()


def _compile(statement: Core) -> Compiled:
    compiled = statement.compile(dialect=_dialect, compile_kwargs={"render_postcompile": True})
    params = []
    for name in compiled.positiontup or ():
        # the values of an IN are rendered one by one, as `<name>_<number>`
        bound = compiled.binds[name] if name in compiled.binds else compiled.binds[name.rpartition("_")[0]]
        process = bound.type.dialect_impl(_dialect).bind_processor(_dialect)
        params.append((name, compiled.params[name], process))
    return Compiled(str(compiled).encode(), tuple(params))


class Statements:
    """Compiled statements by their shape: whatever changes the text of the statement belongs to the shape.

    The number that are kept is bounded: the one used longest ago goes first. Shapes that callers could make without
    end would otherwise fill the memory. `name` says in the metrics which of them it is.
    """

    def __init__(self, name: str, *, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[Any, Compiled] = OrderedDict()
        self._built = counter("puumerkki_statements_built_total", "Statements that were built and compiled.", name)
        self._dropped = counter("puumerkki_statements_dropped_total", "Statements dropped to make room.", name)
        self._kept = gauge("puumerkki_statements_kept", "Compiled statements that are kept.", name)

    def __len__(self) -> int:
        return len(self._known)

    def get(self, shape: Any, build: Build) -> Compiled:
        """The statement of this shape; built on its first use only, as long as it is kept."""
        compiled = self._known.get(shape)
        if compiled is not None:
            self._known.move_to_end(shape)
            return compiled
        compiled = self._known[shape] = _compile(build())
        self._built.add(1)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
            self._dropped.add(1)
        self._kept.set(len(self._known))
        return compiled


_STATEMENTS = Statements("sessions")


async def fetch_one(session: AsyncSession, shape: Any, build: Build, params: Mapping[str, Any]) -> Row | None:
    """The first row of a statement in the session's transaction, as the driver gives it."""
    connection = await _flushed(session)
    return await _STATEMENTS.get(shape, build).fetch_one(connection, params)


async def fetch_all(session: AsyncSession, shape: Any, build: Build, params: Mapping[str, Any]) -> list[Row]:
    """All rows of it."""
    connection = await _flushed(session)
    return await _STATEMENTS.get(shape, build).fetch_all(connection, params)


class Statement:
    """One statement of one shape, run in a session's transaction; rows come as the driver gives them.

    `build` makes it from named parameters on the first use. What is new or changed in the session is written first.
    """

    def __init__(self, build: Build) -> None:
        self._build = build
        self._compiled: Compiled | None = None

    async def fetch_one(self, session: AsyncSession, **params: Any) -> Row | None:
        """The first row; None where there is none, or where the statement gives no rows."""
        return await self._ready().fetch_one(await _flushed(session), params)

    async def fetch_all(self, session: AsyncSession, **params: Any) -> list[Row]:
        """All rows."""
        return await self._ready().fetch_all(await _flushed(session), params)

    def _ready(self) -> Compiled:
        if self._compiled is None:
            self._compiled = _compile(self._build())
        return self._compiled


def param(name: str, type_: TypeEngine[Any]) -> BindParameter[Any]:
    """A parameter that is given by name whenever the statement is run."""
    return bindparam(name, None, type_=type_)


def named(*columns: str) -> dict[str, BindParameter[Any]]:
    """The values of an INSERT or UPDATE as parameters with the names of their columns."""
    return {name: bindparam(name) for name in columns}


def array_of(found: SelectBase, type_: TypeEngine[Any] | None = None) -> ColumnElement[Any]:
    """What a select of one column finds, as an array (of ids, where no type is given); empty where it finds nothing."""
    return func.array(found.scalar_subquery(), type_=ARRAY(type_ or Uuid()))


async def _flushed(session: AsyncSession) -> AsyncConnection[Any]:
    if session.new or session.dirty or session.deleted:
        await session.flush()
    return await driver_connection(session)
