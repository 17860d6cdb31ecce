"""Who follows something, and may read it at that moment."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, any_, bindparam, column, func
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import ANONYMOUS, Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.identity.models import User, UserState
from puumerkki.kernel.reads.statements import Statement
from puumerkki.kernel.subjects import subjects
from puumerkki.notifications.models import Follow, FollowedKind
from puumerkki.organisations.models.organisations import Organisation

_IDS = bindparam("ids", None, type_=ARRAY(Uuid()))
_WHO = bindparam("who", None, type_=Uuid())
Following = Mapping[UUID | None, Collection[UUID]]
"""By what is followed, the people who follow it."""


async def followers(session: AsyncSession, things: Collection[UUID | None], *, among: UUID | None = None) -> Following:
    """The active people who follow these things and may read them now. `among`: only they are asked about."""
    ids = sorted(one for one in things if one is not None)
    if not ids:
        return {}
    found: dict[tuple[FollowedKind, UUID], set[UUID]] = defaultdict(set)
    for kind, thing, person in await _following(among is not None).fetch_all(session, ids=ids, who=among):
        found[FollowedKind(kind), thing].add(person)
    by_kind: dict[FollowedKind, set[UUID]] = defaultdict(set)
    for kind, thing in found:
        by_kind[kind].add(thing)
    reading: dict[UUID | None, set[UUID]] = defaultdict(set)
    for kind, of_kind in by_kind.items():
        public = await readable(session, ANONYMOUS, kind, of_kind)
        asked: dict[UUID, set[UUID]] = defaultdict(set)
        for thing in of_kind:
            for person in found[kind, thing]:
                if thing in public:
                    reading[thing].add(person)
                else:
                    asked[person].add(thing)
        for person, some in asked.items():
            for thing in await readable(session, Caller(id=person, kind=PrincipalKind.user), kind, some):
                reading[thing].add(person)
    return reading


async def readable(session: AsyncSession, caller: Caller, kind: FollowedKind, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the things of one kind that the caller may read."""
    found = await _readable(kind, caller.anonymous).fetch_all(session, ids=sorted(ids), **caller.params())
    return frozenset(one for (one,) in found)


@cache
def _readable(kind: FollowedKind, anonymous: bool) -> Statement:
    def build() -> Select[Any]:
        caller = ANONYMOUS if anonymous else Caller(id=UUID(int=0), kind=PrincipalKind.user)
        ids = subjects()[kind.value].readable(caller)
        return ids.where(next(iter(ids.selected_columns)) == any_(_IDS))

    return Statement(build)


@cache
def _following(of_one: bool) -> Statement:
    def build() -> Select[Any]:
        called = with_merged(_IDS)
        found = (
            core_select(col(Follow.subject_kind), called.c.named, col(Follow.principal_id))
            .distinct()
            .join(called, called.c.id == col(Follow.subject_id))
            .join(User, col(User.id) == col(Follow.principal_id))
            .where(col(User.state) == UserState.active)
        )
        return found.where(col(Follow.principal_id) == _WHO) if of_one else found

    return Statement(build)


def with_merged(ids: Any) -> Any:
    """SQL: each id as `named`, with itself and the organisations that were merged into it as `id`."""
    each = func.unnest(ids).table_valued(column("id", Uuid())).render_derived()
    called = core_select(each.c.id.label("named"), each.c.id.label("id")).cte("called", recursive=True)
    merged = core_select(called.c.named, col(Organisation.id)).join(
        called, called.c.id == col(Organisation.merged_into_id)
    )
    return called.union(merged)
