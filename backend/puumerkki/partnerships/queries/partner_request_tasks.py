"""What waits of partner requests: cases to begin and to decide, supplements to answer.

What is to be begun or prepared waits for the officer named for it, as long as they can, else for all officers.
What is proposed waits for a decider; what was handed back for who proposed it, or, of a service account, for the
officers. Nothing waits for somebody who is tied, and nothing to decide for who led in a network.
"""

from collections.abc import Callable
from operator import eq, ne
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    and_,
    any_,
    cast,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import caller_id
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.applications.queries.application_tasks import for_writers
from puumerkki.disqualification.queries.tied import is_tied_in_case_sql
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.queries.two_hats import led_sql
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.tasks import Fits, PassesOn, Task, waits
from puumerkki.networks.queries.participation import now_of
from puumerkki.partnerships.models.gate import GateRequirement
from puumerkki.partnerships.models.handovers import CaseHandover, CaseOffice
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.queries.acting import handed_sql, to_hand_over
from puumerkki.partnerships.queries.partner_requests import asking, valid_today, without_open_conditions
from puumerkki.partnerships.queries.preparing import decides_too, has_preparer

DAYS_TO_BEGIN, DAYS_TO_PREPARE, DAYS_TO_DECIDE = 14, 30, 14
"""Within how many days a case is hoped to be begun, once it can be; prepared; and decided, once that is proposed."""


def _cases(**whose: Any) -> Select[Any]:
    columns = waits(
        col(PartnerRequest.id),
        organisation_id=col(PartnerRequest.authority_id),
        since=col(PartnerRequest.arrived_at),
        application_id=col(PartnerRequest.application_id),
        **whose,
    )
    return core_select(*columns).select_from(PartnerRequest)


def _of_authority(*conditions: ColumnElement[bool], **asked: Any) -> Select[Any]:
    return _cases(scope_id=col(PartnerRequest.authority_id), **asked).where(*conditions)


def _to_begin() -> ColumnElement[bool]:
    """The gate is open."""
    row = aliased(GateRequirement)
    opens = exists().where(_opening(row)).correlate_except(Endorsement)
    before = col(PartnerRequest.state).in_([PartnerRequestState.arrived, PartnerRequestState.referred])
    return and_(before, not_(exists().where(asking(row), not_(opens))))


def _opening(row: Any) -> ColumnElement[bool]:
    """SQL over an endorsement: it opens what a requirement holds."""
    return and_(
        valid_today(Endorsement),
        col(Endorsement.network_id) == any_(col(row.network_ids)),
        or_(col(row.lets_open_conditions), without_open_conditions(Endorsement)),
    )


def _begin_by() -> ColumnElement[Any]:
    """So many days from when the case came, or the last of what it required was given."""
    row = aliased(GateRequirement)
    first = select(func.min(col(Endorsement.issued_at))).where(_opening(row)).correlate(PartnerRequest, row)
    last = select(func.max(first.scalar_subquery())).select_from(row).where(asking(row)).correlate(PartnerRequest)
    return days_after(func.greatest(col(PartnerRequest.arrived_at), last.scalar_subquery()), DAYS_TO_BEGIN)


def _decide_by() -> ColumnElement[Any]:
    """The day that the authority set itself; else by what is proposed, or from the begin."""
    return func.coalesce(
        col(PartnerRequest.decide_by),
        days_after(col(PartnerRequest.proposed_at), DAYS_TO_DECIDE),
        col(PartnerRequest.begun_on) + literal(DAYS_TO_PREPARE, Integer()),
    )


def _look_by() -> ColumnElement[Any]:
    return days_after(col(PartnerRequest.to_look_at_since), DAYS_TO_DECIDE)


def _of_officers(condition: ColumnElement[bool], due_on: ColumnElement[Any]) -> Select[Any]:
    return _of_authority(condition, ~has_preparer(now_of()), due_on=due_on)


def _of_preparer(condition: ColumnElement[bool], due_on: ColumnElement[Any]) -> Select[Any]:
    """Only who is named, and can; where they cannot any more it waits for all officers again."""
    return _cases(person_id=col(PartnerRequest.preparer_id), due_on=due_on).where(condition, has_preparer(now_of()))


def _to_prepare() -> ColumnElement[bool]:
    """Somebody was named to prepare it, and nothing is proposed."""
    return and_(_to_decide(), ~_is_proposed(), col(PartnerRequest.preparer_id).is_not(None))


def _to_decide() -> ColumnElement[bool]:
    return col(PartnerRequest.state) == PartnerRequestState.in_preparation


def _is_proposed() -> ColumnElement[bool]:
    return col(PartnerRequest.proposed_by).is_not(None)


def _to_look_at() -> ColumnElement[bool]:
    return col(PartnerRequest.to_look_at).is_not(None)


def _handed_back() -> Select[Any]:
    former = col(PartnerRequest.former_proposal)
    return _of_authority(
        _to_decide(),
        ~_is_proposed(),
        former["reason"].astext.is_not(None),
        former["version_number"].as_integer() == col(PartnerRequest.version_number),
        due_on=_decide_by(),
        proposer_id=cast(former["proposed_by"].astext, Uuid),
    )


