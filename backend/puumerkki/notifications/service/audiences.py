"""Who is told of events: asked when the notice is written, and again when a mail of it leaves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, any_, bindparam, cast, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventPosition, EventRow, Tier
from puumerkki.kernel.reads.statements import Statement
from puumerkki.kernel.subjects import subjects
from puumerkki.kernel.tells import NAMED, PEOPLE, PERSON, PLATFORM, RELATED, SCOPE, Silent, Tell
from puumerkki.notifications.service.followers import Following, followers
from puumerkki.notifications.told import side_of, told_of

_IDS = bindparam("ids", None, type_=ARRAY(Uuid()))
_HERE = "here"
"""In place of a tier: whoever may know of the subject."""
Audience = Mapping[int, Mapping[UUID, Tell]]
"""By position of an event: who is told, and as whom."""


@dataclass(frozen=True)
class Happened:
    """An event of the feed, as far as telling it needs to know."""

    position: int
    type: str
    tier: Tier
    subject_kind: str
    subject_id: UUID
    related: tuple[UUID, ...]
    data: Mapping[str, Any]
    actor_id: UUID | None
    occurred_at: datetime

    def named(self, name: str) -> UUID | None:
        """An id that its data holds."""
        found = self.data.get(name)
        return None if found is None else UUID(found)

    def people(self, name: str) -> tuple[UUID, ...]:
        """The ids of people that its data holds."""
        return tuple(UUID(one) for one in self.data.get(name) or ())


async def happened(session: AsyncSession, *, after: int, limit: int) -> list[Happened]:
    """The next events of the feed."""
    return await _events(session, col(EventPosition.position) > after, limit)


async def happened_at(session: AsyncSession, positions: Iterable[int]) -> list[Happened]:
    """The events at these positions, as far as they are kept."""
    return await _events(session, col(EventPosition.position).in_(sorted(set(positions))), None)


async def _events(session: AsyncSession, which: Any, limit: int | None) -> list[Happened]:
    found = await session.exec(
        select(EventPosition.position, EventRow)
        .join(
            EventRow,
            (col(EventRow.id) == col(EventPosition.event_id))
            & (col(EventRow.occurred_at) == col(EventPosition.occurred_at)),
        )
        .where(which)
        .order_by(col(EventPosition.position))
        .limit(limit)
    )
    return [
        Happened(
            position,
            row.type,
            Tier(row.tier),
            row.subject_kind,
            row.subject_id,
            tuple(row.related),
            row.data,
            row.actor_id,
            row.occurred_at,
        )
        for position, row in found
    ]


async def audience(session: AsyncSession, events: Sequence[Happened], *, among: UUID | None = None) -> Audience:
    """Whom each event is told now: not who did it, nor who may not read it. `among`: only they are asked about."""
    spoken = [(one, told) for one in events if not isinstance(told := told_of(one.type), Silent)]
    around = await _around(session, [(event, tell) for event, told in spoken for tell in told])
    scopes = {scope for found in around.values() for scope in found}
    named = [one for event, _ in spoken for one in (_person(event), *event.people("principal_ids"))]
    persons = {one for one in named if one is not None}
    holders, active = await _holders(session, scopes, persons, among)
    followed = {
        thing
        for event, told in spoken
        for tell in told
        if tell.followers
        for thing in around.get((event.position, tell.side), ())
    }
    following = await followers(session, followed, among=among)
    found: dict[int, dict[UUID, Tell]] = {}
    for event, told in spoken:
        people: dict[UUID, Tell] = {}
        otherwise = {event.actor_id, *event.people("mentioned")}
        if event.data.get("by_consent"):
            otherwise.add(_person(event))
        for tell in told:
            for person in _reached(event, tell, around, holders, active, following):
                if person not in otherwise or (person == event.actor_id and tell.receipt):
                    people.setdefault(person, tell)
        found[event.position] = people
    return await _readable(session, events, found)


def _person(event: Happened) -> UUID | None:
    return event.subject_id if event.subject_kind == "user" else event.named("principal_id")


_Around = Mapping[tuple[int, str], frozenset[UUID | None]]


def _reached(
    event: Happened,
    tell: Tell,
    around: _Around,
    holders: Mapping[tuple[UUID | None, str], set[UUID]],
    active: frozenset[UUID],
    following: Following,
) -> set[UUID]:
    if tell.side == PEOPLE:
        return set(active.intersection(event.people("principal_ids")))
    if tell.side == PERSON:
        person = _person(event)
        return {person} & active if person is not None else set()
    scopes = around.get((event.position, tell.side), frozenset())
    if tell.followers:
        return {who for one in scopes for who in following.get(one, ())}
    return {who for scope in scopes for role in tell.roles for who in holders.get((scope, role), ())}


async def _around(session: AsyncSession, spoken: Iterable[tuple[Happened, Tell]]) -> _Around:
    """By position and side, its organisations and networks; None is the platform."""
    found: dict[tuple[int, str], frozenset[UUID | None]] = {}
    asked: dict[tuple[str, str], list[Happened]] = defaultdict(list)
    for event, tell in spoken:
        key = event.position, tell.side
        if tell.side == PLATFORM:
            found[key] = frozenset({None})
        elif tell.side == SCOPE:
            found[key] = frozenset({event.subject_id})
        elif tell.side == RELATED:
            found[key] = frozenset(event.related)
        elif tell.side == NAMED:
            found[key] = frozenset({event.named("organisation_id")} - {None})
        elif tell.side not in (PERSON, PEOPLE):
            asked[event.subject_kind, tell.side].append(event)
    for (kind, name), events in asked.items():
        for position, scopes in (await _sides(session, kind, name, events)).items():
            found[position, name] = scopes
    return found


async def sides(session: AsyncSession, name: str, events: Sequence[Happened]) -> dict[int, frozenset[UUID | None]]:
    """By position, the scopes on one side of the events' subjects, where those have it."""
    found: dict[int, frozenset[UUID | None]] = {}
    for kind in {one.subject_kind for one in events}:
        found |= await _sides(session, kind, name, [one for one in events if one.subject_kind == kind])
    return found


