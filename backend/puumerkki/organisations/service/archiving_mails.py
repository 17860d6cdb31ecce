"""Who is written to about an archiving."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.archivings import OrganisationArchiving
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.archivings import people_of


async def to_its_people(
    session: AsyncSession, organisation: Organisation, archiving: OrganisationArchiving, template: str
) -> None:
    """All its people, or its contacts where nobody has an account."""
    people = await people_of(session, organisation.id)
    if people:
        boxes = await mailboxes.of_people(session, people)
    else:
        boxes = await mailboxes.of_contacts(session, organisation.id)
    await write(session, boxes, organisation, archiving, template)


async def to_proposer(session: AsyncSession, organisation: Organisation, archiving: OrganisationArchiving) -> None:
    """Whoever proposed it reads the objection."""
    boxes = await mailboxes.of_people(session, [archiving.proposed_by])
    await write(session, boxes, organisation, archiving, "archiving_objected")


async def write(
    session: AsyncSession,
    boxes: list[Mailbox],
    organisation: Organisation,
    archiving: OrganisationArchiving,
    template: str,
) -> None:
    """One of this page's letters, each in the reader's language."""
    for box in boxes:
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.concerned, root=f"organisation {organisation.id}"),
            about=f"{template} {organisation.id}",
            name=box.name,
            organisation=display_name(organisation.names, box.language),
            day=written_day(clock.last_day(archiving.takes_effect_at), box.language),
            link=mail.link(box.language, f"organisations/{organisation.id}"),
        )
