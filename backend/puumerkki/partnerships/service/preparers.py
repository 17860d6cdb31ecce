"""An officer or a decider says who prepares a case, and by when it is to be decided."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel.days_asked import require_to_come
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import Tier, publish
from puumerkki.partnerships.events.partner_requests import PreparerNamed
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.preparing import who_prepares
from puumerkki.partnerships.schemas.partner_requests import PreparerGiven
from puumerkki.partnerships.service.case_changes import event_fields
from puumerkki.partnerships.service.partner_actions import lock_for_step
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST


async def name_preparer(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: PreparerGiven
) -> PartnerRequest:
    """Name who prepares the case, or nobody: then all officers do; and the day by which it is to be decided.

    Invalid where whoever is named is no untied officer of the authority now, or a new day is past.
    """
    step = await lock_for_step(session, actor, request_id, if_version, "name_preparer")
    request = step.request
    PARTNER_REQUEST.apply("name_preparer", step.case, actor=step.case.actor, facts=step.facts)
    if given.preparer_id is not None and given.preparer_id != request.preparer_id:
        able = {one.principal_id for one in await who_prepares(session, request)}
        if given.preparer_id not in able:
            raise invalid("/preparer_id", "person_unfit", "Choose an officer of the authority who is not tied.")
    # a day that has passed stays until another is given
    if given.decide_by != request.decide_by:
        require_to_come(given.decide_by, "/decide_by")
    request.preparer_id, request.decide_by = given.preparer_id, given.decide_by
    touch(request)
    known = Tier.parties if given.preparer_id or given.decide_by else None
    told = PreparerNamed(**event_fields(request), changed=("preparer_id", "decide_by"), seen_by=known)
    await publish(session, told, actor_id=actor.id)
    return request
