"""How somebody wants to be told: by rows, and otherwise in one network, of one organisation or of one thing."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.roles import ScopeKind
from puumerkki.identity.models import User, UserState
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.subjects import audiences_of, subject, subjects
from puumerkki.kernel.tells import NoticeRow
from puumerkki.networks.models.networks import Network
from puumerkki.notifications import unsubscribing
from puumerkki.notifications.models import Channel, NoticeChoice, NoticeException
from puumerkki.notifications.schemas import (
    NoticeChoicePublic,
    NoticeChoices,
    NoticeChoiceSet,
    NoticeExceptionPublic,
)
from puumerkki.notifications.service.channels import CHANNELS, LEADERS, LOCKED, default_of, wishes
from puumerkki.notifications.service.weekdays import is_chosen, weekdays_only
from puumerkki.organisations.models.organisations import Organisation

_WHERE = (ScopeKind.network, ScopeKind.organisation)


async def choices_of(session: AsyncSession, person: UUID) -> NoticeChoices:
    """How somebody is told, row by row, and what they chose otherwise for."""
    chosen = (await wishes(session, [person]))[person]
    held = (await session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == person))).all()
    leads = any(one.role in LEADERS for one in held)
    rows = [
        NoticeChoicePublic(
            row=row,
            channel=chosen.rows.get(row, default_of(row, leads=leads)),
            is_default=row not in chosen.rows,
            is_locked=row in LOCKED,
            channels=list(CHANNELS[row]),
        )
        for row in NoticeRow
    ]
    here = {one.scope_id: one.scope_kind.value for one in held if one.scope_kind in _WHERE and one.scope_id}
    return NoticeChoices(
        items=rows,
        exceptions=await _exceptions(session, person, here),
        weekdays_only=await weekdays_only(session, person),
        weekdays_by_default=not await is_chosen(session, person),
    )


async def _exceptions(session: AsyncSession, person: UUID, here: dict[UUID, str]) -> list[NoticeExceptionPublic]:
    """The networks and organisations in which they act, and what else they chose for, by name."""
    found = await session.exec(select(NoticeException).where(col(NoticeException.principal_id) == person))
    chosen = {one.subject_id: one for one in found}
    kinds = here | {one.subject_id: one.subject_kind for one in chosen.values()}
    ids = list(kinds)
    named: dict[UUID, dict[str, str]] = {}
    for network in await session.exec(select(Network).where(col(Network.id).in_(ids))):
        named[network.id] = network.names
    for organisation in await session.exec(select(Organisation).where(col(Organisation.id).in_(ids))):
        named[organisation.id] = organisation.names
    shown = []
    for key, kind in kinds.items():
        names = named.get(key) or await _title(session, person, kind, key)
        one = chosen.get(key)
        shown.append(
            NoticeExceptionPublic(kind=kind, id=key, names=names, channel=None if one is None else one.channel)
        )
    return sorted(shown, key=lambda each: (each.kind, sorted(named.get(each.id, {}).items()), each.id))


async def _title(session: AsyncSession, person: UUID, kind: str, key: UUID) -> dict[str, str] | None:
    """What a thing is called, for somebody who may know of it."""
    known, caller = subjects().get(kind), Caller(id=person, kind=PrincipalKind.user)
    if known is None or await audiences_of(session, caller, known, key) is None:
        return None
    if known.title is not None:
        return await known.title(session, key)
    if known.title_sql is None:
        return None
    asked = core_select(known.title_sql(bindparam("subject_id", key, type_=Uuid())))
    found = (await (await session.connection()).execute(asked)).scalar()
    return dict(found) if found else None


async def choose(session: AsyncSession, actor: Actor, row: NoticeRow, given: NoticeChoiceSet) -> UUID:
    """Choose how one is told of what belongs to a row, or leave it to the defaults again."""
    actor.require_person()
    person = actor.person_id()
    if given.channel is None:
        mine = (col(NoticeChoice.principal_id) == person, col(NoticeChoice.row) == row)
        await session.exec(delete(NoticeChoice).where(*mine))
        return person
    if given.channel not in CHANNELS[row] or row in LOCKED:
        raise invalid("/channel", "enum", "This cannot be chosen here. Choose one that is offered.")
    await _keep(session, person, row, given.channel)
    return person


async def except_(session: AsyncSession, actor: Actor, kind: str, id: UUID, given: NoticeChoiceSet) -> UUID:
    """Choose how one is told of what happens in a network or organisation, or on one thing; null ends it."""
    actor.require_person()
    person = actor.person_id()
    if given.channel is None:
        mine = (col(NoticeException.principal_id) == person, col(NoticeException.subject_id) == id)
        await session.exec(delete(NoticeException).where(*mine))
        return person
    if await audiences_of(session, actor, subject(kind), id) is None:
        raise NotFound()
    made = insert(NoticeException).values(principal_id=person, subject_id=id, subject_kind=kind, channel=given.channel)
    await session.exec(
        made.on_conflict_do_update(index_elements=["principal_id", "subject_id"], set_={"channel": given.channel})
    )
    return person


async def unsubscribe(session: AsyncSession, token: str) -> None:
    """Mail somebody no more of what happens: the link of a mail (RFC 8058). Again changes nothing."""
    person = unsubscribing.person_of(token)
    user = None if person is None else await session.get(User, person)
    if user is None or user.state != UserState.active:
        raise NotFound()
    await _keep(session, user.id, NoticeRow.events, Channel.bell)


async def _keep(session: AsyncSession, person: UUID, row: NoticeRow, channel: Channel) -> None:
    chosen = insert(NoticeChoice).values(principal_id=person, row=row, channel=channel)
    await session.exec(chosen.on_conflict_do_update(index_elements=["principal_id", "row"], set_={"channel": channel}))
