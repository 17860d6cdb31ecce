"""Plans the duties of an agreement that comes into force, completes them, and drops them when it ends."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements import duty_schedule, events
from puumerkki.agreements.models import (
    RUNNING,
    Agreement,
    AgreementDuty,
    AgreementVersion,
    DutyKind,
    DutyState,
)
from puumerkki.agreements.queries import agreements, contacts
from puumerkki.agreements.queries import duties as queries
from puumerkki.agreements.queries.party_rows import stands_for
from puumerkki.agreements.renaming import renamed
from puumerkki.agreements.workflow import AGREEMENT, DUTY, DutyFacts, action_of
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.kernel.workflow import AvailableAction

SOON = timedelta(days=14)
"""How long what has to be done again takes."""


async def plan_duties(session: AsyncSession, agreement: Agreement, version: AgreementVersion) -> None:
    """Bring the duties into line with the version in force; what is done stays done."""
    assert agreement.in_force_on is not None
    today, first = clock.today(), agreement.in_force_on
    parties = await agreements.party_ids(session, agreement.id)
    content = renamed(version.content, await stands_for(session, agreement.id))
    wanted = {
        one.key: one
        for one in duty_schedule.duties(
            content, parties, starts_on=version.starts_on, ends_on=version.ends_on, in_force_on=first
        )
    }
    known = {
        (one.kind, one.organisation_id, one.year, one.report_name): one
        for one in await queries.duties(session, agreement.id)
    }
    for key, due in wanted.items():
        row = known.get(key)
        if row is None and (due.due_on >= today or first == today):
            row = AgreementDuty(agreement_id=agreement.id, **vars(due))
            session.add(row)
            schedule(row)
        elif row is not None and row.state == DutyState.dropped and due.due_on >= today:
            DUTY.apply("reopen", row, actor=None)
            _move(row, due.opens_on, due.due_on)
        elif row is not None and row.state == DutyState.open and row.due_on != due.due_on:
            _move(row, due.opens_on, max(due.due_on, min(row.due_on, today + duty_schedule.GRACE)))
    for key, row in known.items():
        if key not in wanted and row.state == DutyState.open and not _of_a_leaver(row, today):
            DUTY.apply("drop", row, actor=None)
    await session.flush()


def _of_a_leaver(row: AgreementDuty, today: date) -> bool:
    return row.kind == DutyKind.contact_check and row.opens_on <= today


def _move(row: AgreementDuty, opens_on: date, due_on: date) -> None:
    row.opens_on, row.due_on = min(opens_on, due_on), due_on
    sent = duty_schedule.stage(row.opens_on, due_on, clock.today()) if row.reminders_sent else 0
    schedule(row, reminders_sent=sent)


def schedule(row: AgreementDuty, *, reminders_sent: int = 0) -> None:
    """Set the day of the next reminder, after `reminders_sent` of them."""
    today = clock.today()
    pressing = duty_schedule.stage(row.opens_on, row.due_on, today)
    row.reminders_sent = min(reminders_sent, pressing)
    row.remind_on = today if pressing > row.reminders_sent else duty_schedule.next_day(row.opens_on, row.due_on, today)


async def drop_duties(session: AsyncSession, agreement: Agreement, ended_on: date) -> None:
    """Drop open duties of an agreement that has ended, save reports and evaluations of its own years."""
    for row in await queries.duties(session, agreement.id):
        if row.state == DutyState.open and not duty_schedule.outlives(row.kind, row.year, ended_on):
            DUTY.apply("drop", row, actor=None)
    await session.flush()


async def complete(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, duty_id: UUID, note: str | None
) -> Agreement:
    """Complete a duty for a party; a confirmation confirms the year."""
    agreement = await agreements.agreement(session, actor, agreement_id, for_update=True)
    row = await queries.duty(session, agreement.id, duty_id)
    facts = facts_of(actor, agreement, row, await contacts.right_parties(session, agreement))
    DUTY.apply(action_of(row.kind), row, actor=actor, facts=facts)
    await _done(session, row, actor.person_id(), note)
    if row.kind == DutyKind.confirmation:
        await _confirmed(session, actor, agreement, row.year)
    return agreement


def facts_of(actor: Actor, agreement: Agreement, row: AgreementDuty, right: Collection[UUID]) -> DutyFacts:
    """What the guards need to know. `right`: the parties whose contacts are."""
    return DutyFacts(
        opened=row.opens_on <= clock.today(),
        named_lately=actor.named_lately(P.agreements_sign, on=row.organisation_id, opened_at=row.created_at),
        runs=agreement.state in RUNNING,
        contacts=row.kind != DutyKind.contact_check or row.organisation_id in right,
    )


def available(
    actor: Actor, agreement: Agreement, row: AgreementDuty, right: Collection[UUID]
) -> list[AvailableAction[Any]]:
    """What the actor may do with a duty, and what blocks it."""
    found = DUTY.available(row, actor=actor, facts=facts_of(actor, agreement, row, right))
    return [one for one in found if one.action == action_of(row.kind)]


async def settle(
    session: AsyncSession, agreement_id: UUID, kind: DutyKind, organisation_id: UUID, year: int, actor_id: UUID | None
) -> None:
    """Complete a duty by what happened elsewhere: a report was submitted, another agreement continues this one."""
    for row in await _of(session, agreement_id, kind, organisation_id, year):
        if row.state == DutyState.open:
            DUTY.apply("settle", row, actor=None)
            await _done(session, row, actor_id, None)


async def reopen(
    session: AsyncSession, agreement_id: UUID, kind: DutyKind, organisation_id: UUID, year: int, actor_id: UUID | None
) -> None:
    """Reopen a duty, to be done within two weeks; a contact check also where none was planned."""
    today = clock.today()
    rows = await _of(session, agreement_id, kind, organisation_id, year)
    if not rows and kind == DutyKind.contact_check:
        rows = [
            AgreementDuty(
                agreement_id=agreement_id,
                organisation_id=organisation_id,
                kind=kind,
                year=year,
                opens_on=today,
                due_on=today + SOON,
            )
        ]
        session.add(rows[0])
    for row in rows:
        if row.state == DutyState.open and row.reminders_sent:
            continue
        if row.state != DutyState.open:
            DUTY.apply("reopen", row, actor=None)
        row.done_at = row.done_by = row.note = None
        row.opens_on, row.due_on = today, today + SOON
        schedule(row)
        await tell(session, events.AgreementDutyReopened, row, actor_id)


async def tell(session: AsyncSession, told: type[events.DutyEvent], row: AgreementDuty, actor_id: UUID | None) -> None:
    """Publish what happened to a duty."""
    await session.flush()
    event = told(
        subject=Ref("agreement", row.agreement_id),
        related=await agreements.party_ids(session, row.agreement_id),
        kind=row.kind,
        year=row.year,
        organisation_id=row.organisation_id,
    )
    await publish(session, event, actor_id=actor_id)


async def _of(
    session: AsyncSession, agreement_id: UUID, kind: DutyKind, organisation_id: UUID, year: int
) -> list[AgreementDuty]:
    found = await session.exec(
        select(AgreementDuty)
        .where(
            col(AgreementDuty.agreement_id) == agreement_id,
            col(AgreementDuty.kind) == kind,
            col(AgreementDuty.organisation_id) == organisation_id,
            col(AgreementDuty.year) == year,
        )
        .order_by(col(AgreementDuty.id))
        .with_for_update()
    )
    return list(found.all())


async def _done(session: AsyncSession, row: AgreementDuty, by: UUID | None, note: str | None) -> None:
    row.done_at, row.done_by, row.note, row.remind_on = clock.now(), by, note, None
    await tell(session, events.AgreementDutyDone, row, by)


async def _confirmed(session: AsyncSession, actor: Actor, agreement: Agreement, year: int) -> None:
    """Confirm the year once the last party has confirmed it."""
    rows = await queries.duties(session, agreement.id)
    if any(one.kind == DutyKind.confirmation and one.year == year and one.state == DutyState.open for one in rows):
        return
    AGREEMENT.apply("confirm", agreement, actor=None, target=agreement.state)
    agreement.confirmed_year = max(year, agreement.confirmed_year or year)
    event = events.AgreementConfirmed(
        subject=Ref("agreement", agreement.id), related=await agreements.party_ids(session, agreement.id), year=year
    )
    await publish(session, event, actor_id=actor.id)
