"""What waits for somebody: rulebooks to accept, invitations to answer, requests to approve, what to decide on."""

from typing import Any

from sqlalchemy import Select, exists, func
from sqlalchemy import select as core_select
from sqlmodel import col

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.kernel.last_day import days_after, last_day_of
from puumerkki.kernel.tasks import PassesOn, Task, waits
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookAcceptance,
    RulebookState,
)
from puumerkki.networks.queries import changes, decisions, proposals
from puumerkki.networks.queries.invitations import CONFIRMED, DAYS_FOR_INVITATION, ITS_ORGANISATION, answerable_since
from puumerkki.networks.queries.participation import now_of, takes_part, today_of
from puumerkki.organisations.models.organisations import Organisation

LEADERS_THEN_OPERATORS = (PassesOn(7, (Role.chair,)), PassesOn(14, (Role.operator,)))
"""To whom what the coordinators have not done is passed on."""
DAYS_FOR_REQUEST = 14
_OWN: Any = col(NetworkMember.organisation_id)


def _to_accept() -> Select[Any]:
    """Rulebooks in force that a member has not accepted."""
    accepted = exists().where(
        col(RulebookAcceptance.rulebook_id) == col(Rulebook.id),
        col(RulebookAcceptance.member_id) == col(NetworkMember.id),
    )
    since = func.greatest(
        func.coalesce(col(Rulebook.in_force_at), col(Rulebook.created_at)),
        func.coalesce(col(NetworkMember.joined_at), col(NetworkMember.created_at)),
    )
    return (
        _of_members(col(Rulebook.id), _OWN, due_on=col(Rulebook.accept_by), since=since)
        .join(Rulebook, col(Rulebook.network_id) == col(NetworkMember.network_id))
        .join(Network, col(Network.id) == col(NetworkMember.network_id))
        .where(
            col(Rulebook.state) == RulebookState.in_force,
            col(NetworkMember.state) == MemberState.active,
            col(Network.state) != NetworkState.closed,
            ~accepted,
        )
    )


def _coming(state: MemberState, scope_id: Any, days: int) -> Select[Any]:
    """Who is asked, or asks, to become a member; `days`: within which an answer is hoped for.

    Nobody becomes one before somebody has confirmed the organisation, so until then it waits for nobody.
    """
    since = answerable_since()
    return (
        _of_members(col(NetworkMember.id), scope_id, due_on=days_after(since, days), since=since)
        .join(Network, col(Network.id) == col(NetworkMember.network_id))
        .join(Organisation, ITS_ORGANISATION)
        .where(col(NetworkMember.state) == state, col(Network.state) != NetworkState.closed, CONFIRMED)
    )


def _requested() -> Select[Any]:
    return _coming(MemberState.requested, col(NetworkMember.network_id), DAYS_FOR_REQUEST).where(
        ~proposals.being_proposed()
    )


def _brought_in() -> Select[Any]:
    """An operator's list made it a member: to object, or to accept the rulebook."""
    until = col(NetworkMember.objection_until)
    found = _of_members(col(NetworkMember.id), _OWN, due_on=last_day_of(until), since=col(NetworkMember.created_at))
    return found.where(col(NetworkMember.state) == MemberState.active, until > now_of(), ~takes_part(today_of()))


def _of_members(subject_id: Any, scope_id: Any, **columns: Any) -> Select[Any]:
    found = waits(
        subject_id,
        scope_id=scope_id,
        network_id=col(NetworkMember.network_id),
        organisation_id=col(NetworkMember.organisation_id),
        **columns,
    )
    return core_select(*found).select_from(NetworkMember)


TASKS = (
    Task(
        kind="rulebook_acceptance",
        subject="rulebook",
        permissions=(P.rulebooks_accept,),
        rows=_to_accept,
    ),
    Task(
        kind="membership_invitation",
        subject="network_member",
        permissions=(P.memberships_manage,),
        rows=lambda: _coming(MemberState.invited, _OWN, DAYS_FOR_INVITATION),
    ),
    Task(
        kind="membership_request",
        subject="network_member",
        permissions=(P.networks_lead,),
        rows=_requested,
        passes_on=LEADERS_THEN_OPERATORS,
    ),
    Task(
        kind="membership_brought_in",
        subject="network_member",
        permissions=(P.memberships_manage,),
        rows=_brought_in,
    ),
    changes.TO_ANSWER,
    *proposals.TASKS,
    *decisions.TASKS,
)
