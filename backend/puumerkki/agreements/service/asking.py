"""Letters about what one party recorded: the others are asked twice; who recorded it hears of an objection."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.agreements.models import Agreement, AgreementRecordAnswer, AgreementState
from puumerkki.agreements.queries.views import titles as titles_of
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.models.organisations import Organisation

AGAIN_AFTER = timedelta(days=14)
"""After so long it is asked once more, and after as long again no more."""
TIMES = 2
FROM_HOUR = 8
"""Nobody is written to at night."""
MOST_LISTED = 20
AT_ONCE = 50
"""So many organisations are written to at once, each at most once a day, whatever was recorded."""


async def ask_due(session: AsyncSession) -> None:
    """Ask who has not answered; who was asked twice is left in peace."""
    if clock.now().astimezone(clock.FINLAND).hour < FROM_HOUR:
        return
    today = clock.today()
    open_ = (
        col(AgreementRecordAnswer.answer).is_(None),
        col(AgreementRecordAnswer.ask_on) <= today,
        col(Agreement.state) == AgreementState.recorded,
    )
    asked = select(AgreementRecordAnswer.organisation_id).where(col(AgreementRecordAnswer.asked_on) == today)
    due = await session.exec(
        select(AgreementRecordAnswer.organisation_id)
        .join(Agreement, col(Agreement.id) == col(AgreementRecordAnswer.agreement_id))
        .where(*open_, col(AgreementRecordAnswer.organisation_id).not_in(asked))
        .distinct()
        .limit(AT_ONCE)
    )
    for organisation_id in due.all():
        found = await session.exec(
            select(AgreementRecordAnswer, Agreement)
            .join(Agreement, col(Agreement.id) == col(AgreementRecordAnswer.agreement_id))
            .where(*open_, col(AgreementRecordAnswer.organisation_id) == organisation_id)
            .order_by(col(AgreementRecordAnswer.created_at), col(AgreementRecordAnswer.id))
            .with_for_update(of=AgreementRecordAnswer, skip_locked=True)
        )
        told: list[Agreement] = []
        for row, agreement in found.all():
            if row.asked >= TIMES:
                row.ask_on = None
                continue
            row.asked, row.asked_on, row.ask_on = row.asked + 1, today, today + AGAIN_AFTER
            told.append(agreement)
        if told:
            await _ask(session, await session.get_one(Organisation, organisation_id), told)
    await session.flush()


async def _ask(session: AsyncSession, organisation: Organisation, told: Sequence[Agreement]) -> None:
    """One letter about all of them to each who can answer; where nobody has an account, to the organisation."""
    recorders = select(Organisation).where(col(Organisation.id).in_({one.drafted_by_organisation_id for one in told}))
    names = {one.id: one.names for one in (await session.exec(recorders)).all()}
    listed = told[:MOST_LISTED]
    titles = await titles_of(session, [one.id for one in listed])
    for box in await mailboxes.of_organisations(
        session, P.agreements_confirm, [organisation.id], language=told[0].language
    ):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.agreements",
            template="recorded",
            language=box.language,
            envelope=mail.Envelope(
                reason=mail.Reason.agreement, root=f"agreement {told[0].id}" if len(told) == 1 else None
            ),
            name=box.name,
            organisation=display_name(organisation.names, box.language),
            agreements=[
                {
                    "title": titles[one.id],
                    "recorder": display_name(names[one.drafted_by_organisation_id], box.language),
                    "link": mail.link(box.language, f"agreements/{one.id}"),
                }
                for one in listed
            ],
            more=len(told) - len(listed),
        )


async def tell_disputed(session: AsyncSession, agreement: Agreement, row: AgreementRecordAnswer) -> None:
    """Whoever signs for the recorder hears who objected; why, they read in the service."""
    who = await session.get_one(Organisation, row.organisation_id)
    titles = await titles_of(session, [agreement.id])
    for box in await mailboxes.of_organisations(
        session, P.agreements_sign, [agreement.drafted_by_organisation_id], language=agreement.language
    ):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.agreements",
            template="record_disputed",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.agreement, root=f"agreement {agreement.id}"),
            name=box.name,
            title=titles[agreement.id],
            organisation=display_name(who.names, box.language),
            link=mail.link(box.language, f"agreements/{agreement.id}"),
        )
