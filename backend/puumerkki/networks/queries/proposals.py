"""Proposals about members: the open one, who may confirm it, and for whom it is a task."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, DateTime, Select, Text, any_, cast, exists, literal, null
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Viewer, granted, viewer_id
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.reads.statements import param
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.models.proposals import MemberProposal, ProposalState
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.second_persons import Asked, Bars, Candidates


async def open_proposal(session: AsyncSession, member_id: UUID, *, for_update: bool = False) -> MemberProposal | None:
    """What is proposed about a member now."""
    statement = select(MemberProposal).where(
        col(MemberProposal.member_id) == member_id, col(MemberProposal.state) == ProposalState.open
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(statement)).one_or_none()


_UNTIED = Candidates(lambda: Bars(core_select(param("organisation", Uuid())), param("since", DateTime(timezone=True))))


def second_persons_for(
    member: NetworkMember, *, first_id: UUID, since: datetime | None = None, others: Iterable[UUID] = ()
) -> Asked:
    """One who is not of the first's or the others' side, untied to the member, there since before it was proposed."""
    given = {"organisation": member.organisation_id}
    return Asked(_UNTIED, member.network_id, first_id, since or clock.now(), others=tuple(others), given=given)


def being_proposed() -> ColumnElement[bool]:
    """SQL over `network_member`: something is proposed about it."""
    return exists().where(
        col(MemberProposal.member_id) == col(NetworkMember.id), col(MemberProposal.state) == ProposalState.open
    )


def to_settle(viewer: Viewer) -> list[Select[Any]]:
    """Tasks: the member states its view while it is heard; then one of those who were asked confirms."""
    day = last_day_of(col(MemberProposal.heard_until))
    heard = col(MemberProposal.heard_until) <= now_of()
    mine = viewer_id(viewer) == any_(col(MemberProposal.asked_ids))
    return [
        _task("member_proposal_to_answer", day, col(MemberProposal.created_at)).where(
            ~heard,
            col(MemberProposal.view).is_(None),
            granted(P.memberships_manage, on=col(NetworkMember.organisation_id), viewer=viewer),
        ),
        _task("member_proposal_to_confirm", null(), col(MemberProposal.heard_until)).where(
            heard, mine, granted(P.networks_read, on=col(NetworkMember.network_id), viewer=viewer)
        ),
    ]


def _task(kind: str, due_on: Any, since: Any) -> Select[Any]:
    columns: tuple[Any, ...] = (
        cast(literal(kind), Text).label("kind"),
        cast(literal("network_member"), Text).label("subject_kind"),
        cast(col(NetworkMember.id), Uuid[UUID]()).label("subject_id"),
        col(NetworkMember.network_id).label("network_id"),
        col(NetworkMember.organisation_id).label("organisation_id"),
        cast(due_on, Date).label("due_on"),
        cast(since, DateTime(timezone=True)).label("created_at"),
    )
    return (
        core_select(*columns)
        .select_from(MemberProposal)
        .join(NetworkMember, col(NetworkMember.id) == col(MemberProposal.member_id))
        .where(col(MemberProposal.state) == ProposalState.open)
    )
