"""Mail about ties in dispute, and to who leads instead of somebody who is tied."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries.frozen import title_at
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.tie_cases import TieCase
from puumerkki.identity.models import User
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation


async def tell_asked(
    session: AsyncSession, case: TieCase, question: TieQuestion, principal_ids: Iterable[UUID]
) -> None:
    """Whoever can settle it, and the person whom it is about, read what is said."""
    about = await mailboxes.of_people(session, [question.principal_id])
    for box in sorted(await mailboxes.of_people(session, principal_ids)):
        await _send(session, case, question, "tie_questioned", box, own=box in about)


async def tell_ended(session: AsyncSession, case: TieCase, question: TieQuestion) -> None:
    """Whoever raised it, and the person, hear how it was settled, or that nobody did in time."""
    about = await mailboxes.of_people(session, [question.principal_id])
    for box in await mailboxes.of_people(session, {question.raised_by, question.principal_id}):
        await _send(session, case, question, "tie_settled", box, own=box in about)


async def _send(
    session: AsyncSession, case: TieCase, question: TieQuestion, template: str, box: Mailbox, *, own: bool
) -> None:
    person = await session.get(User, question.principal_id)
    organisation = await session.get_one(Organisation, question.organisation_id)
    kind = "handlings" if case.network_id else "partner-requests"
    await mail.send(
        session,
        to=box.email,
        package="puumerkki.disqualification",
        template=template,
        language=box.language,
        envelope=mail.Envelope(
            reason=mail.Reason.person
            if own
            else mail.Reason.task
            if template == "tie_questioned"
            else mail.Reason.concerned,
            root=f"application {case.application_id}",
        ),
        name=box.name,
        title=await title_at(session, case.application_id, case.version_number),
        person=person.name if person else "",
        organisation=display_name(organisation.names, box.language),
        kind=question.kind.value,
        holds=question.holds,
        lapsed=question.lapsed_at is not None,
        votes=case.network_id is not None,
        until=written_day(clock.last_day(question.settle_by), box.language),
        own=own,
        link=mail.link(box.language, f"{kind}/{case.id}"),
    )