def _untied(row: Any, caller: Any) -> ColumnElement[bool]:
    return ~is_tied_in_case_sql(caller_id(caller), row.application_id, row.organisation_id)


def _decides(row: Any, caller: Any) -> ColumnElement[bool]:
    return and_(_untied(row, caller), ~led_sql(caller_id(caller), row.application_id))


def _proposed(row: Any, caller: Any) -> ColumnElement[bool]:
    """Who proposed it; any officer where a service account did."""
    machine = exists().where(col(ServiceAccount.id) == row.proposer_id).correlate_except(ServiceAccount)
    return and_(or_(row.proposer_id == caller_id(caller), machine), _untied(row, caller))


def _to_answer(scope_id: Any) -> Select[Any]:
    """What was asked last is to be answered by its day."""
    asked = col(PartnerRequest.supplements)[-1]
    columns = waits(
        col(PartnerRequest.id),
        scope_id=scope_id,
        organisation_id=col(Application.applicant_id),
        due_on=cast(asked["answer_by"].astext, Date),
        since=cast(asked["asked_at"].astext, DateTime(timezone=True)),
    )
    return (
        core_select(*columns)
        .select_from(Application)
        .join(PartnerRequest, col(PartnerRequest.application_id) == col(Application.id))
        .where(col(PartnerRequest.state) == PartnerRequestState.supplement_asked)
    )


def _handed(office: CaseOffice, due_on: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
    """Cases that were handed over to somebody."""
    named = cast(col(CaseHandover.office), Text)
    rows = _cases(person_id=col(CaseHandover.principal_id), office=named, due_on=due_on)
    return rows.join(CaseHandover, col(CaseHandover.partner_request_id) == col(PartnerRequest.id)).where(
        col(CaseHandover.office) == office, *conditions
    )


def _stands_in(row: Any, caller: Any) -> ColumnElement[bool]:
    """As long as everybody in the office takes no part."""
    here = col(PartnerRequest.id) == row.subject_id
    now = now_of()
    stands_in = exists().where(
        here, to_hand_over(row.office, now), handed_sql(row.office, now, person=caller_id(caller))
    )
    return stands_in.correlate_except(PartnerRequest)


def _task(
    kind: str, permission: P, rows: Callable[[], Select[Any]], fits: Fits, passes_on: tuple[PassesOn, ...] = ()
) -> Task:
    return Task(
        kind=kind, subject="partner_request", permissions=(permission,), rows=rows, fits=fits, passes_on=passes_on
    )


def _in_place(kind: str, rows: Callable[[], Select[Any]]) -> Task:
    return Task(kind=kind, subject="partner_request", rows=rows, fits=_stands_in)


def _of_named(kind: str, rows: Callable[[], Select[Any]]) -> Task:
    return Task(kind=kind, subject="partner_request", rows=rows)


def _to_do(state_is: Callable[[Any, Any], ColumnElement[bool]], due_on: ColumnElement[Any]) -> Select[Any]:
    is_decided = state_is(col(PartnerRequest.state), PartnerRequestState.decided)
    return _handed(CaseOffice.decider, due_on, or_(_to_decide(), _to_look_at()), is_decided)


_LATE = (PassesOn(7, (Role.decider,)), PassesOn(14, (Role.owner,)))
TASKS = (
    _task(
        "partner_request_to_begin",
        P.partner_requests_prepare,
        lambda: _of_officers(_to_begin(), _begin_by()),
        _untied,
        _LATE,
    ),
    _of_named("partner_request_to_begin", lambda: _of_preparer(_to_begin(), _begin_by())),
    _task(
        "partner_request_to_prepare",
        P.partner_requests_prepare,
        lambda: _of_officers(_to_prepare(), _decide_by()),
        _untied,
        _LATE,
    ),
    _of_named(
        "partner_request_to_prepare",
        lambda: _of_preparer(
            and_(_to_prepare(), ~decides_too(col(PartnerRequest.preparer_id), now_of())), _decide_by()
        ),
    ),
    _task(
        "partner_request_to_decide",
        P.partner_requests_decide,
        lambda: _of_authority(_to_decide(), ~_is_proposed(), due_on=_decide_by()),
        _decides,
    ),
    _task(
        "proposal_to_confirm",
        P.partner_requests_decide,
        lambda: _of_authority(_to_decide(), _is_proposed(), due_on=_decide_by()),
        _decides,
    ),
    _task("proposal_handed_back", P.partner_requests_propose, _handed_back, _proposed),
    _task(
        "partner_request_to_look_at",
        P.partner_requests_decide,
        lambda: _of_authority(_to_look_at(), due_on=_look_by()),
        _decides,
    ),
    *for_writers("supplement_to_answer", "partner_request", _to_answer),
    _in_place("partner_request_to_begin", lambda: _handed(CaseOffice.officer, _begin_by(), _to_begin())),
    _in_place("partner_request_to_look_at", lambda: _to_do(eq, _look_by())),
    _in_place("partner_request_to_decide", lambda: _to_do(ne, _decide_by())),
)
