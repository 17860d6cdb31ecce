"""Writes mail to whoever leads in place of somebody who is tied."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries.frozen import title_at
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel import mail
from puumerkki.kernel.field_types import display_name
from puumerkki.networks.models.networks import Network
from puumerkki.organisations import mailboxes


async def tell_lead(session: AsyncSession, handling: Handling, principal_ids: Iterable[UUID], *, chooses: bool) -> None:
    """Tell somebody that they lead a handling in place of who is tied, or (`chooses`) are to choose who does."""
    network = await session.get_one(Network, handling.network_id)
    title = await title_at(session, handling.application_id, handling.version_number)
    for box in await mailboxes.of_people(session, principal_ids):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.handlings",
            template="lead_instead",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.person, root=f"application {handling.application_id}"),
            name=box.name,
            network=display_name(network.names, box.language),
            title=title,
            chooses=chooses,
            link=mail.link(box.language, f"handlings/{handling.id}"),
        )
