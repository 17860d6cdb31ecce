"""Members that the operator's list brought into a network that is forming: each is told, and may object."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.organisations import mailboxes
from puumerkki.organisations.models.organisations import Organisation


async def tell_brought_in(session: AsyncSession, member_ids: Iterable[UUID]) -> None:
    """Write to those who run each of these members, or to its contact: by which list it is a member, and until when
    they can object."""
    statement = (
        select(NetworkMember, Organisation, Network)
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .join(Network, col(Network.id) == col(NetworkMember.network_id))
        .where(col(NetworkMember.id).in_(list(member_ids)))
        .order_by(col(NetworkMember.id))
    )
    for member, organisation, network in (await session.exec(statement)).all():
        assert member.objection_until is not None
        for box in await mailboxes.of_organisations(session, P.memberships_manage, [organisation.id]):
            await mail.send(
                session,
                to=box.email,
                package="puumerkki.networks",
                template="member_brought_in",
                language=box.language,
                envelope=mail.Envelope(reason=mail.Reason.organisation, root=f"network {network.id}"),
                name=box.name,
                network=display_name(network.names, box.language),
                member=display_name(organisation.names, box.language),
                source=member.source,
                day=written_day(clock.last_day(member.objection_until), box.language),
                link=mail.link(box.language, f"networks/{network.id}/members"),
            )
