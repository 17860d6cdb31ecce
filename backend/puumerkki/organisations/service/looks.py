"""An operator looked into an organisation or network: its people are told at once, who it was and why."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.access.roles import ScopeKind
from puumerkki.identity.events import GlassBroken
from puumerkki.identity.models import BreakGlass, User
from puumerkki.kernel import mail, subjects
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.mailboxes import Mailbox

_LEAD = (P.networks_lead, P.handlings_confirm, P.handlings_record)


async def after_glass_broken(session: AsyncSession, event: GlassBroken) -> None:
    """A handler of `glass.broken`."""
    look = await session.get_one(BreakGlass, event.break_glass_id)
    operator = await session.get_one(User, look.operator_id)
    readable_organisation = subjects.subjects().get(look.scope_kind.value)
    names = (
        {}
        if readable_organisation is None or readable_organisation.title is None
        else await readable_organisation.title(session, look.scope_id)
    )
    network = look.scope_kind is ScopeKind.network
    for box in await _told(session, look):
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template="glass_broken",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.concerned, root=f"{look.scope_kind} {look.scope_id}"),
            name=box.name,
            scope=display_name(names, box.language),
            network=network,
            operator=operator.name,
            link=mail.link(box.language, f"{'networks' if network else 'organisations'}/{look.scope_id}/operators"),
        )


async def _told(session: AsyncSession, look: BreakGlass) -> list[Mailbox]:
    if look.scope_kind is ScopeKind.organisation:
        return await mailboxes.of_organisations(session, P.people_manage, [look.scope_id])
    lead = await mailboxes.of_holders(session, _LEAD, [look.scope_id])
    return lead or await mailboxes.of_holders(session, P.networks_contribute, [look.scope_id])
