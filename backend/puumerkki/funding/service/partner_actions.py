"""What officers, deciders and applicants do with a partner request."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.funding.events.partner_requests import (
    PartnerRequestBegun,
    PartnerRequestDecided,
    PartnerRequestRecalled,
    PartnerRequestReferred,
    SupplementAnswered,
    SupplementAsked,
)
from puumerkki.funding.models import PartnerOutcome, PartnerRequest
from puumerkki.funding.queries.partner_request_view import gather_case
from puumerkki.funding.queries.partner_requests import applicant_ids, mark_on_version, readable_request
from puumerkki.funding.schemas.partner_requests import Decision, SupplementAnswer, SupplementAsk
from puumerkki.funding.service.partner_requests import about
from puumerkki.funding.workflow.partner_requests import PARTNER_REQUEST, PartnerCase, PartnerRequestFacts
from puumerkki.kernel import clock
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.events import publish
from puumerkki.kernel.preconditions import require_version


async def begin(session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None) -> PartnerRequest:
    """Start preparing: the gate is asked, and the mark that opened it is kept with the case."""
    request, facts = await _step(session, actor, request_id, if_version, "begin")
    _stand_on(request, facts)
    await publish(
        session,
        PartnerRequestBegun(
            **about(request), version_number=request.version_number, endorsement_id=request.endorsement_id
        ),
        actor_id=actor.id,
    )
    return request


async def refer_to_network(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None
) -> PartnerRequest:
    """Answer that the networks' mark comes first; the answer names them."""
    request, _ = await _step(session, actor, request_id, if_version, "refer_to_network")
    told = PartnerRequestReferred(**about(request), network_ids=tuple(request.network_ids))
    await publish(session, told, actor_id=actor.id)
    return request


async def ask_supplement(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: SupplementAsk
) -> PartnerRequest:
    """Ask the applicant for more; the mark stays."""
    request, _ = await _step(session, actor, request_id, if_version, "ask_supplement")
    asked = {"asked_at": clock.now().isoformat(), "body": given.body, "answered_at": None, "answer": None}
    request.supplements = [*request.supplements, asked]
    await publish(session, SupplementAsked(**about(request), changed=("supplements",)), actor_id=actor.id)
    return request


async def answer_supplement(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: SupplementAnswer
) -> PartnerRequest:
    """The applicant's answer to what was asked last."""
    request, _ = await _step(session, actor, request_id, if_version, "answer_supplement")
    *before, asked = request.supplements
    answered = {**asked, "answered_at": clock.now().isoformat(), "answer": given.body}
    request.supplements = [*before, answered]
    await publish(session, SupplementAnswered(**about(request), changed=("supplements",)), actor_id=actor.id)
    return request


async def recall(session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None) -> PartnerRequest:
    """The applicant takes the case back out of preparation."""
    request, _ = await _step(session, actor, request_id, if_version, "recall")
    request.endorsement_id = request.endorsement_network_id = None
    await publish(session, PartnerRequestRecalled(**about(request)), actor_id=actor.id)
    return request


async def decide(
    session: AsyncSession, *, actor: Actor, request_id: UUID, if_version: int | None, given: Decision
) -> PartnerRequest:
    """Decide on the partnership. The gate is asked again, so a mark that has expired meanwhile does not carry."""
    request, facts = await _step(session, actor, request_id, if_version, "decide")
    if given.decided_on > clock.today():
        raise invalid("/decided_on", "in_the_future", "A decision has been made today or before.")
    if given.outcome == PartnerOutcome.none and given.contributions:
        raise invalid("/contributions", "nothing_to_put_in", "Who does not become a partner puts nothing in.")
    _stand_on(request, facts)
    request.outcome = given.outcome
    request.contributions = [one.model_dump(mode="json") for one in given.contributions]
    request.decided_by_body = given.body
    request.decided_on = given.decided_on
    request.decision_section = given.section
    request.appeal = given.appeal
    request.decided_by = actor.id
    told = PartnerRequestDecided(
        **about(request),
        version_number=request.version_number,
        outcome=given.outcome,
        endorsement_id=request.endorsement_id,
    )
    await publish(session, told, actor_id=actor.id)
    return request


def _stand_on(request: PartnerRequest, facts: PartnerRequestFacts) -> None:
    mark = facts.mark if request.asks_mark else None
    request.endorsement_id = mark.id if mark else None
    request.endorsement_network_id = mark.network_id if mark else None


async def _step(
    session: AsyncSession, actor: Actor, request_id: UUID, if_version: int | None, action: str
) -> tuple[PartnerRequest, PartnerRequestFacts]:
    """Readable, permitted, current, allowed by the table. The mark is locked before the case: whoever ends it waits."""
    request = await readable_request(session, actor, request_id)
    applicants = await applicant_ids(session, request.application_id)
    PARTNER_REQUEST.require_may(action, PartnerCase(request, applicants), actor=actor)
    mark = await mark_on_version(session, request, clock.today(), lock=True)
    await session.refresh(request, with_for_update=True)
    require_version(request, if_version)
    case, facts = await gather_case(session, actor, request, mark=mark)
    PARTNER_REQUEST.apply(action, case, actor=actor, facts=facts)
    return request, facts
