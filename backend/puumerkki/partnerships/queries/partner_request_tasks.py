"""What waits of partner requests: cases to begin and to decide, supplements to answer."""

from typing import Any

from sqlalchemy import Date, Select, Text, and_, case, cast, exists, func, literal, not_, null, or_, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, select

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.disqualification.queries.tied import is_tied_in_case_sql
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.identity.models import ServiceAccount
from puumerkki.networks.queries.participation import now_of
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import handed_sql, to_hand_over
from puumerkki.partnerships.queries.partner_requests import asking, for_applicants, valid_today, without_open_conditions


def waiting(viewer: Viewer) -> Select[Any]:
    """What waits for a viewer: requests to begin, to decide, to look at again, and supplements to answer.

    What is proposed waits for a decider; what was handed back for who proposed it, or, of a service account, for the
    officers. Nothing waits for somebody who is tied, and nothing to decide for who led in a network.
    """
    row = aliased(GateRequirement)
    opens = exists().where(
        valid_today(Endorsement),
        col(Endorsement.network_id) == func.any(col(row.network_ids)),
        or_(col(row.lets_open_conditions), without_open_conditions(Endorsement)),
    )
    gate_is_open = not_(exists().where(asking(row), not_(opens)))
    on_authority = col(PartnerRequest.authority_id)
    who, application = viewer_id(viewer), col(PartnerRequest.application_id)
    untied = ~is_tied_in_case_sql(who, application, on_authority)
    decides = and_(
        granted(P.partner_requests_decide, on=on_authority, viewer=viewer), untied, ~led_sql(who, application)
    )
    to_begin = and_(
        col(PartnerRequest.state).in_([PartnerRequestState.arrived, PartnerRequestState.referred]), gate_is_open
    )
    to_decide = col(PartnerRequest.state) == PartnerRequestState.in_preparation
    to_look_at = col(PartnerRequest.to_look_at).is_not(None)
    begin = _task("partner_request_to_begin", on_authority).where(
        to_begin, granted(P.partner_requests_prepare, on=on_authority, viewer=viewer), untied
    )
    proposed = col(PartnerRequest.proposed_by).is_not(None)
    confirm = _task("proposal_to_confirm", on_authority).where(to_decide, proposed, decides)
    former = col(PartnerRequest.former_proposal)
    proposer = cast(former["proposed_by"].astext, Uuid)
    propose = _task("proposal_handed_back", on_authority).where(
        to_decide,
        ~proposed,
        former["reason"].astext.is_not(None),
        former["version_number"].as_integer() == col(PartnerRequest.version_number),
        or_(proposer == who, exists().where(col(ServiceAccount.id) == proposer)),
        granted(P.partner_requests_propose, on=on_authority, viewer=viewer),
        untied,
    )
    decide = _task("partner_request_to_decide", on_authority).where(to_decide, ~proposed, decides)
    answer = (
        _task("supplement_to_answer", col(Application.applicant_id))
        .join(Application, col(Application.id) == col(PartnerRequest.application_id))
        .where(
            col(PartnerRequest.state) == PartnerRequestState.supplement_asked,
            for_applicants(viewer, P.applications_write),
        )
    )
    look = _task("partner_request_to_look_at", on_authority).where(to_look_at, decides)
    office = col(CaseHandover.office)
    prepares = and_(office == CaseOffice.officer, to_begin)
    handed = _handed(viewer).where(or_(prepares, and_(office == CaseOffice.decider, or_(to_decide, to_look_at))))
    rows = union_all(begin, decide, confirm, propose, look, answer, handed).subquery("partner_requests_waiting")
    return select(*rows.c)  # type: ignore[no-any-return]


def _handed(viewer: Viewer) -> Select[Any]:
    """Cases that were handed over to the viewer, as long as everybody in the office takes no part."""
    office = col(CaseHandover.office)
    mine = and_(
        col(CaseHandover.partner_request_id) == col(PartnerRequest.id),
        col(CaseHandover.principal_id) == viewer_id(viewer),
    )
    kind = case(
        (office == CaseOffice.officer, "partner_request_to_begin"),
        (col(PartnerRequest.state) == PartnerRequestState.decided, "partner_request_to_look_at"),
        else_="partner_request_to_decide",
    )
    stands_in = and_(to_hand_over(office, now_of()), handed_sql(office, now_of(), person=viewer_id(viewer)))
    return _task(kind, col(PartnerRequest.authority_id)).join(CaseHandover, mine).where(stands_in)


def _task(kind: Any, organisation_id: Any) -> Select[Any]:
    return select(  # type: ignore[call-overload,no-any-return]
        cast(kind, Text).label("kind"),
        cast(literal("partner_request"), Text).label("subject_kind"),
        col(PartnerRequest.id).label("subject_id"),
        cast(null(), Uuid).label("network_id"),
        organisation_id.label("organisation_id"),
        cast(null(), Date).label("due_on"),
        col(PartnerRequest.arrived_at).label("created_at"),
    ).select_from(PartnerRequest)
