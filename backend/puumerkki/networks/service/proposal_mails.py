"""Who is told of a proposal about a member, by event and by mail."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.subjects import Ref
from puumerkki.networks import queries
from puumerkki.networks.events import proposals as events
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.models.proposals import MemberProposal, ProposalKind
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox
from puumerkki.organisations.models.organisations import Organisation


def event_fields(member: NetworkMember) -> dict[str, Any]:
    """What every event of a member says."""
    return {
        "subject": Ref("network_member", member.id),
        "related": (member.network_id, member.organisation_id),
        "network_id": member.network_id,
        "organisation_id": member.organisation_id,
    }


async def tell_proposed(
    session: AsyncSession,
    member: NetworkMember,
    proposal: MemberProposal,
    *,
    concerned: list[Mailbox],
    actor_id: UUID | None,
) -> None:
    """`concerned` are told of it, and those who could be the second person are asked."""
    told = events.MemberProposed(**event_fields(member), kind=proposal.kind)
    await publish(session, told, actor_id=actor_id)
    asked = await mailboxes.of_people(session, proposal.asked_ids)
    admits = proposal.kind is ProposalKind.admit
    for template, boxes in (
        ("member_admission" if admits else "member_proposal", set(concerned) - (set(asked) if admits else set())),
        ("member_second_person", set(asked)),
    ):
        await _write(session, template, boxes, member, proposal)


async def of_members(session: AsyncSession, member: NetworkMember) -> list[Mailbox]:
    """Who answers for each active member but this one."""
    found = await session.exec(
        select(NetworkMember.organisation_id).where(
            col(NetworkMember.network_id) == member.network_id,
            col(NetworkMember.state) == MemberState.active,
            col(NetworkMember.id) != member.id,
        )
    )
    return await mailboxes.of_organisations(session, P.memberships_manage, found.all())


async def _write(
    session: AsyncSession, template: str, boxes: set[Mailbox], member: NetworkMember, proposal: MemberProposal
) -> None:
    network = await queries.network(session, member.network_id)
    organisation = await session.get_one(Organisation, member.organisation_id)
    until = proposal.open_until if proposal.kind is ProposalKind.admit else proposal.heard_until
    why = mail.Reason.second_person if template == "member_second_person" else mail.Reason.concerned
    for box in sorted(boxes):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.networks",
            template=template,
            language=box.language,
            envelope=mail.Envelope(reason=why, root=f"network {network.id}"),
            # proposed, dropped and proposed again: once a day
            about=f"{template} {proposal.kind} {member.id}",
            name=box.name,
            network=display_name(network.names, box.language),
            member=display_name(organisation.names, box.language),
            kind=proposal.kind,
            day=written_day(clock.last_day(until), box.language),
            link=mail.link(box.language, f"networks/{network.id}/members"),
        )
