"""Reads about merges: what stands against one, what it would move, and what was merged."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, literal, or_, text, tuple_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, granted
from puumerkki.access.models import Tie
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.links import (
    STOPS,
    THING_OF,
    THINGS,
    LinkKind,
    MergedThing,
    MergeObstacleCode,
    Obstacle,
    links,
    obstacles,
)
from puumerkki.kernel.reads.listings import Filter, Join, Listing, Sort, json_object
from puumerkki.organisations.models.merges import TIME_TO_UNDO, OrganisationMerge
from puumerkki.organisations.models.organisations import AUTHORITIES, Organisation
from puumerkki.organisations.queries.merge_things import things_of
from puumerkki.organisations.queries.visibility import as_officer
from puumerkki.organisations.schemas.merges import MergeObstacle, MergeShare, MergeStopped, MergeThing
from puumerkki.organisations.schemas.organisations import OrganisationName

OBSTACLES = (
    Obstacle(
        MergeObstacleCode.archiving_open,
        "organisation",
        "select organisation_id from organisation_archiving where state = 'open'"
        " and (organisation_id in (:merged, :into) or successor_id in (:merged, :into))",
        "select organisation_id from organisation_archiving where state = 'open'"
        " and :into in (organisation_id, successor_id)",
    ),
    Obstacle(
        MergeObstacleCode.naming_open,
        "organisation",
        "select scope_id from naming where state = 'waiting' and scope_id in (:merged, :into)",
        "select scope_id from naming where state = 'waiting' and scope_id = :into",
    ),
    Obstacle(
        MergeObstacleCode.related,
        "organisation",
        # by whatever steps, or it would belong to itself
        "with recursive above as ("
        " select r.organisation_id as first, r.other_id as id from organisation_relation r"
        " where r.organisation_id in (:merged, :into) and (r.ends_on is null or r.ends_on >= :today)"
        " union select a.first, r.other_id from above a join organisation_relation r on r.organisation_id = a.id"
        " where r.ends_on is null or r.ends_on >= :today)"
        " select first from above where id in (:merged, :into) and id <> first",
    ),
)
_SPEAKS = "for_organisation_id"
_SEAT_ENDS = """
exists (select from network_member m where m.network_id = t.scope_id and m.organisation_id = :into
    and m.state not in ('left', 'invited'))"""
"""SQL over `role_grant`: the other one is of the network itself, so nobody comes to speak for it by the merge."""
_SAME = ("business_id", "association_register_number")
"""Of these each organisation has one: two that differ are two organisations."""


async def in_the_way(
    session: AsyncSession, actor: Actor, merged: Organisation, into: Organisation
) -> list[MergeObstacle]:
    """All that stands against merging the two, with the ids of what the actor may know of."""
    other = [MergeThing(kind="organisation", id=into.id, names=into.names)]
    found = [
        MergeObstacle(
            code=MergeObstacleCode(f"{name}_differs"), kind="organisation", count=1, things=other, identifiers=both
        )
        for name in _SAME
        if None not in (both := [getattr(merged, name), getattr(into, name)]) and both[0] != both[1]
    ]
    if (merged.sector in AUTHORITIES) != (into.sector in AUTHORITIES):
        found.append(
            MergeObstacle(code=MergeObstacleCode.authority_and_other, kind="organisation", count=1, things=other)
        )
    for one in obstacles():
        found += await _obstacle(session, actor, one, one.found, merged.id, into.id)
    return found


async def against_undoing(
    session: AsyncSession, actor: Actor, merged: Organisation, into: Organisation
) -> list[MergeObstacle]:
    """All that stands against parting the two."""
    found = []
    for one in obstacles():
        if one.undoing is not None:
            found += await _obstacle(session, actor, one, one.undoing, merged.id, into.id)
    return found


async def _obstacle(
    session: AsyncSession, actor: Actor, one: Obstacle, statement: str, merged: UUID, into: UUID
) -> list[MergeObstacle]:
    given = {"merged": merged, "into": into, "today": clock.today()}
    asked = {name: value for name, value in given.items() if f":{name}" in statement}
    ids = sorted({row[0] for row in await (await session.connection()).execute(text(statement), asked)})
    if not ids:
        return []
    things = await things_of(session, actor, dict.fromkeys(ids, one.kind))
    return [MergeObstacle(code=one.code, kind=one.kind, count=len(ids), things=things)]


async def stops(session: AsyncSession, merged: UUID) -> list[MergeStopped]:
    """What stays with the one that goes, and does nothing there."""
    found = []
    for what, statement in STOPS.items():
        given = {"merged": merged} | ({"now": clock.now()} if ":now" in statement else {})
        count = (await (await session.connection()).execute(text(statement), given)).scalar_one()
        found += [MergeStopped(what=what, count=count)] if count else []
    return found


async def later(session: AsyncSession, standing: OrganisationMerge) -> OrganisationName | None:
    """What was merged with the same one after this, and is not parted: it is undone first."""
    merge = OrganisationMerge
    statement = (
        select(Organisation)
        .join(merge, col(merge.organisation_id) == col(Organisation.id))
        .where(
            col(merge.undone_at).is_(None),
            or_(col(merge.into_id) == standing.into_id, col(merge.organisation_id) == standing.into_id),
            tuple_(col(merge.created_at), col(merge.id)) > tuple_(standing.created_at, standing.id),
        )
        .order_by(col(merge.created_at).desc(), col(merge.id).desc())
        .limit(1)
    )
    found = (await session.exec(statement)).first()
    return None if found is None else OrganisationName(id=found.id, names=found.names)


async def shares(session: AsyncSession, merged: UUID, into: UUID) -> list[MergeShare]:
    """How many things name the organisation and would move: each once, by however many rows; no role that ends."""
    counted: dict[MergedThing, set[str]] = {}
    for link in links():
        if link.kind == LinkKind.stays or link.through is not None:
            continue
        given = {"merged": merged} | ({"into": into} if link.column == _SPEAKS else {})
        ends = f" and not ({_SEAT_ENDS})" if link.column == _SPEAKS else ""
        thing = THING_OF.get(link.table, "t.id")
        statement = text(f"select distinct {thing}::text from {link.table} t where t.{link.column} = :merged{ends}")
        rows = await (await session.connection()).execute(statement, given)
        counted.setdefault(THINGS[link.table], set()).update(row[0] for row in rows)
    return [MergeShare(what=one, count=len(counted[one])) for one in MergedThing if counted.get(one)]


async def seats_ending(session: AsyncSession, merged: UUID, into: UUID) -> int:
    """How many roles of people who speak for the one that goes end with the merge: who speaks for the other stays."""
    statement = text(f"select count(*) from role_grant t where t.for_organisation_id = :merged and {_SEAT_ENDS}")
    found = await (await session.connection()).execute(statement, {"merged": merged, "into": into})
    return int(found.scalar_one())


async def standing(
    session: AsyncSession, organisation_id: UUID, *, for_update: bool = False
) -> OrganisationMerge | None:
    """The merge of an organisation that was not undone."""
    statement = select(OrganisationMerge).where(
        col(OrganisationMerge.organisation_id) == organisation_id, col(OrganisationMerge.undone_at).is_(None)
    )
    return (await session.exec(statement.with_for_update() if for_update else statement)).one_or_none()


async def merged_into(session: AsyncSession, organisation: Organisation) -> OrganisationName | None:
    """As what a merged organisation goes on."""
    if organisation.merged_into_id is None:
        return None
    into = await session.get_one(Organisation, organisation.merged_into_id)
    return OrganisationName(id=into.id, names=into.names)


async def remaining(session: AsyncSession, organisation_id: UUID) -> UUID:
    """The organisation itself, or the last into which it went."""
    statement = text(
        "with recursive way as (select id, merged_into_id from organisation where id = :id"
        " union select o.id, o.merged_into_id from way join organisation o on o.id = way.merged_into_id)"
        " select id from way where merged_into_id is null"
    )
    found: UUID = (await (await session.connection()).execute(statement, {"id": organisation_id})).scalar_one()
    return found


async def is_tied(session: AsyncSession, principal_id: UUID, ids: Sequence[UUID]) -> bool:
    """Whether somebody has or had a role in one of the organisations, or another tie to it."""
    statement = select(Tie.id).where(col(Tie.principal_id) == principal_id, col(Tie.organisation_id).in_(ids)).limit(1)
    return (await session.exec(statement)).first() is not None


def _readable(caller: Caller) -> ColumnElement[bool]:
    """SQL over `organisation_merge`: for the people of both, their home's officers, and operators."""
    if caller.anonymous:
        return false()
    officers = core_select(col(Organisation.id)).where(
        col(Organisation.id) == col(OrganisationMerge.into_id), as_officer(caller)
    )
    return or_(
        granted(P.organisations_read, on=col(OrganisationMerge.into_id), caller=caller),
        granted(P.organisations_read, on=col(OrganisationMerge.organisation_id), caller=caller),
        granted(P.organisations_create, on=None, caller=caller),
        officers.correlate(OrganisationMerge).exists(),
    )


def _name(one: Any) -> Any:
    return json_object({"id": col(one.id), "names": col(one.names)})


_merged, _into = aliased(Organisation), aliased(Organisation)
MERGES = Listing(
    name="organisation_merges",
    item={
        "id": col(OrganisationMerge.id),
        "organisation": _name(_merged),
        "into": _name(_into),
        "reason": col(OrganisationMerge.reason),
        "created_at": col(OrganisationMerge.created_at),
        "undo_until": col(OrganisationMerge.created_at) + literal(TIME_TO_UNDO),
        "undone_at": col(OrganisationMerge.undone_at),
    },
    source=lambda select: select.select_from(OrganisationMerge),
    display=(
        Join(_merged, col(_merged.id) == col(OrganisationMerge.organisation_id)),
        Join(_into, col(_into.id) == col(OrganisationMerge.into_id)),
    ),
    readable=_readable,
    sorts={"-created_at": Sort((col(OrganisationMerge.created_at), col(OrganisationMerge.id)), descending=True)},
    filters={
        "organisation": Filter(
            by=lambda key: or_(col(OrganisationMerge.organisation_id) == key, col(OrganisationMerge.into_id) == key),
            type_=Uuid(),
        )
    },
)
