"""What befalls one case: referred, sent back, decided before, to be looked at. Callers hold its lock."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel import clock
from puumerkki.kernel.db import touch
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.partnerships.events.gate import DecisionToLookAt
from puumerkki.partnerships.events.partner_requests import (
    PartnerRequestArrived,
    PartnerRequestReferred,
    PartnerRequestSentBack,
    PartnerRequestWithdrawn,
)
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import LookAt, PartnerRequest
from puumerkki.partnerships.queries.gate import endorsements_on, gate_facts, networks_of
from puumerkki.partnerships.queries.gate_matching import Concern
from puumerkki.partnerships.service.case_mails import write_to_look_at
from puumerkki.partnerships.service.fallen_proposals import fell
from puumerkki.partnerships.service.gate import add_rows, meeting, stand_on, tell_added
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST, PartnerRequestFacts, endorsement_asked_for

_S = PartnerRequestState
UNDER_WAY = frozenset({_S.in_preparation, _S.supplement_asked})
_ENDS = frozenset({LookAt.application_withdrawn, LookAt.no_longer_asked})
_SAYS_MORE = {
    LookAt.no_longer_asked: frozenset({LookAt.application_withdrawn, LookAt.new_version}),
    LookAt.application_withdrawn: frozenset[LookAt](),
}
"""Which later reasons take the place of one."""
OPEN = UNDER_WAY | {_S.arrived, _S.referred}


async def refer(session: AsyncSession, request: PartnerRequest) -> None:
    """The registered answer that names the networks, where a policy asks for an endorsement that is not there."""
    if request.state is not _S.arrived:
        return
    facts = PartnerRequestFacts(await gate_facts(session, request))
    if endorsement_asked_for(facts) is None:
        PARTNER_REQUEST.apply("refer_to_network", request, actor=None, facts=facts)
        network_ids = tuple(networks_of([one.row for one in facts.gate.rows]))
        await publish(session, PartnerRequestReferred(**event_fields(request), network_ids=network_ids), actor_id=None)


async def add_to_case(
    session: AsyncSession,
    request: PartnerRequest,
    rows: list[GateRequirement],
    new: list[Concern],
    *,
    actor_id: UUID | None,
    **brought: Any,
) -> list[GateRequirement]:
    """Policies begin to concern an open case; preparation continues only where valid endorsements meet them already."""
    endorsements: list[Endorsement] = []
    if request.state in UNDER_WAY:
        asked = [id_ for one in new for id_ in one.policy.network_ids]
        endorsements = await endorsements_on(session, request.application_id, request.version_number, asked, lock=True)
        if any(meeting(one.policy, endorsements) is None for one in new):
            await send_back(session, request, rows, actor_id=actor_id)
            endorsements = []
    added = await add_rows(session, request, new, endorsements, **brought)
    await tell_added(session, request, added, actor_id=actor_id)
    touch(request)
    return added


async def send_back(
    session: AsyncSession, request: PartnerRequest, rows: list[GateRequirement], *, actor_id: UUID | None
) -> None:
    """Out of preparation, or back from a withdrawal, by itself; its rows stand on nothing any more."""
    await fell(session, request, actor_id=actor_id)
    PARTNER_REQUEST.apply("send_back", request, actor=None)
    request.supplements = [
        one if one.get("answer") or one.get("closed_at") else {**one, "closed_at": clock.now().isoformat()}
        for one in request.supplements
    ]
    await let_go(session, request, rows)
    sent = PartnerRequestSentBack(**event_fields(request), version_number=request.version_number)
    await publish(session, sent, actor_id=actor_id)


async def let_go(session: AsyncSession, request: PartnerRequest, rows: list[GateRequirement]) -> None:
    """The case has left preparation: first its state goes to the database, then its rows let their endorsements go."""
    request.begun_on = None
    await session.flush()
    for row in rows:
        stand_on(row, None)
    await session.flush()


async def withdraw(session: AsyncSession, request: PartnerRequest, *, actor_id: UUID | None) -> None:
    """Nobody asks the authority any more."""
    await fell(session, request, actor_id=actor_id)
    PARTNER_REQUEST.apply("withdraw", request, actor=None)
    await session.flush()
    await publish(session, PartnerRequestWithdrawn(**event_fields(request)), actor_id=actor_id)


def clear_decision(request: PartnerRequest) -> None:
    """Clear the decision from the case; the database keeps it among the former ones, with what it stood on."""
    request.outcome = request.decided_on = request.decided_by = request.grounds = None
    request.decided_by_body = request.decision_section = request.decision_reason = request.appeal = None
    request.to_look_at = request.to_look_at_since = None
    request.contributions = []
    request.proposed_by = request.proposed_at = request.proposed_version = request.proposal = None


async def look_at(session: AsyncSession, request: PartnerRequest, reason: LookAt, *, actor_id: UUID | None) -> None:
    """Something under a decision has changed; the first reason stays until a decider has looked at it.

    Only whether the authority is asked at all says more than a new version, and a later version may ask again.
    """
    known = request.to_look_at
    if known is None or (known is not reason and reason in _SAYS_MORE.get(known, _ENDS)):
        request.to_look_at, request.to_look_at_since = reason, clock.now()
        await session.flush()
        await publish(session, DecisionToLookAt(**event_fields(request), reason=reason), actor_id=actor_id)
        if known is None:
            await write_to_look_at(session, request)


async def tell_arrival(
    session: AsyncSession, request: PartnerRequest, *, asks_endorsement: bool, actor_id: UUID | None
) -> None:
    """A case has come, or come again."""
    told = PartnerRequestArrived(
        **event_fields(request),
        version_number=request.version_number,
        case_number=request.case_number,
        asks_mark=asks_endorsement,
    )
    await publish(session, told, actor_id=actor_id)


def event_fields(request: PartnerRequest) -> dict[str, Any]:
    """What every event of a request says: its subject, and whose timelines show it."""
    return {"subject": Ref("partner_request", request.id), "related": (request.application_id,)}
