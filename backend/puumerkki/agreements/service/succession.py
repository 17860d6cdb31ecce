"""An archived party's place in its agreements: its successor acts for that side; what was signed keeps its names."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.agreements import events
from puumerkki.agreements.models import (
    Agreement,
    AgreementDuty,
    AgreementParty,
    AgreementRecordAnswer,
    AgreementVersion,
    DutyState,
    RecordAnswer,
)
from puumerkki.agreements.queries import agreements as queries
from puumerkki.agreements.queries import versions
from puumerkki.agreements.queries.views import titles as titles_of
from puumerkki.agreements.renaming import renamed
from puumerkki.agreements.service import drafting
from puumerkki.agreements.workflow import DUTY
from puumerkki.kernel import clock
from puumerkki.kernel.db import HELD, touch
from puumerkki.organisations import mailboxes, succession_mails
from puumerkki.organisations.events.successions import OrganisationSucceeded

MOST_LISTED = 20


async def after_succeeded(session: AsyncSession, event: OrganisationSucceeded) -> None:
    """The successor is a party of whatever is not over; the other parties act for their side, and are told."""
    former, successor = event.subject.id, event.successor_id
    statement = (
        select(Agreement)
        .join(AgreementParty, col(AgreementParty.agreement_id) == col(Agreement.id))
        .where(
            col(AgreementParty.organisation_id) == former,
            col(AgreementParty.last_version).is_(None),
            or_(col(Agreement.state).in_(drafting.OPEN), _asks_still(former)),
        )
        .order_by(col(Agreement.id))
        .with_for_update(of=Agreement, **HELD)
    )
    others: dict[UUID, list[UUID]] = defaultdict(list)
    for agreement in (await session.exec(statement)).all():
        await _take_over(session, agreement, event)
        ids = await queries.party_ids(session, agreement.id)
        await drafting.tell(
            session,
            None,
            agreement,
            events.AgreementPartySucceeded,
            (*ids, former),
            organisation_id=former,
            successor_id=successor,
        )
        if agreement.current_version is not None:
            for one in set(ids) - {successor}:
                others[one].append(agreement.id)
    for one, ids_of in sorted(others.items()):
        titles = await titles_of(session, ids_of[:MOST_LISTED])
        await succession_mails.tell_who_stands(
            session,
            await mailboxes.of_organisations(session, (P.agreements_write, P.agreements_sign), [one]),
            former_id=former,
            successor_id=successor,
            things=[({"fi": titles[key]}, f"agreements/{key}") for key in ids_of[:MOST_LISTED]],
        )


def _asks_still(organisation_id: UUID) -> Any:
    """SQL over `agreement`: it is over, and the organisation has still something to do: a report, an evaluation."""
    return (
        select(AgreementDuty.id)
        .where(
            col(AgreementDuty.agreement_id) == col(Agreement.id),
            col(AgreementDuty.organisation_id) == organisation_id,
            col(AgreementDuty.state) == DutyState.open,
        )
        .exists()
    )


async def _take_over(session: AsyncSession, agreement: Agreement, event: OrganisationSucceeded) -> None:
    """The row of the former stays where something was frozen with it; the successor is of the versions to come."""
    former, successor = event.subject.id, event.successor_id
    place = await session.get_one(AgreementParty, (agreement.id, former))
    own = await session.get(AgreementParty, (agreement.id, successor))
    newest = await versions.next_number(session, agreement.id) - 1
    rank = place.place
    if newest == 0:
        await session.delete(place)
    else:
        place.last_version, place.succeeded_by_id = newest, successor
        rank = await _free_place(session, agreement.id)
    await session.flush()
    if own is None:
        session.add(
            AgreementParty(
                agreement_id=agreement.id,
                organisation_id=successor,
                place=rank,
                informed=place.informed,
                after_version=newest,
            )
        )
    if agreement.drafted_by_organisation_id == former:
        agreement.drafted_by_organisation_id = successor
    agreement.content = renamed(agreement.content, {former: successor})
    agreement.private = renamed(agreement.private, {former: successor})
    touch(agreement)
    await session.flush()
    if own is None:
        await _answers(session, agreement, former, event)
    await _duties(session, agreement, former, successor)


async def _free_place(session: AsyncSession, agreement_id: UUID) -> int:
    return 1 + max(party.place for party, _ in await queries.parties(session, agreement_id, ever=True))


async def _answers(session: AsyncSession, agreement: Agreement, former: UUID, event: OrganisationSucceeded) -> None:
    """To a paper that another recorded the successor has said what the former had, or is asked in its place.

    What the former recorded is the successor's word by its yes.
    """
    answer = AgreementRecordAnswer
    found = await session.exec(
        select(answer).where(col(answer.agreement_id) == agreement.id, col(answer.organisation_id) == former)
    )
    for row in found.all():
        kept = row.model_dump(exclude={"id", "created_at", "organisation_id"})
        session.add(AgreementRecordAnswer(**kept, organisation_id=event.successor_id))
        if row.answer is None:
            row.ask_on = None
    papers = await session.exec(
        select(AgreementVersion.number).where(
            col(AgreementVersion.agreement_id) == agreement.id,
            col(AgreementVersion.signed_on_paper).is_not(None),
            col(AgreementVersion.proposed_for_organisation_id) == former,
        )
    )
    session.add_all(
        AgreementRecordAnswer(
            agreement_id=agreement.id,
            version_number=number,
            organisation_id=event.successor_id,
            answer=RecordAnswer.confirmed,
            answered_at=clock.now(),
            answered_by=event.accepted_by,
        )
        for number in papers.all()
    )
    await session.flush()


async def _duties(session: AsyncSession, agreement: Agreement, former: UUID, successor: UUID) -> None:
    """What the former had still to do, its successor does, once where both had it to do."""
    found = await session.exec(select(AgreementDuty).where(col(AgreementDuty.agreement_id) == agreement.id))
    rows = found.all()
    known = {(one.kind, one.year, one.report_name) for one in rows if one.organisation_id == successor}
    for row in rows:
        if row.organisation_id != former or row.state != DutyState.open:
            continue
        if (row.kind, row.year, row.report_name) in known:
            DUTY.apply("drop", row, actor=None)
        else:
            row.organisation_id = successor
    await session.flush()
