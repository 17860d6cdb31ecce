"""What waits in a network: handlings to review, votes to cast, ballots to conclude. In review: `decision_tasks`.

Of the votes that are missing everybody sees their own only.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.permissions import P
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.decisions import DecisionWord, RecordedDecision
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import claim_tasks, decision_tasks
from puumerkki.handlings.queries.missing_votes import together_voted, together_with_applicant
from puumerkki.handlings.queries.task_rows import (
    NOBODY,
    asked,
    for_member,
    handlings,
    in_place,
    represents,
    task,
    untied,
)
from puumerkki.kernel.last_day import days_after, last_day_of
from puumerkki.kernel.tasks import Ladder, stands_at
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.tasks import LEADERS_THEN_OPERATORS

DAYS_TO_ANNUL = 3
"""Within how many days a second person is hoped to say whether a ballot is annulled: its time runs meanwhile."""


def _to_review(**of_leader: Any) -> Select[Any]:
    rows = handlings(due_on=col(Handling.handle_by), since=col(Handling.received_at), said_by=NOBODY, **of_leader)
    return rows.where(stands_at(col(Handling.state), HandlingState.received))


def _to_open(**of_leader: Any) -> Select[Any]:
    """The applicant asked for a ballot; on the day it is due it opens by itself, unless a meeting has decided."""
    decided = exists().where(
        col(RecordedDecision.handling_id) == col(Handling.id),
        col(RecordedDecision.confirmed_at).is_not(None),
        col(RecordedDecision.effective_at).is_(None),
        col(RecordedDecision.fell_at).is_(None),
    )
    due_on = last_day_of(col(Handling.ballot_opens_at))
    rows = handlings(due_on=due_on, since=col(Handling.ballot_asked_at), said_by=NOBODY, **of_leader)
    return rows.where(col(Handling.ballot_opens_at).is_not(None), ~decided)


def _to_conclude(**of_leader: Any) -> Select[Any]:
    rows = handlings(due_on=_effect(), since=col(Ballot.closed_at), said_by=NOBODY, **of_leader)
    return _counted(rows).where(col(Handling.state) == HandlingState.in_ballot, _newest_ballot())


def _to_state_standing() -> Select[Any]:
    """The member's condition was left out: does its vote stand?"""
    rows = for_member(col(NetworkMember.organisation_id), due_on=_effect(), since=col(Vote.condition_answered_at))
    return (
        _counted(rows)
        .join(Vote, col(Vote.ballot_id) == col(Ballot.id))
        .join(NetworkMember, col(NetworkMember.id) == col(Vote.member_id))
        .where(
            col(Handling.state) == HandlingState.in_ballot,
            col(Vote.condition_taken).is_(False),
            col(Vote.stands).is_(None),
            _newest_ballot(),
        )
    )


def _to_settle_recorded() -> Select[Any]:
    """Recorded votes decide: a second person says whether they were given so."""
    rows = handlings(due_on=_effect(), since=col(Ballot.closed_at), asked_ids=col(Ballot.recorded_asked_ids))
    return _counted(rows).where(
        col(Handling.state).in_([HandlingState.in_ballot, HandlingState.endorsed]),
        col(Ballot.recorded_confirmed).is_(None),
        _newest_ballot(),
    )


def _to_annul() -> Select[Any]:
    """Something was wrong in the ballot, says whoever leads: a second person confirms it or drops it."""
    since = col(BallotAnnulment.proposed_at)
    rows = handlings(due_on=days_after(since, DAYS_TO_ANNUL), since=since, asked_ids=col(BallotAnnulment.asked_ids))
    return (
        rows.join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .join(BallotAnnulment, col(BallotAnnulment.ballot_id) == col(Ballot.id))
        .where(
            or_(
                col(Handling.state) == HandlingState.in_ballot,
                (col(Handling.state) == HandlingState.endorsed) & (col(Ballot.purpose) == BallotPurpose.revoke),
            ),
            col(Ballot.state) != BallotState.annulled,
            col(BallotAnnulment.confirmed_at).is_(None),
            col(BallotAnnulment.dropped_at).is_(None),
            _newest_ballot(),
        )
    )


