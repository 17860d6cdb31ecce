"""What people follow: they begin and end it themselves, and lose it with their account."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, func
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.calls.models import FundingCall
from puumerkki.identity.events import UserDisabled, UserErased
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.subjects import audiences_of, subject
from puumerkki.needs.models import Need
from puumerkki.networks.models.networks import Network
from puumerkki.notifications.errors import FollowsTooMuch
from puumerkki.notifications.models import Follow, FollowedKind
from puumerkki.notifications.schemas import MOST_FOLLOWED, FollowList, FollowPublic
from puumerkki.notifications.service.followers import readable, with_merged
from puumerkki.organisations.models.organisations import Organisation

_NAMES: Mapping[FollowedKind, tuple[Any, Any]] = {
    FollowedKind.funding_call: (col(FundingCall.id), col(FundingCall.names)),
    FollowedKind.need: (col(Need.id), func.jsonb_build_object(col(Need.language), col(Need.title))),
    FollowedKind.network: (col(Network.id), col(Network.names)),
    FollowedKind.organisation: (col(Organisation.id), col(Organisation.names)),
}


async def follow(session: AsyncSession, actor: Actor, kind: FollowedKind, id: UUID) -> None:
    """Follow what one may read. Again changes nothing."""
    actor.require_person()
    if await audiences_of(session, actor, subject(kind.value), id) is None:
        raise NotFound()
    person = actor.person_id()
    others = col(Follow.principal_id) == person, col(Follow.subject_id) != id
    if (await session.exec(select(func.count()).select_from(Follow).where(*others))).one() >= MOST_FOLLOWED:
        raise FollowsTooMuch()
    made = insert(Follow).values(
        id=new_id(), created_at=clock.now(), principal_id=person, subject_kind=kind, subject_id=id
    )
    await session.exec(made.on_conflict_do_nothing())


async def unfollow(session: AsyncSession, actor: Actor, kind: FollowedKind, id: UUID) -> None:
    """Follow it no longer, whether one may still read it or not. Again changes nothing."""
    actor.require_person()
    called = with_merged(bindparam("ids", [id], type_=ARRAY(Uuid())))
    mine = col(Follow.principal_id) == actor.person_id(), col(Follow.subject_kind) == kind
    await session.exec(delete(Follow).where(*mine, col(Follow.subject_id).in_(core_select(called.c.id))))


async def followed_by(session: AsyncSession, actor: Actor) -> FollowList:
    """What somebody follows, the latest first; of a funder that was merged into another, that one."""
    mine = col(Follow.principal_id) == actor.person_id()
    rows = (await session.exec(select(Follow).where(mine).order_by(col(Follow.id).desc()))).all()
    becomes = await _merged(session, {one.subject_id for one in rows})
    found = list(dict.fromkeys((one.subject_kind, becomes.get(one.subject_id, one.subject_id)) for one in rows))
    names = await names_of(session, actor, found)
    return FollowList(items=[FollowPublic(kind=kind, id=key, names=names.get(key)) for kind, key in found])


async def names_of(
    session: AsyncSession, caller: Caller, things: Sequence[tuple[FollowedKind, UUID]]
) -> dict[UUID, dict[str, str]]:
    """What these are called, as far as the caller may read them."""
    by_kind: dict[FollowedKind, set[UUID]] = defaultdict(set)
    for kind, key in things:
        by_kind[kind].add(key)
    names: dict[UUID, dict[str, str]] = {}
    for kind, ids in by_kind.items():
        seen = await readable(session, caller, kind, ids)
        key, called = _NAMES[kind]
        rows = await (await session.connection()).execute(core_select(key, called).where(key.in_(seen)))
        names |= {one: dict(name) for one, name in rows}
    return names


async def _merged(session: AsyncSession, ids: set[UUID]) -> dict[UUID, UUID]:
    """Of those that were merged into others, as which organisation they go on."""
    found: dict[UUID, UUID] = {}
    asked = ids
    while asked:
        rows = await session.exec(
            select(Organisation.id, Organisation.merged_into_id).where(
                col(Organisation.id).in_(asked), col(Organisation.merged_into_id).is_not(None)
            )
        )
        into = {one: other for one, other in rows if other is not None}
        found |= into
        asked = set(into.values())
    return {one: _last(found, one) for one in ids & found.keys()}


def _last(into: dict[UUID, UUID], one: UUID) -> UUID:
    return _last(into, into[one]) if one in into else one


async def drop_follows(session: AsyncSession, event: UserDisabled | UserErased) -> None:
    """Whoever closes or erases their account follows nothing any more."""
    await session.exec(delete(Follow).where(col(Follow.principal_id) == event.subject.id))
