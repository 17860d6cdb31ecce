"""What waits of conditions: to check against a new version; once called met, to answer and to settle."""

from typing import Any

from sqlalchemy import Select, and_, exists, func, literal_column
from sqlmodel import col

from puumerkki.access.permissions import P
from puumerkki.applications.models.applications import Application, ApplicationState, ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.endorsements.models.conditions import ClaimAnswer, ClaimState, ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.task_rows import NOBODY, asked, for_member, handlings, represents, task, untied
from puumerkki.kernel.last_day import days_after, last_day_of
from puumerkki.kernel.tasks import stands_at
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.tasks import LEADERS_THEN_OPERATORS

DAYS_TO_CHECK = 7
"""Within how many days a new version is hoped to be compared with the conditions."""


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


def _to_check(**of_leader: Any) -> Select[Any]:
    """A version came while conditions are open: does it meet them, or is it handled anew?

    One that comes to a puumerkki without conditions is taken by itself, so of the many nothing is asked.
    """
    conditional = exists().where(
        col(Endorsement.handling_id) == col(Handling.id),
        col(Endorsement.network_id) == col(Handling.network_id),
        col(Endorsement.conditions) != literal_column("'[]'"),
    )
    claimed = exists().where(
        col(ConditionsClaim.handling_id) == col(Handling.id), col(ConditionsClaim.state) == ClaimState.open
    )
    since = col(ApplicationVersion.created_at)
    rows = handlings(due_on=days_after(since, DAYS_TO_CHECK), since=since, said_by=NOBODY, **of_leader)
    newest = and_(
        col(ApplicationVersion.application_id) == col(Application.id),
        col(ApplicationVersion.number) == col(Application.current_version),
    )
    return (
        rows.join(Application, col(Application.id) == col(Handling.application_id))
        .join(ApplicationVersion, newest)
        .where(
            stands_at(col(Handling.state), HandlingState.endorsed),
            col(Application.state) == ApplicationState.active,
            col(Application.current_version) > col(Handling.version_number),
            conditional,
            ~claimed,
        )
    )


TASKS = (
    task("conditions_to_check", (P.handlings_lead,), _to_check, untied, passes_on=LEADERS_THEN_OPERATORS),
    task("claim_to_answer", (P.ballots_vote,), _to_answer, represents),
    task("claim_to_settle", (P.handlings_read,), _to_settle, asked),
)
