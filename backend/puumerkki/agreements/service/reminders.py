"""Reminds people of duties: one reminder for each stage of each duty."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.agreements import duty_schedule, events
from puumerkki.agreements.duty_labels import duty_label
from puumerkki.agreements.duty_schedule import Stage
from puumerkki.agreements.models import Agreement, AgreementDuty, AgreementParty, DutyKind, DutyState
from puumerkki.agreements.queries import contacts
from puumerkki.agreements.queries.views import titles as titles_of
from puumerkki.agreements.service import duties
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.recipients import People, people

FROM_HOUR = 8
"""Nobody is written to at night: mails go out from this hour on, Finnish time."""
AT_ONCE = 500


@dataclass(frozen=True)
class _Line:
    duty: AgreementDuty
    agreement: Agreement
    organisation: Organisation
    stage: Stage
    others: bool


async def remind_due(session: AsyncSession) -> int:
    """Send reminders of duties that have become more pressing, one mail for each reader; gives the number of mails."""
    if clock.now().astimezone(clock.FINLAND).hour < FROM_HOUR:
        return 0
    found = await session.exec(
        select(AgreementDuty, Agreement, Organisation)
        .join(Agreement, col(Agreement.id) == col(AgreementDuty.agreement_id))
        .join(Organisation, col(Organisation.id) == col(AgreementDuty.organisation_id))
        .where(col(AgreementDuty.state) == DutyState.open, col(AgreementDuty.remind_on) <= clock.today())
        .order_by(col(AgreementDuty.due_on), col(AgreementDuty.id))
        .limit(AT_ONCE)
        .with_for_update(of=AgreementDuty, skip_locked=True)
    )
    rows = found.all()
    if not rows:
        return 0
    parties = await _parties(session, {agreement.id for _, agreement, _ in rows})
    known = await people(session, {one for ids in parties.values() for one in ids})
    letters: dict[Mailbox, list[_Line]] = defaultdict(list)
    for duty, agreement, organisation in rows:
        pressing = duty_schedule.stage(duty.opens_on, duty.due_on, clock.today())
        duties.schedule(duty, reminders_sent=pressing)
        others = set(parties[agreement.id]) - {duty.organisation_id}
        for reader, of_others in _readers(duty, agreement, pressing, known, others):
            letters[reader].append(_Line(duty, agreement, organisation, pressing, of_others))
        if pressing == Stage.escalated:
            await duties.tell(session, events.AgreementDutyLate, duty, None)
    for reader in sorted(letters):
        await _send(session, reader, letters[reader])
    return len(letters)


def _readers(
    duty: AgreementDuty, agreement: Agreement, pressing: Stage, known: People, others: Iterable[UUID]
) -> list[tuple[Mailbox, bool]]:
    """Who is told, and whether it is for others to do: who can do it; very late, who leads there, and the others."""
    may = P.agreements_sign if duty.kind == DutyKind.confirmation else P.agreements_write
    theirs = known.who_may(may, duty.organisation_id) or _contacts(agreement, duty.organisation_id)
    of_others: set[Mailbox] = set()
    if pressing == Stage.escalated:
        theirs |= known.who_may(P.people_manage, duty.organisation_id)
        of_others = {who for one in others for who in known.who_may(P.agreements_write, one)} - theirs
    return [*((who, False) for who in theirs), *((who, True) for who in of_others)]


def _contacts(agreement: Agreement, organisation_id: UUID) -> set[Mailbox]:
    """Where nobody at a party can do it, those whom it named: its contacts, or their deputies."""
    named = [one for one in contacts.of_party(agreement, organisation_id) if one.get("email")]
    first = [one for one in named if not one.get("deputy")] or named
    return {Mailbox(one["email"], one["name"], agreement.language) for one in first}


async def _parties(session: AsyncSession, agreement_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    found = await session.exec(
        select(AgreementParty.agreement_id, AgreementParty.organisation_id).where(
            col(AgreementParty.agreement_id).in_(agreement_ids)
        )
    )
    parties: dict[UUID, list[UUID]] = defaultdict(list)
    for agreement_id, organisation_id in found.all():
        parties[agreement_id].append(organisation_id)
    return parties


async def _send(session: AsyncSession, reader: Mailbox, lines: Sequence[_Line]) -> None:
    titles = await titles_of(session, [one.agreement.id for one in lines])
    told = [
        {
            "said": duty_label(one.duty, reader.language, of_others=one.others),
            "title": titles[one.agreement.id],
            "organisation": display_name(one.organisation.names, reader.language),
            "due": written_day(one.duty.due_on, reader.language),
            "late": one.stage >= Stage.late,
            "others": one.others,
            "link": mail.link(reader.language, f"agreements/{one.agreement.id}"),
        }
        for one in lines
    ]
    about = {f"agreement {one.agreement.id}" for one in lines}
    await mail.send(
        session,
        to=reader.email,
        package="puumerkki.agreements",
        template="duties",
        language=reader.language,
        envelope=mail.Envelope(reason=mail.Reason.agreement, root=about.pop() if len(about) == 1 else None),
        name=reader.name,
        groups={
            "late": [one for one in told if one["late"] and not one["others"]],
            "due": [one for one in told if not one["late"]],
            "others": [one for one in told if one["others"]],
        },
    )
