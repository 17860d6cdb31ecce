"""The statement of an advisory network, and the members that agreed on it: they are told, and say if it is not so."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.handlings.events.handlings import AgreementDenied
from puumerkki.handlings.events.handlings import StatementGiven as StatementTold
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.schemas.handlings import StatementGiven
from puumerkki.handlings.service import handling_mails
from puumerkki.handlings.service.handling_context import lock_handling
from puumerkki.handlings.service.handlings import event_fields
from puumerkki.handlings.service.votes import require_representative, require_untied
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.networks.queries import active_members

LEAD = (P.handlings_lead,)


async def give_statement(
    session: AsyncSession, *, actor: Actor, handling_id: UUID, if_version: int | None, given: StatementGiven
) -> Handling:
    """An advisory network says what it thinks of the application, and which of its members agreed on that.

    They agreed since the version came, and apply themselves in nothing of it. Each of them is told.
    """
    context = await lock_handling(session, actor=actor, handling_id=handling_id, if_version=if_version, needs=LEAD)
    HANDLING.apply("give_statement", context.handling, actor=context.actor, facts=context.facts)
    if given.agreed_on > clock.today():
        raise invalid("/agreed_on", "in_the_future", "The members have not agreed yet.")
    if given.agreed_on < clock.day_of(context.handling.received_at):
        raise invalid("/agreed_on", "before_version", "This version was not there yet on that day.")
    members = {one.id: one for one in await active_members(session, context.network.id)}
    if not members.keys() >= set(given.agreed_member_ids):
        raise invalid("/agreed_member_ids", "member_unknown", "Not all of these are members of the network.")
    agreed = [members[one] for one in sorted(set(given.agreed_member_ids))]
    applicants = await tied_applicants(session, context.application.id)
    if any(one.organisation_id in applicants for one in agreed):
        raise invalid("/agreed_member_ids", "applies_itself", "Applicants agree on no statement about themselves.")
    handling = context.handling
    handling.statement, handling.agreed_how, handling.agreed_on = given.statement, given.agreed_how, given.agreed_on
    handling.agreed_member_ids = [one.id for one in agreed]
    handling.decided_at = clock.now()
    await publish(session, StatementTold(**event_fields(handling)), actor_id=actor.id)
    await handling_mails.tell_agreed(session, handling, context.network, agreed)
    return handling


async def deny_agreement(session: AsyncSession, *, actor: Actor, handling_id: UUID, member_id: UUID) -> None:
    """Say for a member that it did not agree: its name is removed. NotFound where it is not among them."""
    handling = await queries.handling(session, actor, handling_id)
    await require_representative(session, actor, handling, member_id)
    await require_untied(session, actor, handling)
    await session.refresh(handling, with_for_update=True)
    if member_id not in handling.agreed_member_ids:
        raise NotFound()
    handling.agreed_member_ids = [one for one in handling.agreed_member_ids if one != member_id]
    touch(handling)
    await publish(session, AgreementDenied(**event_fields(handling), member_id=member_id), actor_id=actor.id)
