"""Who hears of a merge: the people of both organisations, or the contacts of the one that goes."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.archivings import people_of


async def people_of_both(session: AsyncSession, found: Organisation, into: Organisation) -> list[Mailbox]:
    """As they are before it: nobody gets a right, or shares theirs, without being told."""
    people = {*await people_of(session, found.id), *await people_of(session, into.id)}
    boxes = await mailboxes.of_people(session, people) if people else []
    return boxes or await mailboxes.of_contacts(session, found.id)


async def tell(
    session: AsyncSession, template: str, boxes: list[Mailbox], found: Organisation, into: Organisation, *, reason: str
) -> None:
    """Each in the reader's language."""
    for box in boxes:
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template=template,
            language=box.language,
            about=f"{template} {found.id}",
            name=box.name,
            merged=display_name(found.names, box.language),
            into=display_name(into.names, box.language),
            reason=reason,
            link=mail.link(box.language, f"organisations/{into.id}"),
        )
