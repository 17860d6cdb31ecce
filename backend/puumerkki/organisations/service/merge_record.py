"""What a merge changes, row by row, and how it is undone.

The rows that name one of the two are read before and after, as the rooms' links say. What differs is noted: what a row
held, and a digest of what it holds now. Undoing gives each row back what it held, if it is still as the merge left it.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access import ties
from puumerkki.access.models import RoleGrant
from puumerkki.kernel import clock
from puumerkki.kernel.db import metadata
from puumerkki.kernel.links import LinkKind, Since, links
from puumerkki.organisations.queries.merge_work import Written

Row = dict[str, Any]
Rows = dict[tuple[str, str], Row]
"""Rows as JSON, by table and key."""
_COUNTED = ("version", "updated_at")
"""What every change counts on; a row that gets back what it held has changed again."""


async def snapshot(session: AsyncSession, ids: Collection[UUID], *, for_update: bool = False) -> Rows:
    """The rows that name one of the organisations and may change. `for_update`: none but this transaction changes them.

    Otherwise what somebody wrote meanwhile would be taken for what the merge did, and be undone with it.
    """
    lock = " for update" if for_update else ""
    await session.flush()
    found: Rows = {}
    for link in links():
        if link.kind == LinkKind.stays:
            continue
        among = f"in ({link.through})" if link.through else "= any(:ids)"
        statement = text(f"select to_jsonb(t) from {link.table} t where t.{link.column} {among}{lock}")
        for (row,) in await (await session.connection()).execute(statement, {"ids": list(ids)}):
            found[link.table, _key_of(link.table, row)] = row
    return found


async def move(session: AsyncSession, merged: UUID, into: UUID) -> None:
    """Let what moves name the one that remains; what would then stand there twice stays."""
    for link in links():
        if link.kind != LinkKind.moves:
            continue
        given = {"merged": merged, "into": into}
        if await _tried(session, f"update {link.table} set {link.column} = :into where {link.column} = :merged", given):
            continue
        rows = await (await session.connection()).execute(
            text(f"select to_jsonb(t) from {link.table} t where {link.column} = :merged"), {"merged": merged}
        )
        for (row,) in rows.all():
            where, values = _where(link.table, _key_of(link.table, row))
            await _tried(session, f"update {link.table} set {link.column} = :into where {where}", given | values)


def changes(before: Rows, after: Rows) -> list[Row]:
    """What differs: `held` is null of a row that was made, `left` of one that is gone."""
    found: list[Row] = []
    for table, key in sorted({*before, *after}):
        old, new = before.get((table, key)), after.get((table, key))
        if old == new:
            continue
        held = old
        if old is not None and new is not None:
            held = {name: value for name, value in old.items() if new[name] != value and name not in _COUNTED}
        found.append({"table": table, "key": key, "held": held, "left": None if new is None else _digest(new)})
    return found


async def touched(session: AsyncSession, given: Sequence[Row], *, into: UUID) -> dict[tuple[str, str], Row | None]:
    """The rows, by table and key, that are not as the merge left them, as they are now; locked, as all that it noted.

    A role that was taken since stays taken: whoever takes the roles of those who came does not stop the undoing by it.
    What nobody but its makers has goes back as it is now.
    """
    found = {}
    for one in given:
        row = await _now(session, one)
        left = None if row is None else _digest(row)
        if left != one["left"] and not _taken(one, row) and not await _still_theirs(session, one, row, into):
            found[one["table"], one["key"]] = row
    return found


async def undo(session: AsyncSession, given: Sequence[Row], *, merged: UUID, into: UUID) -> None:
    """Give every row back what it held, after a look at what was `touched`; BlockedError where one is referred to."""
    noted = [one for one in given if not _taken(one, await _now(session, one))]
    order = {link.table: place for place, link in enumerate(links())}
    gone = [one for one in noted if one["left"] is None]
    made = [one for one in noted if one["held"] is None]
    kept = [one for one in noted if one["left"] is not None and one["held"] is not None]
    steps = [
        *((one, _insert) for one in sorted(gone, key=lambda one: order[one["table"]])),
        *((one, _update) for one in kept),
        *((one, _delete) for one in sorted(made, key=lambda one: -order[one["table"]])),
    ]
    for one, step in steps:
        try:
            async with session.begin_nested():
                await step(session, one)
        except DBAPIError as error:
            # something that was written since refers to the row, or has taken its place
            raise BlockedError({(one["table"], one["key"]): await _now(session, one)}) from error
    for link in links():
        if link.follows is not None:
            values = {"merged": merged, "into": into, "now": clock.now()}
            await (await session.connection()).execute(text(link.follows), values)


async def let_go(session: AsyncSession, goes: Sequence[Written], *, merged: UUID, into: UUID) -> None:
    """What was made since goes back with those who made it; BlockedError where the other one has the same."""
    connection = await session.connection()
    values: dict[str, Any] = {"merged": merged, "into": into, "now": clock.now()}
    for one in goes:
        table, column = one.link.table, one.link.column
        where, key = _where(table, one.key)
        sets = f"{column} = :merged"
        if "version" in _table(table).columns:
            sets += f", version = {table}.version + 1, updated_at = :now"
        statement = f"update {table} set {sets} where {where}"
        if not await _tried(session, statement, _asked(statement, values | key)):
            raise BlockedError({(table, one.key): None})
    for one in goes:
        if one.link.table == RoleGrant.__tablename__:
            grant = await session.get_one(RoleGrant, one.thing, populate_existing=True)
            await ties.end_by_grants(session, [grant.id])
            await ties.begin_by_grant(session, grant)
        if one.since.also is not None:
            await connection.execute(text(one.since.also), _asked(one.since.also, values | {"id": one.thing}))


class BlockedError(Exception):
    """What was written since keeps rows from what they held; `rows` by table and key, as they are."""

    def __init__(self, rows: dict[tuple[str, str], Row | None]) -> None:
        super().__init__()
        self.rows = rows


def _taken(one: Row, now: Row | None) -> bool:
    return one["table"] == RoleGrant.__tablename__ and one["left"] is not None and now is None


async def _still_theirs(session: AsyncSession, one: Row, now: Row | None, into: UUID) -> bool:
    """Whether nobody but its makers has what was changed: it goes back as it is now, by the columns that went over."""
    moved = {link.column: link.since for link in links() if link.table == one["table"] and link.kind == LinkKind.moves}
    held = one["held"] or {}
    if now is None or one["left"] is None or not held or not set(held) <= set(moved):
        return False
    where, key = _where(one["table"], one["key"], "t")
    for name in held:
        since = moved[name]
        if now[name] != str(into) or not isinstance(since, Since):
            return False
        statement = f"select coalesce({since.alone}, false) from {one['table']} t where {where}"
        alone = await (await session.connection()).execute(text(statement), _asked(statement, key | {"into": into}))
        if not alone.scalar_one():
            return False
    return True


def _asked(statement: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in statement}


async def _insert(session: AsyncSession, one: Row) -> None:
    table = one["table"]
    statement = f"insert into {table} select * from jsonb_populate_record(null::{table}, cast(:row as jsonb))"
    await (await session.connection()).execute(text(statement), {"row": json.dumps(one["held"])})
    if table == RoleGrant.__tablename__:
        # the tie of a role that was taken has ended; the role comes with a new one
        await ties.begin_by_grant(session, await session.get_one(RoleGrant, UUID(one["held"]["id"])))


async def _update(session: AsyncSession, one: Row) -> None:
    table, names = one["table"], sorted(one["held"])
    where, values = _where(table, one["key"])
    sets = [f"{name} = r.{name}" for name in names]
    if "version" in _table(table).columns:
        sets += [f"version = {table}.version + 1", "updated_at = :now"]
        values |= {"now": clock.now()}
    if not sets:
        return
    rows = f"jsonb_populate_record(null::{table}, cast(:row as jsonb)) r"
    await (await session.connection()).execute(
        text(f"update {table} set {', '.join(sets)} from {rows} where {where}"),
        values | {"row": json.dumps(one["held"])},
    )


async def _delete(session: AsyncSession, one: Row) -> None:
    where, values = _where(one["table"], one["key"])
    ending = next((link.ending for link in links() if link.table == one["table"] and link.ending), None)
    if ending is not None:
        counted = "version = version + 1, updated_at = :now"
        statement = text(f"update {one['table']} set {ending}, {counted} where {where}")
        await (await session.connection()).execute(statement, values | {"now": clock.now()})
        return
    await (await session.connection()).execute(text(f"delete from {one['table']} where {where}"), values)


async def _now(session: AsyncSession, one: Row) -> Row | None:
    where, values = _where(one["table"], one["key"])
    table = one["table"]
    found = await (await session.connection()).execute(
        text(f"select to_jsonb({table}) from {table} where {where} for update"), values
    )
    row: Row | None = found.scalar_one_or_none()
    return row


async def _tried(session: AsyncSession, statement: str, values: Mapping[str, Any]) -> bool:
    try:
        async with session.begin_nested():
            await (await session.connection()).execute(text(statement), dict(values))
    except IntegrityError:
        return False
    return True


def _table(name: str) -> Table:
    return metadata.tables[name]


def _key_of(table: str, row: Row) -> str:
    return json.dumps([row[column.name] for column in _table(table).primary_key])


def _where(table: str, key: str, name: str | None = None) -> tuple[str, dict[str, Any]]:
    """SQL for one row by its key, and its parameters. `name`: as what the table stands in the statement."""
    names = [column.name for column in _table(table).primary_key]
    values = dict(zip((f"key_{one}" for one in names), json.loads(key), strict=True))
    return " and ".join(f"{name or table}.{one} = cast(:key_{one} as uuid)" for one in names), values


def _digest(row: Row) -> str:
    """Without what every change counts on: a later merge that was undone has left the row as it was."""
    kept = {name: value for name, value in row.items() if name not in _COUNTED}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
