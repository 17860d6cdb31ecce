"""Finds who is written to about an endorsement: applicants, second persons, the network, authorities with a case."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.applications.followers import followers
from puumerkki.applications.models.applications import Application
from puumerkki.applications.queries.applicants import acting_ids
from puumerkki.applications.queries.frozen import title_at
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.networks.models.networks import Network
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox


async def write(
    session: AsyncSession,
    template: str,
    boxes: Iterable[Mailbox],
    *,
    endorsement: Endorsement,
    why: mail.Reason,
    **more: object,
) -> None:
    """One mail to each, with the endorsement's number and network, its version's title and a link to the handling."""
    network = await session.get_one(Network, endorsement.network_id)
    title = await title_at(session, endorsement.application_id, endorsement.version_number)
    for box in sorted(set(boxes)):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.handlings",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=why, root=f"application {endorsement.application_id}"),
            name=box.name,
            number=endorsement.number,
            title=title,
            network=display_name(network.names, box.language),
            link=mail.link(box.language, f"handlings/{endorsement.handling_id}"),
            **{name: _written(value, box.language) for name, value in more.items()},
        )


def _written(value: object, language: str) -> Any:
    return written_day(value, language) if isinstance(value, date) else value


async def applicants(session: AsyncSession, endorsement: Endorsement, application: Application) -> list[Mailbox]:
    """Who writes for the applicants of the endorsed version, or their contacts."""
    ids = await acting_ids(session, application.id, endorsement.version_number)
    return await mailboxes.of_organisations(session, P.applications_write, sorted(ids), language=application.language)


async def everybody(session: AsyncSession, endorsement: Endorsement, application: Application) -> list[Mailbox]:
    """Applicants, who leads the network, and the authorities whose case is still open."""
    preparing = [id_ for one in followers() for id_ in await one.preparing(session, application.id)]
    return [
        *await applicants(session, endorsement, application),
        *await mailboxes.of_holders(session, P.handlings_lead, [endorsement.network_id]),
        *await mailboxes.of_organisations(session, P.partner_requests_prepare, sorted(preparing)),
    ]


async def second_person_mailboxes(session: AsyncSession, principal_ids: Collection[UUID]) -> list[Mailbox]:
    """Mailboxes of second persons."""
    return await mailboxes.of_people(session, principal_ids)
