"""What waits in a network: handlings to review, votes to cast, ballots to conclude, decisions to confirm."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    union_all,
)
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.decisions import DecisionWord, RecordedDecision
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Ballot, BallotPurpose, BallotState, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import claim_tasks
from puumerkki.handlings.queries.claim_tasks import represents
from puumerkki.handlings.queries.leading import of_row, stands_in_sql
from puumerkki.handlings.queries.missing_votes import together_voted, together_with_applicant
from puumerkki.handlings.queries.task_rows import asked_now
from puumerkki.handlings.queries.task_rows import task as task_row
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.participation import now_of


def waiting(viewer: Viewer) -> Select[Any]:
    """All of it, in the columns that `desk` joins. Of the votes that are missing everybody sees their own only.

    Nothing waits for somebody who is tied to an applicant: others do it.
    """
    leads = _leads(viewer)
    rows = union_all(
        _to_review(viewer, leads),
        _to_open(viewer, leads),
        _to_vote(viewer),
        _to_state_standing(viewer),
        _to_settle_recorded(viewer),
        _to_annul(viewer),
        _to_conclude(viewer, leads),
        _to_confirm(viewer, leads),
        _to_answer_for(viewer),
        claim_tasks.to_answer(viewer),
        claim_tasks.to_settle(viewer),
    )
    found = rows.subquery("handlings_waiting")
    return core_select(*found.c)


def _leads(viewer: Viewer) -> ColumnElement[bool]:
    """Whoever leads, or stands in for coordinators who are all tied: these few are gathered once."""
    in_place = (
        core_select(col(Handling.id).label("id"))
        .where(
            col(Handling.state).in_(OPEN_HANDLING),
            granted(P.networks_contribute, on=col(Handling.network_id), viewer=viewer),
            stands_in_sql(viewer_id(viewer), of_row(now_of())),
        )
        .cte("leads_in_place")
    )
    return or_(
        granted(P.handlings_lead, on=col(Handling.network_id), viewer=viewer),
        col(Handling.id).in_(core_select(in_place.c.id)),
    )


def _to_review(viewer: Viewer, leads: ColumnElement[bool]) -> Select[Any]:
    task = task_row(
        viewer,
        literal("handling_to_review"),
        organisation_id=null(),
        due_on=col(Handling.handle_by),
        since=col(Handling.received_at),
    )
    return task.where(col(Handling.state) == HandlingState.received, leads)


def _to_open(viewer: Viewer, leads: ColumnElement[bool]) -> Select[Any]:
    """The applicant asked for a ballot; on the day it is due it opens by itself, unless a meeting has decided."""
    decided = exists().where(
        col(RecordedDecision.handling_id) == col(Handling.id),
        col(RecordedDecision.confirmed_at).is_not(None),
        col(RecordedDecision.effective_at).is_(None),
        col(RecordedDecision.fell_at).is_(None),
    )
    task = task_row(
        viewer,
        literal("ballot_to_open"),
        organisation_id=null(),
        due_on=last_day_of(col(Handling.ballot_opens_at)),
        since=col(Handling.ballot_asked_at),
    )
    return task.where(col(Handling.ballot_opens_at).is_not(None), ~decided, leads)


def _to_state_standing(viewer: Viewer) -> Select[Any]:
    """The member's condition was left out: does its vote stand?"""
    task = task_row(
        viewer,
        literal("standing_to_state"),
        organisation_id=col(NetworkMember.organisation_id),
        due_on=last_day_of(col(Ballot.takes_effect_at)),
        since=col(Vote.condition_answered_at),
    )
    return (
        task.join(Ballot, and_(col(Ballot.handling_id) == col(Handling.id), col(Ballot.state) == BallotState.closed))
        .join(Vote, col(Vote.ballot_id) == col(Ballot.id))
        .join(NetworkMember, col(NetworkMember.id) == col(Vote.member_id))
        .where(
            col(Handling.state) == HandlingState.in_ballot,
            col(Vote.condition_taken).is_(False),
            col(Vote.stands).is_(None),
            _newest_ballot(),
            granted(P.ballots_vote, on=col(Handling.network_id), viewer=viewer),
            represents(viewer),
        )
    )


def _to_settle_recorded(viewer: Viewer) -> Select[Any]:
    """Recorded votes decide: a second person says whether they were given so."""
    task = task_row(
        viewer,
        literal("recorded_votes_to_confirm"),
        organisation_id=null(),
        due_on=last_day_of(col(Ballot.takes_effect_at)),
        since=col(Ballot.closed_at),
    )
    return _counted(task).where(
        col(Handling.state).in_([HandlingState.in_ballot, HandlingState.endorsed]),
        col(Ballot.recorded_confirmed).is_(None),
        asked_now(col(Ballot.recorded_asked_ids), viewer),
        granted(P.handlings_read, on=col(Handling.network_id), viewer=viewer),
        _newest_ballot(),
    )


