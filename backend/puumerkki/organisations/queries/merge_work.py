"""What was made between a merge and its undoing: who made it, what goes back with them, and what stops the undoing.

Nobody is cut off from what they made. What only they have who go back goes with them; what others rely on too, or what
somebody made together with one who stays, they settle first: they take it back, or whoever made it gets a role in the
one that remains, which is theirs after the undoing as well.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel.db import metadata
from puumerkki.kernel.links import Link, MergedThing, Since, links
from puumerkki.organisations.queries.merge_things import things_of
from puumerkki.organisations.schemas.merges import MergeWork

_ROLES = """
select id, principal_id from role_grant where (scope_kind = 'organisation' and scope_id = :into)
or for_organisation_id = :into or id = any(:noted)"""
_LEFT = """
select principal_id from tie where organisation_id = :into and kind = 'role' and from_at > :since
group by principal_id having bool_and(until_at is not null)"""
_MACHINES = "select id, maker_ids, created_at > :since from service_account where organisation_id = :into"


@dataclass(frozen=True)
class Parting:
    """A merge that is to be undone. `changes`: what it noted (`service.merge_record`); `since`: when it was made."""

    merged: UUID
    into: UUID
    since: datetime
    changes: Sequence[dict[str, Any]]

    def keys(self, *, ending: bool = False) -> list[UUID]:
        """The ids of the rows that it changed; `ending`: of those that it made, or whose state it changed."""
        return [
            UUID(key[0])
            for one in self.changes
            if len(key := json.loads(one["key"])) == 1
            and not (ending and one["held"] is not None and "state" not in one["held"])
        ]


@dataclass(frozen=True)
class Written:
    """A row that was written since. `key`: of the row, as JSON."""

    link: Link
    since: Since
    key: str
    thing: UUID


@dataclass(frozen=True)
class Work:
    """Of what was made since, what goes back and what stops the undoing."""

    goes: tuple[Written, ...]
    stops: tuple[Written, ...]


@dataclass(frozen=True)
class _People:
    """`back`: whose every role goes back; `here`: who has a role in the one that remains after the undoing as well.

    `left`: who had one in between, and has none now. `machines`: who stands for a service account made in between.
    """

    back: frozenset[UUID]
    here: frozenset[UUID]
    left: frozenset[UUID]
    machines: Mapping[UUID, frozenset[UUID]]
    returning: tuple[UUID, ...]


async def work_since(session: AsyncSession, parting: Parting) -> Work:
    """What becomes of each row that was written since and names the one that remains."""
    people = await _people(session, parting)
    noted = {(one["table"], one["key"]) for one in parting.changes}
    given = {
        "into": parting.into,
        "merged": parting.merged,
        "since": parting.since,
        "noted": parting.keys(),
        "ending": parting.keys(ending=True),
        "returning": list(people.returning),
    }
    goes, stops = [], []
    for link in links():
        since = link.since
        if not isinstance(since, Since):
            continue
        statement = (
            f"select to_jsonb(t), {since.thing}, array({since.by}), coalesce({since.alone}, false), {since.always}"
            f" from {link.table} t where t.{link.column} = :into and {since.at} > :since"
        )
        asked = {name: value for name, value in given.items() if f":{name}" in statement}
        for row, thing, by, alone, always in await (await session.connection()).execute(text(statement), asked):
            key = json.dumps([row[column.name] for column in metadata.tables[link.table].primary_key])
            if (link.table, key) in noted:
                continue
            written = Written(link, since, key, thing)
            writers = frozenset(who for one in by if one is not None for who in people.machines.get(one, {one}))
            if always or (_cut_off(people, writers) and alone and not writers & people.here):
                goes.append(written)
            elif _cut_off(people, writers):
                stops.append(written)
    return Work(tuple(goes), tuple(stops))


async def works_for(session: AsyncSession, actor: Actor, written: Iterable[Written]) -> list[MergeWork]:
    """What it is, how many there are, and those of them that the actor may know of."""
    found: dict[MergedThing, dict[UUID, str | None]] = {}
    for one in written:
        found.setdefault(one.since.what, {})[one.thing] = one.since.kind
    return [
        MergeWork(what=what, count=len(found[what]), things=await things_of(session, actor, found[what]))
        for what in MergedThing
        if what in found
    ]


def _cut_off(people: _People, writers: frozenset[UUID]) -> bool:
    """Whether somebody who made it could not open it any more, or nobody at all could who belonged there."""
    return bool(writers & people.back) or (
        not people.here and not writers & people.here and bool(writers & people.left)
    )


async def _people(session: AsyncSession, parting: Parting) -> _People:
    connection = await session.connection()
    given = {"into": parting.into, "since": parting.since}
    noted = {
        UUID(json.loads(one["key"])[0]): one["held"] or {} for one in parting.changes if one["table"] == "role_grant"
    }
    ids = {"into": parting.into, "noted": list(noted)}
    rows = (await connection.execute(text(_ROLES), ids)).all()
    gone = {UUID(held["principal_id"]) for held in noted.values() if "principal_id" in held}
    returning = {who for id_, who in rows if id_ in noted} | gone
    machines, old = {}, set()
    for id_, makers, fresh in await connection.execute(text(_MACHINES), given):
        if fresh:
            machines[id_] = frozenset(makers)
        else:
            old.add(id_)
    here = {who for id_, who in rows if id_ not in noted} - machines.keys() | old
    left = {who for (who,) in await connection.execute(text(_LEFT), given)} - returning - here
    return _People(frozenset(returning - here), frozenset(here), frozenset(left), machines, tuple(sorted(returning)))
