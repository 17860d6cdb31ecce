"""Mail to those who apply together; `readers_of` and `send` serve everybody who writes to an organisation."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import ApplicantAnswer, Application, ApplicationVersion
from puumerkki.applications.queries.applicants import ANSWERS
from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import asking
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation

_ROOM = "puumerkki.applications"


async def write_to_asked(
    session: AsyncSession, application: Application, organisation_id: UUID, *, asked_by: UUID | None, again: bool
) -> bool:
    """An organisation is asked to apply together, or reminded of it; within the limits of a day (`asking`).

    Whether anybody was written to.
    """
    leading = await session.get_one(Organisation, application.applicant_id)
    readers = await readers_of(session, organisation_id, ANSWERS, application.language)
    asks = await asking(session, [reader.email for reader in readers], asked_by=asked_by)
    for reader in readers:
        if reader.email not in asks.addresses:
            continue
        await send(
            session,
            reader,
            _ROOM,
            "co_applicant_asked",
            organisation_id,
            path=f"applications/{application.id}",
            envelope=_about(application, mail.Reason.task),
            title=application.title,
            asked_by=asks.by,
            leading=display_name(leading.names, reader.language),
            again=again,
        )
    return bool(asks.addresses)


async def tell_answer(
    session: AsyncSession, application: Application, organisation_id: UUID, answer: ApplicantAnswer, *, named: bool
) -> None:
    """The leading applicant hears what an organisation answered. Not `named`: it was taken out before it agreed."""
    asked = await session.get_one(Organisation, organisation_id)
    readers = await readers_of(session, application.applicant_id, (P.applications_submit,), application.language)
    for reader in readers:
        await send(
            session,
            reader,
            _ROOM,
            "co_applicant_answered",
            application.applicant_id,
            path=f"applications/{application.id}",
            envelope=_about(application, mail.Reason.organisation),
            title=application.title,
            other=display_name(asked.names, reader.language),
            answer=answer.value,
            named=named,
            submitted=application.current_version is not None,
        )


async def tell_version(
    session: AsyncSession, application: Application, version: ApplicationVersion, organisation_ids: Iterable[UUID]
) -> None:
    """Co-applicants hear of each version that was submitted in their name too."""
    for organisation_id in organisation_ids:
        for reader in await readers_of(session, organisation_id, (P.applications_write,), application.language):
            await send(
                session,
                reader,
                _ROOM,
                "version_submitted",
                organisation_id,
                path=f"applications/{application.id}",
                envelope=_about(application, mail.Reason.organisation),
                title=version.title,
                number=version.number,
            )


async def readers_of(
    session: AsyncSession, organisation_id: UUID, permissions: Collection[P], language: str
) -> list[Mailbox]:
    """Who has one of the permissions in an organisation, else its contacts."""
    return await mailboxes.of_organisations(session, permissions, [organisation_id], language=language)


async def send(
    session: AsyncSession,
    reader: Mailbox,
    package: str,
    template: str,
    organisation_id: UUID,
    *,
    path: str,
    envelope: mail.Envelope,
    asked_by: UUID | None = None,
    **more: object,
) -> None:
    """One mail to one reader of an organisation.

    `package`: the room whose template it is; `path`: of the page that it leads to.
    """
    organisation = await session.get_one(Organisation, organisation_id)
    await mail.send(
        session,
        to=reader.email,
        package=package,
        template=template,
        language=reader.language,
        asked_by=asked_by,
        about=None,
        envelope=envelope,
        name=reader.name,
        organisation=display_name(organisation.names, reader.language),
        link=mail.link(reader.language, path),
        **more,
    )


def _about(application: Application, why: mail.Reason) -> mail.Envelope:
    return mail.Envelope(reason=why, root=f"application {application.id}")
