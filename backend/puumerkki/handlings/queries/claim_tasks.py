"""What waits of conditions that are called met: to answer for a member, to settle as a second person."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, null, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.endorsements.models.conditions import ClaimAnswer, ClaimState, ConditionsClaim
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.task_rows import asked_now, task
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.participation import now_of


def to_answer(viewer: Viewer) -> Select[Any]:
    """The member's condition is called met: is it? Not for whoever said so."""
    answered = exists().where(
        col(ClaimAnswer.claim_id) == col(ConditionsClaim.id),
        col(ClaimAnswer.member_id) == col(NetworkMember.id),
        ~is_tied_sql(col(ClaimAnswer.given_by), col(Handling.application_id), col(Handling.network_id)),
    )
    row = task(
        viewer,
        literal("claim_to_answer"),
        organisation_id=col(NetworkMember.organisation_id),
        due_on=last_day_of(col(ConditionsClaim.effective_at)),
        since=col(ConditionsClaim.claimed_at),
    )
    return (
        row.join(ConditionsClaim, col(ConditionsClaim.handling_id) == col(Handling.id))
        .join(NetworkMember, col(NetworkMember.id) == func.any(col(ConditionsClaim.asked_member_ids)))
        .where(
            col(ConditionsClaim.state) == ClaimState.open,
            col(ConditionsClaim.effective_at) > now_of(),
            col(ConditionsClaim.claimed_by) != viewer_id(viewer),
            granted(P.ballots_vote, on=col(Handling.network_id), viewer=viewer),
            represents(viewer),
            ~answered,
        )
    )


def to_settle(viewer: Viewer) -> Select[Any]:
    """A member objects: a second person says whether the conditions are met."""
    row = task(
        viewer,
        literal("claim_to_settle"),
        organisation_id=null(),
        due_on=last_day_of(col(ConditionsClaim.settle_by)),
        since=col(ConditionsClaim.claimed_at),
    )
    return row.join(ConditionsClaim, col(ConditionsClaim.handling_id) == col(Handling.id)).where(
        col(ConditionsClaim.state) == ClaimState.open,
        asked_now(col(ConditionsClaim.asked_ids), viewer),
        granted(P.handlings_read, on=col(Handling.network_id), viewer=viewer),
    )


def represents(viewer: Viewer) -> ColumnElement[bool]:
    """SQL over `network_member`: the viewer represents it."""
    representative = aliased(RoleGrant)
    return exists().where(
        col(representative.principal_id) == viewer_id(viewer),
        col(representative.scope_id) == col(Handling.network_id),
        col(representative.for_organisation_id) == col(NetworkMember.organisation_id),
        col(representative.role).in_([Role.representative, Role.deputy]),
        or_(col(representative.expires_at).is_(None), col(representative.expires_at) > now_of()),
    )