async def _sides(
    session: AsyncSession, kind: str, name: str, events: Iterable[Happened]
) -> dict[int, frozenset[UUID | None]]:
    if side_of(kind, name) is None:
        return {}
    ids = sorted({one.subject_id for one in events})
    scopes: dict[UUID, set[UUID | None]] = defaultdict(set)
    for subject_id, scope in await _side_statement(kind, name).fetch_all(session, ids=ids):
        scopes[subject_id].add(scope)
    return {one.position: frozenset(scopes.get(one.subject_id, ())) for one in events}


@cache
def _side_statement(kind: str, name: str) -> Statement:
    def build() -> Select[Any]:
        side = side_of(kind, name)
        assert side is not None
        rows = side(_IDS).subquery()
        return core_select(rows.c.id, rows.c.scope_id)

    return Statement(build)


async def _holders(
    session: AsyncSession, scopes: set[UUID | None], persons: set[UUID], among: UUID | None
) -> tuple[dict[tuple[UUID | None, str], set[UUID]], frozenset[UUID]]:
    """Active people by scope and role, and which of the persons are active."""
    here = col(RoleGrant.scope_id).in_([one for one in scopes if one is not None])
    found = await session.exec(
        select(RoleGrant.scope_id, RoleGrant.role, RoleGrant.principal_id)
        .join(User, col(User.id) == col(RoleGrant.principal_id))
        .where(
            or_(here, col(RoleGrant.scope_id).is_(None)) if None in scopes else here,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
            col(User.state) == UserState.active,
            *(() if among is None else (col(RoleGrant.principal_id) == among,)),
        )
    )
    holders: dict[tuple[UUID | None, str], set[UUID]] = defaultdict(set)
    for scope, role, who in found:
        holders[scope, role].add(who)
    concerned = persons if among is None else persons & {among}
    active = await session.exec(select(User.id).where(col(User.id).in_(concerned), col(User.state) == UserState.active))
    return holders, frozenset(active)


async def _readable(
    session: AsyncSession, events: Sequence[Happened], found: Mapping[int, Mapping[UUID, Tell]]
) -> Audience:
    """Without those who may not read what they would be told of."""
    by_position = {one.position: one for one in events}
    asked: dict[tuple[UUID, str, str], set[UUID]] = defaultdict(set)
    for position, people in found.items():
        event = by_position[position]
        for person, tell in people.items():
            if (tier := needed(event.tier, tell)) is not None:
                asked[person, event.subject_kind, tier].add(event.subject_id)
    read: dict[tuple[UUID, str, str], frozenset[UUID]] = {}
    for (person, kind, tier), ids in asked.items():
        read[person, kind, tier] = await _reads(session, person, kind, tier, ids)
    return {
        position: {
            person: tell
            for person, tell in people.items()
            if (tier := needed(by_position[position].tier, tell)) is None
            or by_position[position].subject_id in read[person, by_position[position].subject_kind, tier]
        }
        for position, people in found.items()
    }


def needed(tier: Tier, tell: Tell) -> str | None:
    """Of which tier somebody must be to be told; None where nothing is asked."""
    if tell.addressed:
        return None if tell.side == PERSON else _HERE
    return None if tier == Tier.public else tier.value


async def _reads(session: AsyncSession, person: UUID, kind: str, tier: str, ids: set[UUID]) -> frozenset[UUID]:
    known = subjects().get(kind)
    if known is None or (tier != _HERE and tier not in known.audiences):
        return frozenset()
    caller = Caller(id=person, kind=PrincipalKind.user)
    found = await _reading(kind, tier).fetch_all(session, ids=sorted(ids), **caller.params())
    return frozenset(one for (one,) in found)


@cache
def _reading(kind: str, tier: str) -> Statement:
    def build() -> Select[Any]:
        caller = Caller(id=UUID(int=0), kind=PrincipalKind.user)
        known = subjects()[kind]
        if tier == _HERE:
            ids = known.readable(caller)
            return ids.where(next(iter(ids.selected_columns)) == any_(_IDS))
        each = func.unnest(_IDS).table_valued("id").render_derived()
        return core_select(each.c.id).where(known.audiences[tier](cast(each.c.id, Uuid()), caller))

    return Statement(build)
