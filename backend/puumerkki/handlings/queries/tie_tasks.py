"""What waits about ties in a network: questions to settle or to answer, and who leads to be chosen."""

from typing import Any

from sqlalchemy import (
    Select,
    and_,
    exists,
    func,
    null,
    or_,
    union_all,
)
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.settled_ties import is_open, is_said
from puumerkki.disqualification.queries.tie_tasks import task, to_answer
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.handlings.models.leads import LeadChoice
from puumerkki.handlings.queries.leading import nobody_leads_sql, of_row
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.queries.participation import now_of


def waiting(viewer: Viewer) -> Select[Any]:
    """In the columns that `desk` joins."""
    rows = union_all(_to_settle(viewer), _to_choose(viewer), _to_answer(viewer)).subquery("handling_ties_waiting")
    return core_select(*rows.c)


def _to_settle(viewer: Viewer) -> Select[Any]:
    found = task(
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
        found.select_from(TieQuestion)
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


def _to_choose(viewer: Viewer) -> Select[Any]:
    chosen = aliased(LeadChoice)
    found = task(
        "lead_to_choose",
        "handling",
        col(Handling.id),
        network=col(Handling.network_id),
        organisation=null(),
        due=col(Handling.handle_by),
        since=col(Handling.received_at),
    )
    done = exists().where(col(chosen.handling_id) == col(Handling.id), col(chosen.chosen_by) == viewer_id(viewer))
    return found.select_from(Handling).where(
        col(Handling.state).in_(OPEN_HANDLING),
        granted(P.ballots_vote, on=col(Handling.network_id), viewer=viewer),
        ~is_tied_sql(viewer_id(viewer), col(Handling.application_id), col(Handling.network_id)),
        ~done.correlate_except(chosen),
        nobody_leads_sql(of_row(now_of())),
    )


def _to_answer(viewer: Viewer) -> Select[Any]:
    same = col(Handling.network_id) == col(TieQuestion.network_id)
    return to_answer(viewer, "handling", Handling, same, network=col(Handling.network_id), organisation=null())
