"""What waits about ties: questions to settle, and who leads to be chosen."""

from typing import Any

from sqlalchemy import Date, DateTime, Select, Text, and_, cast, exists, func, literal, null, or_, union_all
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.funding.models.handlings import OPEN_HANDLING, Handling
from puumerkki.funding.models.handovers import CaseOffice
from puumerkki.funding.models.partner_requests import PartnerRequest
from puumerkki.funding.models.ties import LeadChoice, TieQuestion, TieQuestionKind
from puumerkki.funding.queries.acting import handed_sql, to_hand_over
from puumerkki.funding.queries.hats import led_sql
from puumerkki.funding.queries.leading import nobody_leads_sql, of_row
from puumerkki.funding.queries.settled_ties import is_open, is_said
from puumerkki.funding.queries.tied import is_tied_in_case_sql, is_tied_sql
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.queries.taking_part import now_of


def waiting(viewer: Viewer) -> Select[Any]:
    """In the columns that `desk` joins."""
    parts = (_in_network(viewer), _in_authority(viewer), _to_choose(viewer), *_to_answer(viewer))
    rows = union_all(*parts).subquery("ties_waiting")
    return core_select(*rows.c)


def _columns(kind: str, subject: str, of: Any, *, network: Any, organisation: Any, due: Any, since: Any) -> Select[Any]:
    return core_select(
        cast(literal(kind), Text).label("kind"),
        cast(literal(subject), Text).label("subject_kind"),
        of.label("subject_id"),
        cast(network, Uuid[Any]()).label("network_id"),
        cast(organisation, Uuid[Any]()).label("organisation_id"),
        cast(due, Date).label("due_on"),
        cast(since, DateTime(timezone=True)).label("created_at"),
    )


def _in_network(viewer: Viewer) -> Select[Any]:
    task = _columns(
        "tie_to_settle",
        "handling",
        col(Handling.id),
        network=col(Handling.network_id),
        organisation=null(),
        due=last_day_of(col(TieQuestion.settle_by)),
        since=col(TieQuestion.raised_at),
    )
    same = and_(
        col(Handling.application_id) == col(TieQuestion.application_id),
        col(Handling.network_id) == col(TieQuestion.network_id),
    )
    return (
        task.select_from(TieQuestion)
        .join(Handling, same)
        .where(
            is_open(TieQuestion, now_of()),
            ~is_said(TieQuestion),
            or_(col(TieQuestion.settled_by).is_(None), col(TieQuestion.settled_by) != viewer_id(viewer)),
            viewer_id(viewer) == func.any(col(TieQuestion.asked_ids)),
            granted(P.handlings_read, on=col(Handling.network_id), viewer=viewer),
            ~is_tied_sql(viewer_id(viewer), col(Handling.application_id), col(Handling.network_id)),
        )
    )


def _in_authority(viewer: Viewer) -> Select[Any]:
    task = _columns(
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
        task.select_from(TieQuestion)
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


def _to_answer(viewer: Viewer) -> list[Select[Any]]:
    """Whom a question is about, and who has not answered it."""
    cases: tuple[tuple[str, Any, Any], ...] = (
        ("handling", Handling, col(Handling.network_id) == col(TieQuestion.network_id)),
        ("partner_request", PartnerRequest, col(PartnerRequest.authority_id) == col(TieQuestion.authority_id)),
    )
    found = []
    for subject, table, same in cases:
        network = col(Handling.network_id) if table is Handling else null()
        authority = col(PartnerRequest.authority_id) if table is PartnerRequest else null()
        task = _columns(
            "tie_to_answer",
            subject,
            col(table.id),
            network=network,
            organisation=authority,
            due=last_day_of(col(TieQuestion.settle_by)),
            since=col(TieQuestion.raised_at),
        )
        found.append(
            task.select_from(TieQuestion)
            .join(table, and_(col(table.application_id) == col(TieQuestion.application_id), same))
            .where(
                is_open(TieQuestion, now_of()),
                col(TieQuestion.kind) == TieQuestionKind.alleged,
                col(TieQuestion.answered_at).is_(None),
                col(TieQuestion.principal_id) == viewer_id(viewer),
            )
        )
    return found


def _to_choose(viewer: Viewer) -> Select[Any]:
    chosen = aliased(LeadChoice)
    task = _columns(
        "lead_to_choose",
        "handling",
        col(Handling.id),
        network=col(Handling.network_id),
        organisation=null(),
        due=col(Handling.handle_by),
        since=col(Handling.received_at),
    )
    done = exists().where(col(chosen.handling_id) == col(Handling.id), col(chosen.chosen_by) == viewer_id(viewer))
    return task.select_from(Handling).where(
        col(Handling.state).in_(OPEN_HANDLING),
        granted(P.ballots_vote, on=col(Handling.network_id), viewer=viewer),
        ~is_tied_sql(viewer_id(viewer), col(Handling.application_id), col(Handling.network_id)),
        ~done.correlate_except(chosen),
        nobody_leads_sql(of_row(now_of())),
    )
