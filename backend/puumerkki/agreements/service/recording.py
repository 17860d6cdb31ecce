"""The use case of keeping a record of what was signed on paper."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements import events
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.schemas.recording import AgreementRecord
from puumerkki.agreements.service import drafting, renewal
from puumerkki.agreements.workflow import AGREEMENT, ForParties
from puumerkki.kernel import clock
from puumerkki.kernel.errors import NotFound, invalid
from puumerkki.kernel.preconditions import require_version
from puumerkki.threads import queries as threads
from puumerkki.threads.models import Attachment


async def record(
    session: AsyncSession, *, actor: Actor, agreement_id: UUID, if_version: int | None, given: AgreementRecord
) -> Agreement:
    """A draft that all parties signed on paper comes into force as a record, without signatures; all are told."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_sign)
    require_version(found, if_version)
    acting = ForParties(actor, found.id, drafting.acting_for(found, ids))
    facts = await drafting.facts_of(session, actor, found, ids)
    AGREEMENT.check("record", found, actor=acting, facts=facts)
    if given.signed_on > clock.today():
        raise invalid("/signed_on", "day_in_future", "It was signed on a day that has come.")
    scan = await _scan(session, actor, found, given.attachment_id)
    version = await drafting.freeze(
        session,
        actor,
        found,
        found.drafted_by_organisation_id,
        signed_on_paper=given.signed_on,
        scan_id=scan.id,
    )
    found.version_in_force, found.in_force_on = version.number, given.signed_on
    AGREEMENT.apply("record", found, actor=acting, facts=facts)
    await renewal.came_into_force(session, found, actor.id)
    await drafting.tell(session, actor, found, events.AgreementRecorded, ids)
    return found


async def _scan(session: AsyncSession, actor: Actor, agreement: Agreement, attachment_id: UUID) -> Attachment:
    try:
        found = await threads.attachment(session, actor, attachment_id)
    except NotFound:
        found = None
    if found is None or found.removed_at is not None or found.subject_id != agreement.id:
        raise invalid("/attachment_id", "attachment_unknown", "There is no such file on the agreement.")
    return found
