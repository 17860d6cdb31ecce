"""Statements that are compiled once, and the connections of sessions that they run on."""

from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.types import Text, Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import Principal, PrincipalKind, RoleGrant
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.kernel.db import driver_connection, make_engine, make_sessions
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.reads.statements import Statement, Statements, array_of, named, param

GRANTED = Statement(
    lambda: (
        insert(RoleGrant)
        .values(named("id", "created_at", "principal_id", "scope_kind", "scope_id", "role"))
        .returning(col(RoleGrant.role))
    )
)
ROLES = Statement(
    lambda: (
        select(col(RoleGrant.role), col(RoleGrant.scope_id))
        .where(col(RoleGrant.principal_id) == param("holder", Uuid()))
        .order_by(col(RoleGrant.role))
    )
)


async def test_values_are_made_ready_as_their_columns_ask(session: AsyncSession) -> None:
    who = Principal(kind=PrincipalKind.user)
    session.add(who)
    for role in (Role.viewer, Role.editor):
        # the principal is new in the session, so it has to be written first
        kept = await GRANTED.fetch_one(
            session,
            id=new_id(),
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            principal_id=who.id,
            scope_kind=ScopeKind.platform,
            scope_id=None,
            role=role,
        )
        assert kept == (role.value,)
    assert await ROLES.fetch_all(session, holder=who.id) == [("editor", None), ("viewer", None)]
    assert await ROLES.fetch_all(session, holder=new_id()) == []
    assert await ROLES.fetch_one(session, holder=new_id()) is None


async def test_a_list_is_an_array_and_an_empty_one_too(session: AsyncSession) -> None:
    names = select(param("given", JSONB())).where(param("some", Text()).is_not(None))
    lists = Statement(lambda: select(array_of(names, JSONB())))
    assert await lists.fetch_one(session, given={"a": 1}, some="x") == ([{"a": 1}],)
    assert await lists.fetch_one(session, given={"a": 1}, some=None) == ([],)


async def test_the_connection_is_that_of_the_transaction_one_is_in(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=2)
    pid = Statement(lambda: select(text("pg_backend_pid()")))
    sessions = make_sessions(engine)
    async with sessions() as first, sessions() as second:
        mine = await pid.fetch_one(first)
        before = await driver_connection(first)
        assert await pid.fetch_one(first) == mine
        await first.commit()
        # the other takes the connection that has become free
        assert await pid.fetch_one(second) == mine
        assert await driver_connection(first) is not before
        assert await pid.fetch_one(first) != mine
    await engine.dispose()


async def test_a_session_begins_on_a_connection_that_holds(committed_database: str) -> None:
    engine = make_engine(committed_database, pool_size=2)
    sessions = make_sessions(engine)
    async with sessions() as one, sessions() as other:
        cut = [(await (await session.connection()).exec_driver_sql("select pg_backend_pid()")).scalar_one()
               for session in (one, other)]  # fmt: skip
    async with await psycopg.AsyncConnection.connect(committed_database, autocommit=True) as connection:
        for pid in cut:
            await connection.execute("select pg_terminate_backend(%s, 5000)", (pid,))
    for _ in range(3):
        async with sessions() as session:
            found = await (await session.connection()).exec_driver_sql("select pg_backend_pid()")
            assert found.scalar_one() not in cut
    await engine.dispose()


def test_nobody_stands_in_for_who_asks() -> None:
    """A statement serves everybody: what was bound when it was built is not the next caller."""
    kept = Statements("test-callers").get("one", lambda: select(bindparam("caller_id", 1), bindparam("limit", 2)))
    assert sorted(kept.values({"caller_id": 3})) == [2, 3]
    with pytest.raises(KeyError, match="caller_id"):
        kept.values({})
