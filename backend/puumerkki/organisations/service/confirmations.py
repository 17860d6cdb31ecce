"""An organisation that somebody adds is unconfirmed until somebody else says that it is what it says.

Confirmed, it stays so: what read it as unconfirmed a moment before was stricter, never laxer.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.organisations.authority_names import holds_authority_word
from puumerkki.organisations.errors import organisations as errors
from puumerkki.organisations.events import organisations as events
from puumerkki.organisations.models.organisations import (
    ConfirmationRequest,
    ConfirmationSource,
    Organisation,
    OrganisationState,
)
from puumerkki.organisations.queries import confirmations as queries
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.confirmations import ConfirmationPublic
from puumerkki.organisations.schemas.organisations import OrganisationName
from puumerkki.organisations.service import confirmation_mails as mails
from puumerkki.organisations.service import history
from puumerkki.organisations.service.namesakes import as_namesake
from puumerkki.organisations.service.rights import is_operator, require_update

MOST_WAITING = 10
"""So many unconfirmed organisations one person has at most."""


async def begin(session: AsyncSession, *, actor: Actor, made: Organisation, for_others: bool) -> None:
    """Note who added it. What an operator adds, or an officer of its home for others, is confirmed."""
    made.added_by = actor.person_id()
    if is_operator(actor):
        _confirmed(made, actor, ConfirmationSource.operator)
        return
    if for_others:
        if not any(actor.may(P.organisations_confirm, one.id) for one in await queries.homes(session, made)):
            message = "Only an officer of the organisation's home municipality adds it for others."
            raise invalid("/for_others", "not_your_municipality", message)
        if await holds_authority_word(session, made.names):
            raise errors.OperatorConfirms()
        _confirmed(made, actor, ConfirmationSource.officer)
        return
    waiting = select(func.count()).where(
        col(Organisation.added_by) == actor.id,
        col(Organisation.confirmed_at).is_(None),
        col(Organisation.state) == OrganisationState.active,
        col(Organisation.id) != made.id,
    )
    if (await session.exec(waiting)).one() >= MOST_WAITING:
        raise errors.TooManyUnconfirmed()


async def ask(session: AsyncSession, *, actor: Actor, organisation: Organisation) -> None:
    """Ask whoever can confirm it; they have a task, and are written to."""
    made = ConfirmationRequest(
        organisation_id=organisation.id,
        asked_by=actor.person_id(),
        for_operator=await holds_authority_word(session, organisation.names),
    )
    session.add(made)
    await session.flush()
    await mails.ask(session, organisation, made)
    await publish(session, events.ConfirmationAsked(subject=_ref(organisation)), actor_id=actor.id)


async def ask_again(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None
) -> Organisation:
    """After a refusal: its people have corrected it, or say more."""
    found = await readable_organisation(session, actor, organisation_id, for_update=True)
    require_update(actor, found.id)
    require_version(found, if_version)
    _require_waiting(found)
    if await queries.open_request(session, found.id) is not None:
        raise errors.ConfirmationAsked()
    touch(found)
    await ask(session, actor=actor, organisation=found)
    return found


async def changed(session: AsyncSession, *, organisation: Organisation, fields: tuple[str, ...]) -> None:
    """What was asked follows the name and the home: other officers, or operators only. Hold its lock."""
    if organisation.confirmed_at is not None or not {"names", "home_municipality_code"} & set(fields):
        return
    request = await queries.open_request(session, organisation.id, for_update=True)
    if request is None:
        return
    only_before = request.for_operator
    request.for_operator = await holds_authority_word(session, organisation.names)
    await session.flush()
    if "home_municipality_code" in fields or request.for_operator != only_before:
        await mails.ask(session, organisation, request)


async def confirm(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None
) -> Organisation:
    """Somebody with no part in it says that the organisation is what it says."""
    found, request, source = await _answered(session, actor, organisation_id, if_version)
    request.answered_at, request.answered_by = clock.now(), actor.id
    _confirmed(found, actor, source)
    await session.flush()
    confirmed = events.OrganisationConfirmed(subject=_ref(found), changed=("confirmed_at",), source=source)
    await publish(session, confirmed, actor_id=actor.id)
    await history.remember(session, organisation=found, changed_by=actor.id)
    await mails.tell(session, found, request)
    return found


async def refuse(
    session: AsyncSession, *, actor: Actor, organisation_id: UUID, if_version: int | None, reason: str
) -> Organisation:
    """Not as it is now, and why: its people may correct it and ask again."""
    found, request, _ = await _answered(session, actor, organisation_id, if_version)
    request.answered_at, request.answered_by, request.reason = clock.now(), actor.id, reason
    touch(found)
    await session.flush()
    await publish(session, events.ConfirmationRefused(subject=_ref(found)), actor_id=actor.id)
    await mails.tell(session, found, request)
    return found


async def confirmation_status(session: AsyncSession, *, actor: Actor, organisation_id: UUID) -> ConfirmationPublic:
    """How it stands, for its people and for who can confirm it."""
    found = await readable_organisation(session, actor, organisation_id)
    own = actor.may(P.organisations_read, found.id) or actor.id == found.added_by
    if found.confirmed_at is not None:
        raise errors.OrganisationConfirmed()
    source = None if own else await _capacity(session, actor, found)
    request = await queries.open_request(session, found.id)
    refused = await queries.last_refusal(session, found.id)
    for_operator = await holds_authority_word(session, found.names)
    officers = not for_operator and await queries.has_officer(session, found.id)
    homes = await queries.homes(session, found) if officers else []
    adder = await session.get(User, found.added_by) if found.added_by else None
    return ConfirmationPublic(
        asked_at=request.created_at if request else None,
        operators_from=_operators_from(request, bool(homes)),
        confirm_by=clock.day_of(request.created_at + queries.OFFICERS_DAYS) if request else None,
        for_operator=for_operator,
        officers_of=OrganisationName.model_validate(homes[0]) if homes else None,
        added_at=found.created_at,
        added_by=adder.name if adder else None,
        refused_at=refused.answered_at if refused else None,
        reason=refused.reason if refused else None,
        namesakes=[as_namesake(one) for one in await queries.namesakes(session, found.name_keys, without=[found.id])],
        may_confirm=request is not None
        and (source is ConfirmationSource.operator or (source is not None and not request.for_operator))
        and not await _is_part(session, actor, found),
        may_ask=request is None and (is_operator(actor) or actor.may(P.organisations_update, found.id)),
    )


def _operators_from(request: ConfirmationRequest | None, officers: bool) -> datetime | None:
    if request is None:
        return None
    return request.created_at + queries.OFFICERS_DAYS if officers else request.created_at


async def _answered(
    session: AsyncSession, actor: Actor, organisation_id: UUID, if_version: int | None
) -> tuple[Organisation, ConfirmationRequest, ConfirmationSource]:
    """What is answered, locked, and as who the actor answers."""
    found = await readable_organisation(session, actor, organisation_id, for_update=True)
    if await _is_part(session, actor, found):
        raise errors.ConfirmsOwn()
    source = await _capacity(session, actor, found)
    if source is None:
        raise actor.refusal(P.organisations_confirm)
    require_version(found, if_version)
    _require_waiting(found)
    request = await queries.open_request(session, found.id, for_update=True)
    if request is None:
        raise errors.ConfirmationNotAsked()
    if source is not ConfirmationSource.operator and await holds_authority_word(session, found.names):
        raise errors.OperatorConfirms()
    return found, request, source


async def _capacity(session: AsyncSession, actor: Actor, organisation: Organisation) -> ConfirmationSource | None:
    if is_operator(actor):
        return ConfirmationSource.operator
    if any(actor.may(P.organisations_confirm, one.id) for one in await queries.homes(session, organisation)):
        return ConfirmationSource.officer
    if await queries.leads_where_it_comes(session, actor, organisation.id):
        return ConfirmationSource.coordinator
    return None


async def _is_part(session: AsyncSession, actor: Actor, organisation: Organisation) -> bool:
    """Whether it is theirs, or of an account that they made. Operators make accounts for everybody."""
    if is_operator(actor):
        return await queries.takes_part(session, actor.person_id(), organisation.id)
    return await queries.is_of_making(session, actor, organisation.id)


def _require_waiting(organisation: Organisation) -> None:
    if organisation.confirmed_at is not None:
        raise errors.OrganisationConfirmed()
    if organisation.state != OrganisationState.active:
        raise errors.OrganisationArchived()


def _confirmed(organisation: Organisation, actor: Actor, source: ConfirmationSource) -> None:
    organisation.confirmed_at, organisation.confirmed_by, organisation.source = clock.now(), actor.id, source


def _ref(organisation: Organisation) -> Ref:
    return Ref("organisation", organisation.id)
