"""What waits in review: to be decided by a ballot, a meeting or a statement; a meeting's decision to be confirmed."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, any_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import caller_id
from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import begun
from puumerkki.disqualification.queries.settled_ties import alleged, in_network
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.annulments import MOST_BALLOTS, without_result_sql
from puumerkki.handlings.queries.decision_words import meetings_fell_sql
from puumerkki.handlings.queries.interests import of_umbrella_sql
from puumerkki.handlings.queries.leading import Of, records_sql
from puumerkki.handlings.queries.meeting_people import OFFICES, in_office_sql, of_one_side_sql
from puumerkki.handlings.queries.task_rows import NOBODY, handlings, in_place, stands_in, task, untied
from puumerkki.kernel.last_day import days_after
from puumerkki.kernel.tasks import stands_at
from puumerkki.meetings.models import MeetingAttendance
from puumerkki.networks.decision_rule import DecisionMethod
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.readable import method_at
from puumerkki.networks.queries.sides import organisations_of
from puumerkki.networks.queries.tasks import LEADERS_THEN_OPERATORS

DAYS_TO_CONFIRM = 7
"""Within how many days a meeting's decision is hoped to be confirmed."""


def _in_review(**columns: Any) -> Select[Any]:
    """Handlings in review of which no meeting's decision is recorded."""
    recorded = exists().where(
        col(RecordedDecision.handling_id) == col(Handling.id),
        col(RecordedDecision.effective_at).is_(None),
        col(RecordedDecision.fell_at).is_(None),
    )
    rows = handlings(due_on=col(Handling.handle_by), since=col(Handling.received_at), **columns)
    return rows.where(stands_at(col(Handling.state), HandlingState.in_review), ~recorded)


def _by_meeting() -> ColumnElement[bool]:
    """SQL over `handling`: no ballot can be opened, so a meeting decides."""
    network = aliased(Network)
    decides = or_(
        col(Handling.decides),
        exists().where(col(network.id) == col(Handling.network_id), col(network.decides)).correlate_except(network),
    )
    wants_meeting = method_at(col(Handling.network_id), col(Handling.received_at)) == DecisionMethod.meeting_decides
    meeting = and_(func.coalesce(wants_meeting, False), ~meetings_fell_sql())
    return and_(decides, or_(meeting, without_result_sql() >= MOST_BALLOTS))


def _to_decide(**of_leader: Any) -> Select[Any]:
    """By a ballot, or by a statement where the network advises. The ballot that was asked for is a task of its own."""
    rows = _in_review(said_by=NOBODY, **of_leader)
    return rows.where(~_by_meeting(), col(Handling.ballot_opens_at).is_(None))


def _to_record() -> Select[Any]:
    """By a meeting."""
    return _in_review(received_at=col(Handling.received_at)).where(_by_meeting())


def _records(row: Any, caller: Any) -> ColumnElement[bool]:
    """Whoever would record it: a secretary, or who stands in for them. Nobody of whom it is said that they are tied."""
    who = caller_id(caller)
    of = Of(row.application_id, row.network_id, None, now_of())
    return and_(records_sql(who, of, row.received_at), ~_alleged(row, who))


def _to_confirm(**of_leader: Any) -> Select[Any]:
    decision = RecordedDecision
    since = col(decision.created_at)
    rows = handlings(
        due_on=days_after(since, DAYS_TO_CONFIRM),
        since=since,
        said_by=col(decision.recorded_by),
        received_at=col(Handling.received_at),
        meeting_id=col(decision.meeting_id),
        present_ids=col(decision.present_member_ids),
        **of_leader,
    )
    return rows.join(decision, col(decision.handling_id) == col(Handling.id)).where(
        col(Handling.state) == HandlingState.in_review,
        col(decision.confirmed_at).is_(None),
        col(decision.fell_at).is_(None),
    )


def _confirms(row: Any, caller: Any) -> ColumnElement[bool]:
    """Whom the step takes: in office before the version came, at the meeting, and not of whoever recorded it."""
    who = caller_id(caller)
    return and_(untied(row, caller), _in_office(row, who), _was_there(row, who), ~_of_one_side(row, who))


def _confirms_in_place(row: Any, caller: Any) -> ColumnElement[bool]:
    return and_(stands_in(row, caller), _confirms(row, caller))


def _in_office(row: Any, who: Any) -> ColumnElement[bool]:
    """In office before the version came, of no applicant's umbrella, and nobody says that they are tied."""
    lead_id = row.lead_id if "lead_id" in row else None
    held = in_office_sql(
        who, OFFICES, network_id=row.network_id, received_at=row.received_at, now=now_of(), lead_id=lead_id
    )
    return and_(held, ~of_umbrella_sql(who, row.application_id), ~_alleged(row, who))


def _alleged(row: Any, who: Any) -> ColumnElement[bool]:
    return alleged(who, row.application_id, in_network(row.network_id), now_of())


def _was_there(row: Any, who: Any) -> ColumnElement[bool]:
    """Their organisation is named as one that decided, by the record and by the meeting's attendance still."""
    there, member = aliased(MeetingAttendance), aliased(NetworkMember)
    theirs = organisations_of(select(who), begun(row.application_id))
    return (
        exists()
        .where(
            col(there.meeting_id) == row.meeting_id,
            col(there.member_id) == any_(row.present_ids),
            col(member.id) == col(there.member_id),
            col(member.organisation_id).in_(theirs),
        )
        .correlate_except(there, member)
    )


def _of_one_side(row: Any, who: Any) -> ColumnElement[bool]:
    first = select(row.said_by).correlate(row.said_by.table)
    return of_one_side_sql(first, who, row.application_id, now_of())


_LEADS, _RECORDS = (P.handlings_lead,), (P.handlings_record, P.handlings_lead, P.handlings_confirm)
TASKS = (
    task("handling_to_decide", _LEADS, _to_decide, untied, passes_on=LEADERS_THEN_OPERATORS),
    task("handling_to_decide", _RECORDS, _to_record, _records, passes_on=LEADERS_THEN_OPERATORS),
    *in_place("handling_to_decide", _to_decide),
    task("decision_to_confirm", (*_LEADS, P.handlings_confirm), _to_confirm, _confirms),
    *in_place("decision_to_confirm", _to_confirm, _confirms_in_place),
)
