"""Letters about who stands in whose place."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import asking
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.archivings import ArchivingState, OrganisationArchiving, SuccessorAnswer
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.queries.archivings import people_of

_PACKAGE = "puumerkki.organisations"


def about_merged(former_id: UUID) -> str:
    """How what a mail to others about a merge is about begins."""
    return f"successor_stands {former_id}"


async def ask(session: AsyncSession, former: Organisation, successor: Organisation, *, asked_by: UUID) -> None:
    """The successor's administrators, or its contacts, as far as there is room: the task is there all the same."""
    boxes = await mailboxes.of_organisations(session, P.memberships_manage, [successor.id])
    asks = await asking(session, [box.email for box in boxes], asked_by=asked_by)
    for box in boxes:
        if box.email in asks.addresses:
            await mail.send(
                session,
                to=box.email,
                package=_PACKAGE,
                template="successor_asked",
                language=box.language,
                envelope=_envelope(former.id, mail.Reason.task),
                asked_by=asks.by,
                name=box.name,
                former=display_name(former.names, box.language),
                successor=display_name(successor.names, box.language),
                link=mail.link(box.language, f"organisations/{successor.id}"),
            )


async def tell_people(
    session: AsyncSession,
    template: str,
    archiving: OrganisationArchiving,
    former: Organisation,
    successor: Organisation,
) -> None:
    """The people of the former, and whoever proposed to archive it, hear of the successor's word, or its end."""
    people = {*await people_of(session, former.id), archiving.proposed_by}
    for box in await mailboxes.of_people(session, people):
        await mail.send(
            session,
            to=box.email,
            package=_PACKAGE,
            template=template,
            language=box.language,
            envelope=_envelope(former.id, mail.Reason.concerned),
            name=box.name,
            former=display_name(former.names, box.language),
            successor=display_name(successor.names, box.language),
            accepted=archiving.successor_answer == SuccessorAnswer.accepted,
            archived=archiving.state == ArchivingState.effected,
            link=mail.link(box.language, f"organisations/{former.id}"),
        )


async def tell_who_stands(
    session: AsyncSession,
    boxes: Collection[Mailbox],
    *,
    former_id: UUID,
    successor_id: UUID,
    things: Collection[tuple[Mapping[str, str], str]],
) -> None:
    """Others hear who stands in whose place. `things`: in what, by names and the path of its page.

    By what it is about, those who heard of a merge are found again when it is undone.
    """
    former = await session.get_one(Organisation, former_id)
    successor = await session.get_one(Organisation, successor_id)
    about = None if former.merged_into_id is None else f"{about_merged(former_id)} {min(path for _, path in things)}"
    for box in sorted(set(boxes)):
        await mail.send(
            session,
            to=box.email,
            package=_PACKAGE,
            template="successor_stands",
            language=box.language,
            envelope=_envelope(former_id, mail.Reason.concerned),
            about=about,
            name=box.name,
            former=display_name(former.names, box.language),
            successor=display_name(successor.names, box.language),
            things=[
                {"title": display_name(dict(names), box.language), "link": mail.link(box.language, path)}
                for names, path in things
            ],
        )


def _envelope(former_id: UUID, why: mail.Reason) -> mail.Envelope:
    return mail.Envelope(reason=why, root=f"organisation {former_id}")
