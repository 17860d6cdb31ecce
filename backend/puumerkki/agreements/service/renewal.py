"""Renews agreements, and moves them through the states that the clock sets."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements import duty_schedule, events
from puumerkki.agreements.models import RUNNING, Agreement, AgreementState, AgreementVersion, DutyKind
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.schemas.agreements import (
    AgreementContact,
    AgreementContent,
    AgreementCreate,
    AgreementRenewal,
)
from puumerkki.agreements.service import drafting, duties
from puumerkki.agreements.workflow import AGREEMENT, ForParties
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.errors import Forbidden


async def renew(session: AsyncSession, *, actor: Actor, agreement_id: UUID, given: AgreementRenewal) -> Agreement:
    """Draft an agreement that continues one in force, with the same content and its years moved on."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_write)
    facts = await drafting.facts_of(session, actor, found, ids)
    acting = ForParties(actor, found.id, ids)
    AGREEMENT.check("renew", found, actor=acting, facts=facts)
    drafter = given.organisation_id
    if drafter not in ids or not actor.may(P.agreements_write, drafter):
        raise Forbidden(permission=P.agreements_write.value)
    version = await queries.version(session, found.id, found.version_in_force)
    starts_on = given.starts_on or version.ends_on + timedelta(days=1)
    ends_on = given.ends_on or _as_long(version, starts_on)
    AGREEMENT.apply("renew", found, actor=acting, facts=facts, target=found.state)
    made = await drafting.draft(
        session,
        actor=actor,
        given=AgreementCreate(
            kind=found.kind,
            title=version.title,
            language=found.language,
            organisation_id=drafter,
            party_ids=[one for one in ids if one != drafter],
            starts_on=starts_on,
            ends_on=ends_on,
            content=_moved(version.content, starts_on.year - version.starts_on.year),
            contacts=[AgreementContact.model_validate(one) for one in found.private.get("contacts", [])],
        ),
    )
    made.renews_id = found.id
    await duties.settle(session, found.id, DutyKind.renewal, drafter, version.ends_on.year, actor.id)
    return made


def _as_long(version: AgreementVersion, starts_on: date) -> date:
    """The last day of a period as long as the one before: as many months where it ends with a month."""
    after = version.ends_on + timedelta(days=1)
    if after.day != version.starts_on.day:
        return starts_on + (version.ends_on - version.starts_on)
    months = (after.year - version.starts_on.year) * 12 + after.month - version.starts_on.month
    return duty_schedule.before(starts_on, -months) - timedelta(days=1)


def _moved(content: dict[str, object], years: int) -> AgreementContent:
    moved = AgreementContent.model_validate(content)
    for one in moved.contributions or []:
        if one.year is not None:
            one.year += years
    return AgreementContent.model_validate(moved.model_dump(exclude_unset=True))


def begun(version: AgreementVersion) -> AgreementState:
    """The state of an agreement that all have signed: in force from its first day on, signed before."""
    return AgreementState.signed if version.starts_on > clock.today() else AgreementState.in_force


def bring_into_force(agreement: Agreement, version: AgreementVersion, signed_on: date) -> AgreementState:
    """All have signed a version, the last one on a day: it binds them; the state that follows."""
    agreement.version_in_force, agreement.sort_key = version.number, sort_key(version.title)
    agreement.in_force_on = agreement.in_force_on or max(signed_on, version.starts_on)
    return begun(version)


async def tell_hold(session: AsyncSession, actor: Actor | None, agreement: Agreement, ids: Sequence[UUID]) -> None:
    """Publish that all have signed: the agreement has come into force, or begins later."""
    later = agreement.state == AgreementState.signed
    told = events.AgreementSignedByAll if later else events.AgreementCameIntoForce
    await drafting.tell(session, actor, agreement, told, ids)


async def begin_due(session: AsyncSession) -> int:
    """Bring signed agreements into force on their first day; gives how many."""
    due = await session.exec(
        select(Agreement)
        .join(AgreementVersion, queries.in_force())
        .where(col(Agreement.state) == AgreementState.signed, col(AgreementVersion.starts_on) <= clock.today())
        .with_for_update(of=Agreement, skip_locked=True)
    )
    beginning = due.all()
    for one in beginning:
        AGREEMENT.apply("begin", one, actor=None)
        await tell_hold(session, None, one, await queries.party_ids(session, one.id))
    return len(beginning)


async def came_into_force(session: AsyncSession, agreement: Agreement, actor_id: UUID | None) -> None:
    """The duties of what holds from now on; whoever has still to decide on the one before need not any more."""
    version = await queries.version(session, agreement.id, agreement.version_in_force)
    await session.flush()
    await duties.plan_duties(session, agreement, version)
    if agreement.renews_id is None:
        return
    former = await session.get_one(Agreement, agreement.renews_id)
    signed = await queries.version(session, former.id, former.version_in_force)
    for party in await queries.party_ids(session, former.id):
        await duties.settle(session, former.id, DutyKind.renewal, party, signed.ends_on.year, actor_id)


async def expire_due(session: AsyncSession) -> int:
    """Set agreements that are in their last six months to expiring; gives how many."""
    due = await session.exec(
        select(Agreement)
        .join(AgreementVersion, queries.in_force())
        .where(
            col(Agreement.state) == AgreementState.in_force,
            col(AgreementVersion.ends_on) - text(f"interval '{duty_schedule.EXPIRING_MONTHS} months'") <= clock.today(),
        )
        .with_for_update(of=Agreement, skip_locked=True)
    )
    expiring = due.all()
    for one in expiring:
        AGREEMENT.apply("expire", one, actor=None)
        await duties.plan_duties(session, one, await queries.version(session, one.id, one.version_in_force))
        await drafting.tell(session, None, one, events.AgreementExpiring, await queries.party_ids(session, one.id))
    return len(expiring)


async def end_due(session: AsyncSession) -> int:
    """End agreements whose last day has passed; gives how many."""
    due = await session.exec(
        select(Agreement, col(AgreementVersion.ends_on))
        .join(AgreementVersion, queries.in_force())
        .where(col(Agreement.state).in_(RUNNING), col(AgreementVersion.ends_on) < clock.today())
        .with_for_update(of=Agreement, skip_locked=True)
    )
    ended = due.all()
    for one, ends_on in ended:
        renewed = await queries.is_renewed(session, one.id)
        target = AgreementState.renewed if renewed else AgreementState.ended
        AGREEMENT.apply("end", one, actor=None, target=target)
        await duties.drop_duties(session, one, ends_on)
        told = events.AgreementRenewed if renewed else events.AgreementEnded
        await drafting.tell(session, None, one, told, await queries.party_ids(session, one.id))
    return len(ended)
