"""Who hears of a merge: the people of both organisations, or the contacts of the one that goes; and of its undoing.

Whoever was told that the one stands in the other's place is told that it does no more. What has not left yet by then
leaves no more, and nothing is said of the undoing to whoever has heard of no merge.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes, succession_mails
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.archivings import people_of


async def people_of_both(session: AsyncSession, found: Organisation, into: Organisation) -> list[Mailbox]:
    """As they are before it: nobody gets a right, or shares theirs, without being told."""
    people = {*await people_of(session, found.id), *await people_of(session, into.id)}
    boxes = await mailboxes.of_people(session, people) if people else []
    return boxes or await mailboxes.of_contacts(session, found.id)


async def tell(
    session: AsyncSession,
    template: str,
    boxes: list[Mailbox],
    found: Organisation,
    into: Organisation,
    seats: int = 0,
) -> None:
    """Each in the reader's language."""
    for box in boxes:
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template=template,
            language=box.language,
            envelope=_envelope(found),
            about=_about(template, found),
            name=box.name,
            merged=display_name(found.names, box.language),
            into=display_name(into.names, box.language),
            seats=seats,
            link=mail.link(box.language, f"organisations/{into.id}"),
        )


async def tell_undone(
    session: AsyncSession, people: list[Mailbox], found: Organisation, into: Organisation, *, since: datetime
) -> None:
    """Whoever heard of the merge hears that it is undone."""
    mine, others = _about("organisation_merged", found), f"{succession_mails.about_merged(found.id)} "
    of_merge = or_(col(mail.OutboxMessage.about) == mine, col(mail.OutboxMessage.about).startswith(others))
    rows = await session.exec(
        select(mail.OutboxMessage).where(of_merge).with_for_update().execution_options(populate_existing=True)
    )
    told, waiting = [], []
    for row in rows.all():
        if row.sent_at is None and row.failed_at is None:
            waiting.append(row)
        elif row.created_at >= since:
            told.append(row)
    await session.exec(delete(mail.OutboxMessage).where(col(mail.OutboxMessage.id).in_([row.id for row in waiting])))
    unheard = {row.recipient for row in waiting if row.about == mine} - {row.recipient for row in told}
    boxes = [box for box in people if box.email not in unheard]
    await tell(session, "organisation_merge_undone", boxes, found, into)
    written = {box.email for box in boxes}
    for email, language in sorted({(row.recipient, row.language) for row in told if row.recipient not in written}):
        await mail.send(
            session,
            to=email,
            package="puumerkki.organisations",
            template="successor_stands_no_more",
            language=language,
            envelope=_envelope(found),
            about=_about("successor_stands_no_more", found),
            former=display_name(found.names, language),
            successor=display_name(into.names, language),
            link=mail.link(language, f"organisations/{found.id}"),
        )


def _envelope(found: Organisation) -> mail.Envelope:
    return mail.Envelope(reason=mail.Reason.concerned, root=f"organisation {found.id}")


def _about(template: str, found: Organisation) -> str:
    return f"{template} {found.id}"
