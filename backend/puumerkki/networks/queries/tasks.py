"""What waits for somebody: rulebooks to accept, invitations to answer, requests to approve, what to decide on."""

from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, Text, cast, exists, func, literal, null, select, union_all
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer, granted
from puumerkki.access.permissions import P
from puumerkki.kernel.last_day import last_day_of
from puumerkki.networks.models.networks import (
    MemberState,
    Network,
    NetworkMember,
    NetworkState,
    Rulebook,
    RulebookAcceptance,
    RulebookState,
)
from puumerkki.networks.queries.changes import to_answer
from puumerkki.networks.queries.decisions import to_decide
from puumerkki.networks.queries.participation import now_of, takes_part, today_of
from puumerkki.networks.queries.proposals import being_proposed, to_settle


def _columns(kind: str, subject_kind: str, subject_id: Any, due_on: Any, since: Any) -> tuple[Any, ...]:
    return (
        cast(literal(kind), Text).label("kind"),
        cast(literal(subject_kind), Text).label("subject_kind"),
        cast(subject_id, Uuid[UUID]()).label("subject_id"),
        col(NetworkMember.network_id).label("network_id"),
        col(NetworkMember.organisation_id).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(since, DateTime(timezone=True)).label("created_at"),
    )


def _acceptances(viewer: Viewer) -> Select[Any]:
    accepted = exists().where(
        col(RulebookAcceptance.rulebook_id) == col(Rulebook.id),
        col(RulebookAcceptance.member_id) == col(NetworkMember.id),
    )
    since = func.greatest(
        func.coalesce(col(Rulebook.in_force_at), col(Rulebook.created_at)),
        func.coalesce(col(NetworkMember.joined_at), col(NetworkMember.created_at)),
    )
    return (
        select(*_columns("rulebook_acceptance", "rulebook", col(Rulebook.id), col(Rulebook.accept_by), since))
        .select_from(NetworkMember)
        .join(Rulebook, col(Rulebook.network_id) == col(NetworkMember.network_id))
        .join(Network, col(Network.id) == col(NetworkMember.network_id))
        .where(
            col(Rulebook.state) == RulebookState.in_force,
            col(NetworkMember.state) == MemberState.active,
            col(Network.state) != NetworkState.closed,
            ~accepted,
            granted(P.rulebooks_accept, on=col(NetworkMember.organisation_id), viewer=viewer),
        )
    )


def _members(kind: str, state: MemberState, permission: P, on: Any, viewer: Viewer) -> Select[Any]:
    columns = _columns(kind, "network_member", col(NetworkMember.id), null(), col(NetworkMember.updated_at))
    return (
        select(*columns)
        .select_from(NetworkMember)
        .join(Network, col(Network.id) == col(NetworkMember.network_id))
        .where(
            col(NetworkMember.state) == state,
            col(Network.state) != NetworkState.closed,
            granted(permission, on=on, viewer=viewer),
        )
    )


def _brought_in(viewer: Viewer) -> Select[Any]:
    """An operator's list made it a member: to object, or to accept the rulebook."""
    until = col(NetworkMember.objection_until)
    columns = _columns(
        "membership_brought_in",
        "network_member",
        col(NetworkMember.id),
        last_day_of(until),
        col(NetworkMember.created_at),
    )
    return (
        select(*columns)
        .select_from(NetworkMember)
        .where(
            col(NetworkMember.state) == MemberState.active,
            until > now_of(),
            ~takes_part(today_of()),
            granted(P.memberships_manage, on=col(NetworkMember.organisation_id), viewer=viewer),
        )
    )


def waiting(viewer: Viewer) -> Select[Any]:
    """Tasks of this room for a viewer, in the columns that all rooms' tasks have."""
    own, theirs = col(NetworkMember.organisation_id), col(NetworkMember.network_id)
    tasks = union_all(
        _acceptances(viewer),
        _members("membership_invitation", MemberState.invited, P.memberships_manage, own, viewer),
        _members("membership_request", MemberState.requested, P.networks_lead, theirs, viewer).where(~being_proposed()),
        _brought_in(viewer),
        to_answer(viewer),
        *to_settle(viewer),
        to_decide(viewer),
    ).subquery("networks_waiting")
    return select(*tasks.c)
