"""What waits about ties in a network: questions to settle or to answer, and who leads to be chosen."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import caller_id
from puumerkki.access.permissions import P
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.settled_ties import is_said
from puumerkki.disqualification.queries.tie_tasks import questions, to_answer
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.handlings.models.leads import LeadChoice
from puumerkki.handlings.queries.leading import nobody_leads_sql, of_row
from puumerkki.handlings.queries.task_rows import handlings, task
from puumerkki.networks.queries.participation import now_of


def _questions(**columns: Any) -> Select[Any]:
    network = col(Handling.network_id)
    return questions(Handling, network == col(TieQuestion.network_id), network_id=network, **columns)


def _to_settle() -> Select[Any]:
    return _questions(
        scope_id=col(Handling.network_id),
        application_id=col(Handling.application_id),
        settled_by=col(TieQuestion.settled_by),
        asked_ids=col(TieQuestion.asked_ids),
    ).where(~is_said(TieQuestion))


def _settles(row: Any, caller: Any) -> ColumnElement[bool]:
    """One of those who were asked, has not said it yet, and is not tied."""
    who = caller_id(caller)
    return and_(
        row.settled_by.is_distinct_from(who),
        who == func.any(row.asked_ids),
        ~is_tied_sql(who, row.application_id, row.network_id),
    )


def _to_choose() -> Select[Any]:
    rows = handlings(due_on=col(Handling.handle_by), since=col(Handling.received_at))
    return rows.where(col(Handling.state).in_(OPEN_HANDLING), nobody_leads_sql(of_row(now_of())))


def _chooses(row: Any, caller: Any) -> ColumnElement[bool]:
    """Who is not tied and has not chosen."""
    who, chosen = caller_id(caller), aliased(LeadChoice)
    done = exists().where(col(chosen.handling_id) == row.subject_id, col(chosen.chosen_by) == who)
    return and_(~done.correlate_except(chosen), ~is_tied_sql(who, row.application_id, row.network_id))


TASKS = (
    task("tie_to_settle", (P.handlings_read,), _to_settle, _settles),
    task("lead_to_choose", (P.ballots_vote,), _to_choose, _chooses),
    to_answer("handling", _questions),
)