def _counted(rows: Select[Any]) -> Select[Any]:
    """With the ballots of the handling that are counted."""
    return rows.join(Ballot, and_(col(Ballot.handling_id) == col(Handling.id), col(Ballot.state) == BallotState.closed))


def _effect() -> ColumnElement[Any]:
    return last_day_of(col(Ballot.takes_effect_at))


def _newest_ballot() -> ColumnElement[bool]:
    newer = aliased(Ballot)
    return ~exists().where(col(newer.handling_id) == col(Handling.id), col(newer.opened_at) > col(Ballot.opened_at))


def _to_vote(of_purpose: ColumnElement[bool]) -> Select[Any]:
    done = [
        exists().where(col(table.ballot_id) == col(Ballot.id), col(table.member_id) == col(NetworkMember.id))
        for table in (Vote, Recusal)
    ]
    rows = for_member(
        col(NetworkMember.organisation_id),
        due_on=last_day_of(col(Ballot.closes_at)),
        since=col(Ballot.opened_at),
        ballot_id=col(Ballot.id),
    )
    return (
        rows.join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .join(BallotElector, col(BallotElector.ballot_id) == col(Ballot.id))
        .join(NetworkMember, col(NetworkMember.id) == col(BallotElector.member_id))
        .where(
            col(Ballot.state) == BallotState.open,
            col(Ballot.closes_at) > now_of(),
            of_purpose,
            ~together_voted(),
            ~together_with_applicant(),
            *(~one for one in done),
        )
    )


def _to_answer_for() -> Select[Any]:
    """A meeting's decision is confirmed: did it decide so? For whoever could be one of two more and has not said it."""
    said = exists().where(
        col(DecisionWord.decision_id) == col(RecordedDecision.id),
        col(DecisionWord.member_id) == col(NetworkMember.id),
        ~is_tied_sql(col(DecisionWord.given_by), col(Handling.application_id), col(Handling.network_id)),
    )
    rows = for_member(
        col(NetworkMember.organisation_id),
        due_on=last_day_of(col(RecordedDecision.holds_at)),
        since=col(RecordedDecision.confirmed_at),
        asked_ids=col(RecordedDecision.asked_ids),
    )
    return (
        rows.join(RecordedDecision, col(RecordedDecision.handling_id) == col(Handling.id))
        .join(NetworkMember, col(NetworkMember.id) == func.any(col(RecordedDecision.present_member_ids)))
        .where(
            col(RecordedDecision.holds_at) > now_of(),
            col(RecordedDecision.effective_at).is_(None),
            col(RecordedDecision.fell_at).is_(None),
            col(NetworkMember.id) != func.all(col(RecordedDecision.stood_aside_member_ids)),
            ~said,
        )
    )


_LEADS, _READS, _VOTES = (P.handlings_lead,), (P.handlings_read,), (P.ballots_vote,)
_REVOKES = col(Ballot.purpose) == BallotPurpose.revoke
TASKS = (
    task("handling_to_review", _LEADS, _to_review, untied, passes_on=LEADERS_THEN_OPERATORS),
    *in_place("handling_to_review", _to_review),
    task("ballot_to_open", _LEADS, _to_open, untied),
    *in_place("ballot_to_open", _to_open),
    task("ballot_to_conclude", _LEADS, _to_conclude, untied),
    *in_place("ballot_to_conclude", _to_conclude),
    *decision_tasks.TASKS,
    task("vote_to_cast", _VOTES, lambda: _to_vote(~_REVOKES), represents, ladder=Ladder.ballot),
    task("revocation_to_vote", _VOTES, lambda: _to_vote(_REVOKES), represents, ladder=Ladder.ballot),
    task("standing_to_state", _VOTES, _to_state_standing, represents),
    task("decision_to_answer", _VOTES, _to_answer_for, represents),
    task("recorded_votes_to_confirm", _READS, _to_settle_recorded, asked),
    task("annulment_to_confirm", _READS, _to_annul, asked),
    *claim_tasks.TASKS,
)
