"""What waits of conditions that are called met: to answer for a member, to settle as a second person."""

from typing import Any

from sqlalchemy import Select, exists, func
from sqlmodel import col

from puumerkki.access.permissions import P
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.endorsements.models.conditions import ClaimAnswer, ClaimState, ConditionsClaim
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.task_rows import asked, for_member, handlings, represents, task
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.participation import now_of


def _to_answer() -> Select[Any]:
    """The member's condition is called met: is it? Not for whoever said so."""
    answered = exists().where(
        col(ClaimAnswer.claim_id) == col(ConditionsClaim.id),
        col(ClaimAnswer.member_id) == col(NetworkMember.id),
        ~is_tied_sql(col(ClaimAnswer.given_by), col(Handling.application_id), col(Handling.network_id)),
    )
    rows = for_member(
        col(NetworkMember.organisation_id),
        due_on=last_day_of(col(ConditionsClaim.effective_at)),
        since=col(ConditionsClaim.claimed_at),
        said_by=col(ConditionsClaim.claimed_by),
    )
    return (
        rows.join(ConditionsClaim, col(ConditionsClaim.handling_id) == col(Handling.id))
        .join(NetworkMember, col(NetworkMember.id) == func.any(col(ConditionsClaim.asked_member_ids)))
        .where(col(ConditionsClaim.state) == ClaimState.open, col(ConditionsClaim.effective_at) > now_of(), ~answered)
    )


def _to_settle() -> Select[Any]:
    """A member objects: a second person says whether the conditions are met."""
    rows = handlings(
        due_on=last_day_of(col(ConditionsClaim.settle_by)),
        since=col(ConditionsClaim.claimed_at),
        asked_ids=col(ConditionsClaim.asked_ids),
    )
    return rows.join(ConditionsClaim, col(ConditionsClaim.handling_id) == col(Handling.id)).where(
        col(ConditionsClaim.state) == ClaimState.open
    )


TASKS = (
    task("claim_to_answer", (P.ballots_vote,), _to_answer, represents),
    task("claim_to_settle", (P.handlings_read,), _to_settle, asked),
)
