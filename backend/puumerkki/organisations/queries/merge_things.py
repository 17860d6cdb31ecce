"""What stands against a merge or its undoing, by name, as far as whoever asks may know of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel.links import THINGS, MergedThing
from puumerkki.kernel.subjects import Subject, subjects
from puumerkki.organisations.schemas.merges import MergeThing, MergeWork

MOST_SHOWN = 20
_OWN = {"application", "agreement", "need", "funding_call", "report"}
"""Tables whose rows have a page of their own."""
_PAGES = {
    "agreement_party": ("agreement", "agreement_id"),
    "agreement_duty": ("agreement", "agreement_id"),
    "application_applicant": ("application", "application_id"),
    "network_member": ("network", "network_id"),
    "seat": ("network", "network_id"),
}
"""On which page a row is shown, and the column with its id."""


async def things_of(session: AsyncSession, actor: Actor, kinds: Mapping[UUID, str | None]) -> list[MergeThing]:
    """Those of the things, by id, that the actor may know of: a few, with what they are called."""
    found = []
    for kind in sorted({one for one in kinds.values() if one is not None}):
        known = subjects().get(kind)
        if known is None:
            continue
        readable = known.readable(actor)
        key = next(iter(readable.selected_columns))
        ids = sorted(id_ for id_, one in kinds.items() if one == kind)
        rows = await (await session.connection()).execute(
            readable.where(key.in_(ids)).order_by(key).limit(MOST_SHOWN), actor.params()
        )
        found += [MergeThing(kind=kind, id=id_, names=await _names(session, known, id_)) for (id_,) in rows.all()]
    return found[:MOST_SHOWN]


async def touched_things(session: AsyncSession, actor: Actor, rows: Mapping[tuple[str, str], Any]) -> list[MergeWork]:
    """Rows that changed since, by table and key, as what people know them."""
    found: dict[MergedThing, dict[str, str | None]] = {}
    for (table, key), row in rows.items():
        kind, column = (table, "id") if table in _OWN else _PAGES.get(table, (None, None))
        thing = key if row is None or column is None else row[column]
        found.setdefault(THINGS.get(table, MergedThing.memberships), {})[thing] = kind if thing != key else None
    return [
        MergeWork(
            what=what,
            count=len(found[what]),
            things=await things_of(
                session, actor, {UUID(thing): kind for thing, kind in found[what].items() if kind is not None}
            ),
        )
        for what in MergedThing
        if what in found
    ]


async def _names(session: AsyncSession, known: Subject, id_: UUID) -> dict[str, str]:
    if known.title_sql is not None:
        statement = core_select(known.title_sql(bindparam("subject_id", id_, type_=Uuid())))
        return dict((await (await session.connection()).execute(statement)).scalar_one_or_none() or {})
    return {} if known.title is None else dict(await known.title(session, id_))
