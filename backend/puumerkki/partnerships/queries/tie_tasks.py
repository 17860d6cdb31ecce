"""What waits about ties for an authority: questions to settle or to answer."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists
from sqlmodel import col

from puumerkki.access.actor import caller_id
from puumerkki.access.permissions import P
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.settled_ties import is_said
from puumerkki.disqualification.queries.tie_tasks import questions, to_answer
from puumerkki.disqualification.queries.tied import is_tied_in_case_sql
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.kernel.tasks import Task
from puumerkki.networks.queries.participation import now_of
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import handed_sql, to_hand_over


def _questions(**columns: Any) -> Select[Any]:
    authority = col(PartnerRequest.authority_id)
    return questions(PartnerRequest, authority == col(TieQuestion.authority_id), organisation_id=authority, **columns)


def _to_settle(**whose: Any) -> Select[Any]:
    return _questions(
        application_id=col(PartnerRequest.application_id),
        raised_by=col(TieQuestion.raised_by),
        about_id=col(TieQuestion.principal_id),
        **whose,
    ).where(~is_said(TieQuestion))


def _of_authority() -> Select[Any]:
    return _to_settle(scope_id=col(PartnerRequest.authority_id))


def _handed() -> Select[Any]:
    """In cases that were handed over to somebody to decide."""
    return (
        _to_settle(person_id=col(CaseHandover.principal_id))
        .join(CaseHandover, col(CaseHandover.partner_request_id) == col(PartnerRequest.id))
        .where(col(CaseHandover.office) == CaseOffice.decider)
    )


def _settles(row: Any, caller: Any) -> ColumnElement[bool]:
    """Neither who raised it nor whom it is about, not tied, and with one hat."""
    who = caller_id(caller)
    return and_(
        row.raised_by != who,
        row.about_id != who,
        ~is_tied_in_case_sql(who, row.application_id, row.organisation_id),
        ~led_sql(who, row.application_id),
    )


def _settles_in_place(row: Any, caller: Any) -> ColumnElement[bool]:
    """As long as everybody in the office takes no part."""
    who, decider, now = caller_id(caller), CaseOffice.decider, now_of()
    stands_in = exists().where(
        col(PartnerRequest.id) == row.subject_id, to_hand_over(decider, now), handed_sql(decider, now, person=who)
    )
    return and_(_settles(row, caller), stands_in.correlate_except(PartnerRequest))


TASKS = (
    Task(
        kind="tie_to_settle",
        subject="partner_request",
        permissions=(P.partner_requests_decide,),
        rows=_of_authority,
        fits=_settles,
    ),
    Task(
        kind="tie_to_settle",
        subject="partner_request",
        rows=_handed,
        fits=_settles_in_place,
    ),
    to_answer("partner_request", _questions),
)
