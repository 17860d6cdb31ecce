"""One partner request as a reader sees it, with what they could do."""

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.funding.models import (
    Application,
    ApplicationVersion,
    Endorsement,
    EndorsementState,
    FormerDecision,
    FundingCall,
    Handling,
    PartnerRequest,
    PartnerRequestState,
)
from puumerkki.funding.queries.partner_requests import applicant_ids, mark_on_version, networks_named
from puumerkki.funding.schemas.partner_requests import (
    MarkStoodOn,
    NetworkAsked,
    OrganisationNamed,
    PartnerRequestPublic,
    Supplement,
    decision_public,
)
from puumerkki.funding.workflow.partner_requests import PARTNER_REQUEST, PartnerCase, PartnerRequestFacts
from puumerkki.kernel import clock
from puumerkki.networks.models import Network
from puumerkki.organisations.models import Organisation
from puumerkki.organisations.queries import is_disqualified


async def gather_case(
    session: AsyncSession, actor: Actor, request: PartnerRequest, *, mark: Endorsement | None
) -> tuple[PartnerCase, PartnerRequestFacts]:
    """The request with its applicants, and what the guards need."""
    applicants = await applicant_ids(session, request.application_id)
    facts = PartnerRequestFacts(
        today=clock.today(),
        asks_mark=request.asks_mark,
        version_number=request.version_number,
        network_ids=tuple(request.network_ids),
        networks=await networks_named(session, request),
        mark=mark,
        disqualified=actor.id is not None and await is_disqualified(session, actor.id, applicants),
    )
    return PartnerCase(request, applicants), facts


async def partner_request_view(session: AsyncSession, actor: Actor, request: PartnerRequest) -> PartnerRequestPublic:
    """The whole case. Which network handles it how is shown to applicants, the authority and that network."""
    mark = await mark_on_version(session, request, clock.today())
    case, facts = await gather_case(session, actor, request, mark=mark)
    title = select(ApplicationVersion.title).where(
        col(ApplicationVersion.application_id) == request.application_id,
        col(ApplicationVersion.number) == request.version_number,
    )
    closes = (
        select(FundingCall.closes_at)
        .join(Application, col(Application.call_id) == col(FundingCall.id))
        .where(col(Application.id) == request.application_id)
    )
    wanted = {*case.applicant_ids, request.authority_id}
    names = dict(
        (await session.exec(select(Organisation.id, Organisation.names).where(col(Organisation.id).in_(wanted)))).all()
    )
    party = actor.may(P.partner_requests_read, on=request.authority_id) or any(
        actor.may(P.applications_read, on=one) for one in case.applicant_ids
    )
    former = await session.exec(
        select(FormerDecision)
        .where(col(FormerDecision.partner_request_id) == request.id)
        .order_by(col(FormerDecision.created_at).desc(), col(FormerDecision.id).desc())
    )
    stands_on = await session.get(Endorsement, request.endorsement_id) if request.endorsement_id else None
    decided = request.state == PartnerRequestState.decided
    return PartnerRequestPublic(
        id=request.id,
        application_id=request.application_id,
        title=(await session.exec(title)).one(),
        applicants=[OrganisationNamed(id=one, names=names[one]) for one in case.applicant_ids],
        authority=OrganisationNamed(id=request.authority_id, names=names[request.authority_id]),
        version_number=request.version_number,
        case_number=request.case_number,
        state=request.state,
        arrived_at=request.arrived_at,
        call_closes_at=(await session.exec(closes)).one_or_none(),
        asks=request.asks,
        asks_mark=request.asks_mark,
        networks=await _networks(session, actor, request, party=party),
        endorsement=MarkStoodOn.model_validate(stands_on, from_attributes=True) if stands_on else None,
        supplements=[Supplement(**one) for one in request.supplements],
        decision=decision_public(request, request.version_number) if decided else None,
        former_decisions=[decision_public(one, one.version_number) for one in former.all()],
        version=request.version,
        available_actions=PARTNER_REQUEST.available(case, actor=actor, facts=facts),
    )


async def _networks(session: AsyncSession, actor: Actor, request: PartnerRequest, *, party: bool) -> list[NetworkAsked]:
    found = await session.exec(
        select(Network, Handling, Endorsement)
        .outerjoin(
            Handling,
            and_(
                col(Handling.network_id) == col(Network.id),
                col(Handling.application_id) == request.application_id,
            ),
        )
        .outerjoin(
            Endorsement,
            and_(
                col(Endorsement.handling_id) == col(Handling.id),
                col(Endorsement.version_number) == request.version_number,
                col(Endorsement.state) == EndorsementState.valid,
            ),
        )
        .where(col(Network.id).in_(request.network_ids))
        .order_by(col(Network.sort_key), col(Network.id))
    )
    rows: list[NetworkAsked] = []
    for network, handling, mark in found.all():
        seen = handling if party or actor.may(P.handlings_read, on=network.id) else None
        rows.append(
            NetworkAsked(
                id=network.id,
                names=network.names,
                handling_id=seen.id if seen else None,
                handling_state=seen.state if seen else None,
                mark_number=mark.number if mark else None,
                mark_valid_until=mark.valid_until if mark else None,
                mark_conditions=[one["text"] for one in mark.conditions if not one["met"]] if mark else [],
            )
        )
    return rows
