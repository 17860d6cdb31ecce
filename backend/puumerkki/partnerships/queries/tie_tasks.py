"""What waits about ties for an authority: questions to settle or to answer."""

from typing import Any

from sqlalchemy import (
    Select,
    and_,
    null,
    or_,
    union_all,
)
from sqlalchemy import select as core_select
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.settled_ties import is_open, is_said
from puumerkki.disqualification.queries.tie_tasks import task, to_answer
from puumerkki.disqualification.queries.tied import is_tied_in_case_sql
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.queries.participation import now_of
from puumerkki.partnerships.models.handovers import CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import handed_sql, to_hand_over


def waiting(viewer: Viewer) -> Select[Any]:
    """In the columns that `desk` joins."""
    rows = union_all(_to_settle(viewer), _to_answer(viewer)).subquery("request_ties_waiting")
    return core_select(*rows.c)


def _to_settle(viewer: Viewer) -> Select[Any]:
    found = task(
        "tie_to_settle",
        "partner_request",
        col(PartnerRequest.id),
        network=null(),
        organisation=col(PartnerRequest.authority_id),
        due=last_day_of(col(TieQuestion.settle_by)),
        since=col(TieQuestion.raised_at),
    )
    same = and_(
        col(PartnerRequest.application_id) == col(TieQuestion.application_id),
        col(PartnerRequest.authority_id) == col(TieQuestion.authority_id),
    )
    who, decider = viewer_id(viewer), CaseOffice.decider
    stands_in = and_(to_hand_over(decider, now_of()), handed_sql(decider, now_of(), person=who))
    return (
        found.select_from(TieQuestion)
        .join(PartnerRequest, same)
        .where(
            is_open(TieQuestion, now_of()),
            ~is_said(TieQuestion),
            col(TieQuestion.raised_by) != who,
            col(TieQuestion.principal_id) != who,
            or_(granted(P.partner_requests_decide, on=col(PartnerRequest.authority_id), viewer=viewer), stands_in),
            ~is_tied_in_case_sql(who, col(PartnerRequest.application_id), col(PartnerRequest.authority_id)),
            ~led_sql(who, col(PartnerRequest.application_id)),
        )
    )


def _to_answer(viewer: Viewer) -> Select[Any]:
    same = col(PartnerRequest.authority_id) == col(TieQuestion.authority_id)
    authority = col(PartnerRequest.authority_id)
    return to_answer(viewer, "partner_request", PartnerRequest, same, network=null(), organisation=authority)
