"""A proposed decision stands no more: it was handed back, or fell with what it was made for. Callers hold the lock."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.partnerships.events.proposals import ProposalFell
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.service.proposal_mails import write_ended


async def fell(session: AsyncSession, request: PartnerRequest, *, actor_id: UUID | None) -> None:
    """The version, a requirement or the state changes so that what is proposed could not be decided any more."""
    if request.proposal is None or request.outcome is not None:
        return
    proposed_by, version = request.proposed_by, request.proposed_version or request.version_number
    ended(request, actor_id=actor_id, reason=None)
    await session.flush()
    told = ProposalFell(
        subject=Ref("partner_request", request.id), related=(request.application_id,), version_number=version
    )
    await publish(session, told, actor_id=actor_id)
    if proposed_by is not None and proposed_by != actor_id:
        await write_ended(session, request, proposed_by, reason=None)


def ended(request: PartnerRequest, *, actor_id: UUID | None, reason: str | None) -> None:
    """Keep it as the former one. Its columns are emptied before anything is sent to the database."""
    request.former_proposal = {
        "proposal": request.proposal,
        "proposed_by": str(request.proposed_by),
        "proposed_at": None if request.proposed_at is None else request.proposed_at.isoformat(),
        "version_number": request.proposed_version,
        "ended_at": clock.now().isoformat(),
        "ended_by": None if actor_id is None else str(actor_id),
        "reason": reason,
    }
    request.proposed_by = request.proposed_at = request.proposed_version = request.proposal = None