def _to_annul(viewer: Viewer) -> Select[Any]:
    """Something was wrong in the ballot, says whoever leads: a second person confirms it or drops it."""
    task = task_row(
        viewer,
        literal("annulment_to_confirm"),
        organisation_id=null(),
        due_on=null(),
        since=col(BallotAnnulment.proposed_at),
    )
    return (
        task.join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .join(BallotAnnulment, col(BallotAnnulment.ballot_id) == col(Ballot.id))
        .where(
            or_(
                col(Handling.state) == HandlingState.in_ballot,
                (col(Handling.state) == HandlingState.endorsed) & (col(Ballot.purpose) == BallotPurpose.revoke),
            ),
            col(Ballot.state) != BallotState.annulled,
            col(BallotAnnulment.confirmed_at).is_(None),
            col(BallotAnnulment.dropped_at).is_(None),
            asked_now(col(BallotAnnulment.asked_ids), viewer),
            granted(P.handlings_read, on=col(Handling.network_id), viewer=viewer),
            _newest_ballot(),
        )
    )


def _counted(task: Select[Any]) -> Select[Any]:
    """With the ballots of the handling that are counted."""
    return task.join(Ballot, and_(col(Ballot.handling_id) == col(Handling.id), col(Ballot.state) == BallotState.closed))


def _newest_ballot() -> ColumnElement[bool]:
    newer = aliased(Ballot)
    return ~exists().where(col(newer.handling_id) == col(Handling.id), col(newer.opened_at) > col(Ballot.opened_at))


def _to_vote(viewer: Viewer) -> Select[Any]:
    done = [
        exists().where(col(table.ballot_id) == col(Ballot.id), col(table.member_id) == col(NetworkMember.id))
        for table in (Vote, Recusal)
    ]
    elsewhere = exists().where(
        col(Vote.ballot_id) == col(Ballot.id), col(Vote.cast_by) == viewer_id(viewer), col(Vote.recorded).is_(False)
    )
    task = task_row(
        viewer,
        case((col(Ballot.purpose) == BallotPurpose.revoke, "revocation_to_vote"), else_="vote_to_cast"),
        organisation_id=col(NetworkMember.organisation_id),
        due_on=last_day_of(col(Ballot.closes_at)),
        since=col(Ballot.opened_at),
    )
    return (
        task.join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .join(BallotElector, col(BallotElector.ballot_id) == col(Ballot.id))
        .join(NetworkMember, col(NetworkMember.id) == col(BallotElector.member_id))
        .where(
            col(Ballot.state) == BallotState.open,
            col(Ballot.closes_at) > now_of(),
            granted(P.ballots_vote, on=col(Handling.network_id), viewer=viewer),
            represents(viewer),
            ~elsewhere,
            ~together_voted(),
            ~together_with_applicant(),
            *(~one for one in done),
        )
    )


def _to_conclude(viewer: Viewer, leads: ColumnElement[bool]) -> Select[Any]:
    task = task_row(
        viewer,
        literal("ballot_to_conclude"),
        organisation_id=null(),
        due_on=last_day_of(col(Ballot.takes_effect_at)),
        since=col(Ballot.closed_at),
    )
    return _counted(task).where(
        col(Handling.state) == HandlingState.in_ballot,
        _newest_ballot(),
        leads,
    )


def _to_confirm(viewer: Viewer, leads: ColumnElement[bool]) -> Select[Any]:
    task = task_row(
        viewer,
        literal("decision_to_confirm"),
        organisation_id=null(),
        due_on=null(),
        since=col(RecordedDecision.created_at),
    )
    return task.join(RecordedDecision, col(RecordedDecision.handling_id) == col(Handling.id)).where(
        col(Handling.state) == HandlingState.in_review,
        col(RecordedDecision.confirmed_at).is_(None),
        col(RecordedDecision.fell_at).is_(None),
        col(RecordedDecision.recorded_by) != viewer_id(viewer),
        or_(granted(P.handlings_confirm, on=col(Handling.network_id), viewer=viewer), leads),
    )


def _to_answer_for(viewer: Viewer) -> Select[Any]:
    """A meeting's decision is confirmed: did it decide so? For whoever could be one of two more and has not said it."""
    said = exists().where(
        col(DecisionWord.decision_id) == col(RecordedDecision.id),
        col(DecisionWord.member_id) == col(NetworkMember.id),
        ~is_tied_sql(col(DecisionWord.given_by), col(Handling.application_id), col(Handling.network_id)),
    )
    task = task_row(
        viewer,
        literal("decision_to_answer"),
        organisation_id=col(NetworkMember.organisation_id),
        due_on=last_day_of(col(RecordedDecision.holds_at)),
        since=col(RecordedDecision.confirmed_at),
    )
    return (
        task.join(RecordedDecision, col(RecordedDecision.handling_id) == col(Handling.id))
        .join(NetworkMember, col(NetworkMember.id) == func.any(col(RecordedDecision.present_member_ids)))
        .where(
            col(RecordedDecision.holds_at) > now_of(),
            col(RecordedDecision.effective_at).is_(None),
            col(RecordedDecision.fell_at).is_(None),
            col(NetworkMember.id) != func.all(col(RecordedDecision.stood_aside_member_ids)),
            asked_now(col(RecordedDecision.asked_ids), viewer),
            granted(P.ballots_vote, on=col(Handling.network_id), viewer=viewer),
            represents(viewer),
            ~said,
        )
    )
