"""Proposals about members: the open one, who may confirm it, and for whom it is a task."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Select, any_, exists
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import caller_id
from puumerkki.access.permissions import P
from puumerkki.kernel import clock
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.reads.statements import param
from puumerkki.kernel.tasks import Task, waits
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.models.proposals import MemberProposal, ProposalState
from puumerkki.networks.queries.participation import now_of
from puumerkki.networks.queries.second_persons import DAYS_FOR_SECOND, Asked, Bars, Candidates


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


def _to_state() -> Select[Any]:
    """The member states its view while it is heard."""
    heard_until, own = col(MemberProposal.heard_until), col(NetworkMember.organisation_id)
    found = _open(scope_id=own, due_on=last_day_of(heard_until), since=col(MemberProposal.created_at))
    return found.where(heard_until > now_of(), col(MemberProposal.view).is_(None))


def _to_confirm() -> Select[Any]:
    """Then one of those who were asked confirms."""
    heard_until, theirs = col(MemberProposal.heard_until), col(NetworkMember.network_id)
    due_on = last_day_of(heard_until + timedelta(days=DAYS_FOR_SECOND))
    found = _open(scope_id=theirs, due_on=due_on, since=heard_until, asked_ids=col(MemberProposal.asked_ids))
    return found.where(heard_until <= now_of())


def _open(**columns: Any) -> Select[Any]:
    found = waits(
        col(NetworkMember.id),
        network_id=col(NetworkMember.network_id),
        organisation_id=col(NetworkMember.organisation_id),
        **columns,
    )
    return (
        core_select(*found)
        .select_from(MemberProposal)
        .join(NetworkMember, col(NetworkMember.id) == col(MemberProposal.member_id))
        .where(col(MemberProposal.state) == ProposalState.open)
    )


def _is_asked(row: Any, caller: Any) -> ColumnElement[bool]:
    return caller_id(caller) == any_(row.asked_ids)


TASKS = (
    Task(
        kind="member_proposal_to_answer",
        subject="network_member",
        permissions=(P.memberships_manage,),
        rows=_to_state,
    ),
    Task(
        kind="member_proposal_to_confirm",
        subject="network_member",
        permissions=(P.networks_read,),
        rows=_to_confirm,
        fits=_is_asked,
    ),
)
