"""One partner request as a reader sees it, with what they could do."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.applications.queries.applicants import applicants_of
from puumerkki.applications.queries.frozen import call_named
from puumerkki.applications.schemas.named import OrganisationNamed, PersonNamed
from puumerkki.calls.models import FundingCall
from puumerkki.disqualification.queries.tie_questions import is_alleged
from puumerkki.disqualification.queries.tied import is_tied, kept_out
from puumerkki.handlings.queries.two_hats import has_led
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.partner_requests import FormerDecision, PartnerRequest
from puumerkki.partnerships.queries.acting import acting
from puumerkki.partnerships.queries.gate import gate_facts, rows_of
from puumerkki.partnerships.queries.gate_view import requirements
from puumerkki.partnerships.queries.preparers import prepared_by_leaders
from puumerkki.partnerships.queries.preparing import who_prepares
from puumerkki.partnerships.queries.proposers import former_public, ids_of, people_behind, proposal_public, proposers
from puumerkki.partnerships.schemas.decisions import Proposer, decision_public
from puumerkki.partnerships.schemas.partner_requests import PartnerRequestPublic, Supplement
from puumerkki.partnerships.workflow.partner_requests import PARTNER_REQUEST, PartnerCase, PartnerRequestFacts


async def gather_case(
    session: AsyncSession, actor: Actor, request: PartnerRequest, *, rows: Sequence[GateRequirement] | None = None
) -> tuple[PartnerCase, PartnerRequestFacts]:
    """The request with its applicants, and what the guards need."""
    named = await applicants_of(session, request.application_id, request.version_number)
    id_, authority_id = request.application_id, request.authority_id
    who = () if actor.id is None else await people_behind(session, actor)
    aside = [one for one in who if await is_tied(session, one, id_, authority_id=authority_id)]
    facts = PartnerRequestFacts(
        gate=await gate_facts(session, request, rows=rows),
        disqualified=bool(aside),
        alleged=actor.id is not None and await is_alleged(session, actor.id, id_, authority_id=authority_id),
        kept_out=await kept_out(session, aside[0], id_) if aside else None,
        two_hats=actor.id is not None and await has_led(session, actor.id, request.application_id),
        to_look_at=request.to_look_at is not None,
        proposed=request.proposal is not None,
    )
    applicants = tuple(one.organisation_id for one in named if one.left_at is None)
    return PartnerCase(request, applicants, await acting(session, actor, request)), facts


async def partner_request_view(session: AsyncSession, actor: Actor, request: PartnerRequest) -> PartnerRequestPublic:
    """The whole case. Which network handles it how is shown to applicants, the authority and that network."""
    rows = await rows_of(session, request.id)
    case, facts = await gather_case(session, actor, request, rows=rows)
    of_version = (
        select(ApplicationVersion.title, FundingCall.closes_at, Application.current_version)
        .join(Application, col(Application.id) == col(ApplicationVersion.application_id))
        .outerjoin(FundingCall, col(FundingCall.id) == call_named())
        .where(
            col(ApplicationVersion.application_id) == request.application_id,
            col(ApplicationVersion.number) == request.version_number,
        )
    )
    title, closes_at, newest = (await session.exec(of_version)).one()
    authority = await session.get_one(Organisation, request.authority_id)
    own = case.actor.may(P.partner_requests_read, on=request.authority_id)
    party = own or any(actor.may(P.applications_read, on=one) for one in case.applicant_ids)
    # applicants learn who prepares their case and by when, as of any official who handles it
    decisions = await session.exec(
        select(FormerDecision)
        .where(col(FormerDecision.partner_request_id) == request.id)
        .order_by(col(FormerDecision.created_at).desc(), col(FormerDecision.id).desc())
    )
    former = decisions.all()
    known = await proposers(session, ids_of(request) | {one.proposed_by for one in former if one.proposed_by})
    decided = request.state == PartnerRequestState.decided
    officers = await who_prepares(session, request) if party and not decided else ()
    return PartnerRequestPublic(
        id=request.id,
        application_id=request.application_id,
        title=title,
        applicants=[
            OrganisationNamed(id=one.organisation_id, names=one.names)
            for one in await applicants_of(session, request.application_id, request.version_number)
        ],
        authority=OrganisationNamed(id=authority.id, names=authority.names),
        version_number=request.version_number,
        newest_version=newest or request.version_number,
        case_number=request.case_number,
        state=request.state,
        arrived_at=request.arrived_at,
        begun_on=request.begun_on,
        call_closes_at=closes_at,
        asks=request.asks,
        asks_endorsement=any(row.asks for row in rows),
        requirements=await requirements(session, case.actor, request, rows, facts.gate, party=party),
        none_concerns=facts.gate.none_concerns,
        groups_confirmed_at=request.groups_confirmed_at,
        groups_confirmed_by=request.groups_confirmed_by,
        two_hats=[PersonNamed(**one) for one in await prepared_by_leaders(session, request)],
        to_look_at=request.to_look_at,
        to_look_at_since=request.to_look_at_since,
        supplements=[Supplement(**one) for one in request.supplements],
        preparer=next((one for one in officers if one.principal_id == request.preparer_id), None),
        can_prepare=list(officers) if own else [],
        decide_by=request.decide_by if party else None,
        proposal=proposal_public(request, known) if own else None,
        former_proposal=former_public(request, known) if own else None,
        decision=decision_public(request, request.version_number, _of(request, known)) if decided else None,
        former_decisions=[decision_public(one, one.version_number, _of(one, known)) for one in former],
        version=request.version,
        available_actions=PARTNER_REQUEST.available(case, actor=case.actor, facts=facts),
    )


def _of(decision: PartnerRequest | FormerDecision, known: dict[UUID, Proposer]) -> Proposer | None:
    return None if decision.proposed_by is None else known[decision.proposed_by]
