"""A decision is proposed by an officer or a service account, one by one or by a list, and handed back by a decider."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.errors import OperatorsTakeNoPart
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.partnerships.errors.partner_requests import NothingProposed
from puumerkki.partnerships.events.proposals import DecisionProposed, ProposalHandedBack
from puumerkki.partnerships.models.partner_requests import PartnerOutcome, PartnerRequest
from puumerkki.partnerships.queries.proposers import made_by_operators
from puumerkki.partnerships.schemas.decisions import HandBack, ProposalGiven
from puumerkki.partnerships.service.case_changes import event_fields
from puumerkki.partnerships.service.fallen_proposals import ended
from puumerkki.partnerships.service.partner_actions import Step, lock_for_step, require_past
from puumerkki.partnerships.service.proposal_mails import write_ended, write_waiting
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST, endorsements_carry


async def propose(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: ProposalGiven
) -> PartnerRequest:
    """Say what could be decided. It takes the place of a proposal that stands; deciders are written to once."""
    step = await lock_for_step(session, actor, request_id, if_version, "propose")
    if await put(session, step, actor, given):
        await write_waiting(session, [step.request])
    return step.request


async def put(session: AsyncSession, step: Step, actor: Actor, given: ProposalGiven) -> bool:
    """Keep the proposal; whether none stood there before. Writes to nobody."""
    await require_proposable(session, step, actor, given)
    PARTNER_REQUEST.apply("propose", step.case, actor=step.case.actor, facts=step.facts)
    request, first = step.request, step.request.proposal is None
    request.proposed_by, request.proposed_at = actor.person_id(), clock.now()
    request.proposed_version, request.proposal = request.version_number, given.model_dump(mode="json")
    touch(request)
    await session.flush()
    told = DecisionProposed(
        **event_fields(request), changed=("proposal",), version_number=request.version_number, outcome=given.outcome
    )
    await publish(session, told, actor_id=actor.id)
    return first


async def require_proposable(session: AsyncSession, step: Step, actor: Actor, given: ProposalGiven) -> None:
    """Raises unless it could be decided now as it is proposed, by somebody who may."""
    PARTNER_REQUEST.check("propose", step.case, actor=step.case.actor, facts=step.facts)
    if await made_by_operators(session, actor):
        raise OperatorsTakeNoPart(permission=P.partner_requests_propose.value)
    if given.outcome is PartnerOutcome.none:
        for name in ("reason", "appeal"):
            if getattr(given, name) is None:
                raise invalid(f"/{name}", "needed_for_no", "A no gives its reason and says how to appeal.")
        if given.contributions:
            raise invalid("/contributions", "not_with_no", "A no has no contributions.")
    elif (error := endorsements_carry(step.facts)) is not None:
        raise error
    if given.decided_on is not None:
        require_past(given.decided_on)
        if given.decided_on < clock.day_of(await _submitted_at(session, step.request)):
            raise invalid(
                "/decided_on", "before_the_version", "The decision is older than the version of the application."
            )


async def _submitted_at(session: AsyncSession, request: PartnerRequest) -> datetime:
    statement = select(ApplicationVersion.created_at).where(
        col(ApplicationVersion.application_id) == request.application_id,
        col(ApplicationVersion.number) == request.version_number,
    )
    return (await session.exec(statement)).one()


async def hand_back(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: HandBack
) -> PartnerRequest:
    """A decider does not decide what is proposed, and says why to whoever proposed it."""
    step = await lock_for_step(session, actor, request_id, if_version, "hand_back")
    PARTNER_REQUEST.apply("hand_back", step.case, actor=step.case.actor, facts=step.facts)
    request = step.request
    if request.proposed_by is None or request.proposed_version is None:
        raise NothingProposed()
    proposed_by, version = request.proposed_by, request.proposed_version
    ended(request, actor_id=actor.id, reason=given.reason)
    await session.flush()
    told = ProposalHandedBack(**event_fields(request), changed=("proposal",), version_number=version)
    await publish(session, told, actor_id=actor.id)
    await write_ended(session, request, proposed_by, reason=given.reason)
    return request
