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
from puumerkki.kernel.links import LinkKind, links
from puumerkki.organisations.errors.merges import MergeTouched

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


async def undo(session: AsyncSession, given: Sequence[Row], *, merged: UUID, into: UUID) -> None:
    """Give every row back what it held; MergeTouched where one is not as the merge left it.

    A role that was taken since stays taken: whoever takes the roles of those who came does not stop the undoing by it.
    """
    now = [await _now(session, one) for one in given]
    noted = [one for one, left in zip(given, now, strict=True) if not _taken(one, left)]
    touched = {
        one["table"] for one, left in zip(given, now, strict=True) if left != one["left"] and not _taken(one, left)
    }
    if touched:
        raise MergeTouched(changed=sorted(touched))
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
            raise MergeTouched(changed=[one["table"]]) from error
    for link in links():
        if link.follows is not None:
            values = {"merged": merged, "into": into, "now": clock.now()}
            await (await session.connection()).execute(text(link.follows), values)


def _taken(one: Row, now: str | None) -> bool:
    return one["table"] == RoleGrant.__tablename__ and one["left"] is not None and now is None


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


async def _now(session: AsyncSession, one: Row) -> str | None:
    where, values = _where(one["table"], one["key"])
    table = one["table"]
    found = await (await session.connection()).execute(
        text(f"select to_jsonb({table}) from {table} where {where} for update"), values
    )
    row = found.scalar_one_or_none()
    return None if row is None else _digest(row)


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


def _where(table: str, key: str) -> tuple[str, dict[str, Any]]:
    """SQL for one row by its key, and its parameters."""
    names = [column.name for column in _table(table).primary_key]
    values = dict(zip((f"key_{name}" for name in names), json.loads(key), strict=True))
    return " and ".join(f"{table}.{name} = cast(:key_{name} as uuid)" for name in names), values


def _digest(row: Row) -> str:
    """Without what every change counts on: a later merge that was undone has left the row as it was."""
    kept = {name: value for name, value in row.items() if name not in _COUNTED}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
