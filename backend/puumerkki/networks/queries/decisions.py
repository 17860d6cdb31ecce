"""Decisions about a network itself: who sees them, who votes, what waits for whom."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, caller_id, granted
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import REPRESENTATIVES, Role
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.reads.listings import Filter, Listing, Sort
from puumerkki.kernel.tasks import Ladder, Task, waits
from puumerkki.networks.models.decisions import (
    DecisionKind,
    DecisionState,
    DecisionWay,
    NetworkDecision,
    NetworkDecisionElector,
    NetworkDecisionVote,
)
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.queries.electorates import left_since
from puumerkki.networks.queries.second_persons import OF_THE_NETWORK, Asked, is_second_person, second_persons
from puumerkki.networks.queries.turns import voted_for_another


def readable(caller: Caller) -> ColumnElement[bool]:
    """SQL over `network_decision`: the network's own matter."""
    if caller.anonymous:
        return false()
    return granted(P.networks_read, on=col(NetworkDecision.network_id), caller=caller)


DECISIONS = Listing(
    name="network_decisions",
    item={
        "id": col(NetworkDecision.id),
        "network_id": col(NetworkDecision.network_id),
        "kind": col(NetworkDecision.kind),
        "way": col(NetworkDecision.way),
        "state": col(NetworkDecision.state),
        "on_day": col(NetworkDecision.on_day),
        "opened_at": col(NetworkDecision.opened_at),
        "closes_at": col(NetworkDecision.closes_at),
        "decided_at": col(NetworkDecision.decided_at),
        "version": col(NetworkDecision.version),
    },
    source=lambda statement: statement.select_from(NetworkDecision),
    sorts={"-opened_at": Sort((col(NetworkDecision.opened_at), col(NetworkDecision.id)), descending=True)},
    readable=readable,
    filters={"network": Filter(col(NetworkDecision.network_id)), "state": Filter(col(NetworkDecision.state))},
)


async def decision(
    session: AsyncSession, *, actor: Actor, network_id: UUID, decision_id: UUID, for_update: bool = False
) -> NetworkDecision:
    """A decision that this actor may see, or NotFound."""
    found = await session.get(NetworkDecision, decision_id, with_for_update=for_update, populate_existing=for_update)
    if found is None or found.network_id != network_id or not actor.may(P.networks_read, network_id):
        raise NotFound()
    return found


async def waiting_decisions(session: AsyncSession, network_id: UUID) -> Sequence[NetworkDecision]:
    """What a network is deciding on, and what it has decided and waits for its day; the oldest first."""
    statement = select(NetworkDecision).where(
        col(NetworkDecision.network_id) == network_id,
        col(NetworkDecision.state).in_([DecisionState.open, DecisionState.adopted]),
    )
    return (await session.exec(statement.order_by(col(NetworkDecision.opened_at), col(NetworkDecision.id)))).all()


async def has_adopted(session: AsyncSession, network_id: UUID, kind: DecisionKind) -> bool:
    """Whether such a thing is decided and waits for its day."""
    waiting = await waiting_decisions(session, network_id)
    return any(one.kind is kind and one.state is DecisionState.adopted for one in waiting)


async def decided_since_before(session: AsyncSession, network_id: UUID, moment: datetime) -> bool:
    """Whether something that was proposed before a moment is before the members still."""
    statement = select(NetworkDecision.id).where(
        col(NetworkDecision.network_id) == network_id,
        col(NetworkDecision.state) == DecisionState.open,
        col(NetworkDecision.opened_at) < moment,
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def decided_on(session: AsyncSession, subject_id: UUID) -> bool:
    """Whether something is before the members now."""
    statement = select(NetworkDecision.id).where(
        col(NetworkDecision.subject_id) == subject_id, col(NetworkDecision.state) == DecisionState.open
    )
    return (await session.exec(statement)).first() is not None


async def stopped_by_members(session: AsyncSession, network_id: UUID) -> bool:
    """Whether it was the network's own decision, not its lead's alone, that it gives no puumerkki."""
    statement = (
        select(NetworkDecision.kind)
        .where(
            col(NetworkDecision.network_id) == network_id,
            col(NetworkDecision.state) == DecisionState.done,
            col(NetworkDecision.kind).in_([DecisionKind.stop_deciding, DecisionKind.begin_deciding]),
        )
        .order_by(col(NetworkDecision.done_at).desc(), col(NetworkDecision.id).desc())
    )
    return (await session.exec(statement.limit(1))).first() == DecisionKind.stop_deciding


async def electors_of(session: AsyncSession, of: NetworkDecision) -> list[NetworkMember]:
    """The members that may vote on it and have not left since, by their ids."""
    statement = (
        select(NetworkMember)
        .join(NetworkDecisionElector, col(NetworkDecisionElector.member_id) == col(NetworkMember.id))
        .where(col(NetworkDecisionElector.decision_id) == of.id, ~left_since(of.opened_at))
        .order_by(col(NetworkMember.id))
    )
    return list((await session.exec(statement)).all())


async def votes_of(session: AsyncSession, decision_id: UUID) -> Sequence[NetworkDecisionVote]:
    """All votes on it, in the order in which they were first given."""
    statement = select(NetworkDecisionVote).where(col(NetworkDecisionVote.decision_id) == decision_id)
    order = col(NetworkDecisionVote.created_at), col(NetworkDecisionVote.id)
    return (await session.exec(statement.order_by(*order))).all()


async def could_confirm(
    session: AsyncSession, *, network_id: UUID, first_id: UUID, since: Any, present: Sequence[UUID] | None
) -> list[UUID]:
    """Who can be the second person; where a meeting decided, whose member was there, or who holds a chosen office."""
    found = await second_persons(session, Asked(OF_THE_NETWORK, network_id, first_id, since))
    if present is None or not found:
        return list(found)
    statement = (
        select(RoleGrant.principal_id)
        .outerjoin(
            NetworkMember,
            (col(NetworkMember.network_id) == col(RoleGrant.scope_id))
            & (col(NetworkMember.organisation_id) == col(RoleGrant.for_organisation_id)),
        )
        .where(
            col(RoleGrant.scope_id) == network_id,
            col(RoleGrant.principal_id).in_(found),
            or_(
                col(NetworkMember.id).in_(present) & col(RoleGrant.role).in_(REPRESENTATIVES),
                col(RoleGrant.role).in_([Role.chair, Role.secretary]) & col(RoleGrant.chosen_at).is_not(None),
            ),
        )
        .distinct()
        .order_by(col(RoleGrant.principal_id))
    )
    return list((await session.exec(statement)).all())


async def may_confirm(session: AsyncSession, of: NetworkDecision, person_id: UUID) -> bool:
    """Whether somebody can be the second person of this one, as things stand now; or the third, of no side before."""
    if of.confirmed_by is not None and not await is_second_person(
        session, Asked(OF_THE_NETWORK, of.network_id, of.confirmed_by, of.opened_at), person_id
    ):
        return False
    if of.way is DecisionWay.second_person:
        return await is_second_person(
            session, Asked(OF_THE_NETWORK, of.network_id, of.proposed_by, of.opened_at), person_id
        )
    return person_id in await who_confirms(session, of)


async def who_confirms(session: AsyncSession, of: NetworkDecision) -> list[UUID]:
    """Who can be the second person of this one, as things stand now."""
    return await could_confirm(
        session,
        network_id=of.network_id,
        first_id=of.proposed_by,
        since=of.opened_at,
        present=of.present_member_ids if of.way is DecisionWay.meeting else None,
    )


async def leaving(session: AsyncSession, network_id: UUID) -> tuple[str, date] | None:
    """Whether the network has decided to rest or to close, and on what day; the earliest."""
    statement = select(NetworkDecision).where(
        col(NetworkDecision.network_id) == network_id,
        col(NetworkDecision.state) == DecisionState.adopted,
        col(NetworkDecision.on_day).is_not(None),
    )
    found = (await session.exec(statement.order_by(col(NetworkDecision.on_day)).limit(1))).first()
    return None if found is None or found.on_day is None else (found.kind.value, found.on_day)


def _open(**columns: Any) -> Select[Any]:
    found = waits(
        col(NetworkDecision.id),
        scope_id=col(NetworkDecision.network_id),
        network_id=col(NetworkDecision.network_id),
        due_on=last_day_of(col(NetworkDecision.closes_at)),
        since=col(NetworkDecision.opened_at),
        **columns,
    )
    return core_select(*found).select_from(NetworkDecision).where(col(NetworkDecision.state) == DecisionState.open)


def _to_vote() -> Select[Any]:
    """For the members that have not voted, nor one with which they have one vote."""
    voted, other = aliased(NetworkDecisionVote), aliased(NetworkDecisionElector)
    has_voted = exists().where(
        col(voted.decision_id) == col(NetworkDecision.id),
        col(voted.member_id) == col(other.member_id),
        col(other.decision_id) == col(NetworkDecision.id),
        col(other.bloc_id) == col(NetworkDecisionElector.bloc_id),
    )
    return (
        _open(
            organisation_id=col(NetworkMember.organisation_id),
            member_id=col(NetworkMember.id),
            opened_at=col(NetworkDecision.opened_at),
        )
        .join(NetworkDecisionElector, col(NetworkDecisionElector.decision_id) == col(NetworkDecision.id))
        .join(NetworkMember, col(NetworkMember.id) == col(NetworkDecisionElector.member_id))
        .where(col(NetworkMember.state) == MemberState.active, ~has_voted)
    )


def _votes(row: Any, caller: Any) -> ColumnElement[bool]:
    """Whoever represents for the member, and has not voted for another."""
    me, representative, voted = caller_id(caller), aliased(RoleGrant), aliased(NetworkDecisionVote)
    represents = exists().where(
        col(representative.principal_id) == me,
        col(representative.scope_id) == row.network_id,
        col(representative.for_organisation_id) == row.organisation_id,
        col(representative.role).in_(REPRESENTATIVES),
        or_(col(representative.acts_from).is_(None), col(representative.acts_from) <= row.opened_at),
    )
    elsewhere = exists().where(
        *voted_for_another(voted, col(voted.decision_id), row.subject_id, person=me, member=row.member_id)
    )
    return and_(represents.correlate_except(representative), ~elsewhere.correlate_except(voted))


def _to_confirm() -> Select[Any]:
    return _open(asked_ids=col(NetworkDecision.asked_ids)).where(col(NetworkDecision.confirmed_by).is_(None))


def _confirms(row: Any, caller: Any) -> ColumnElement[bool]:
    return caller_id(caller) == func.any(row.asked_ids)


TASKS = (
    Task(
        kind="network_decision_to_vote",
        ladder=Ladder.ballot,
        subject="network_decision",
        permissions=(P.ballots_vote,),
        rows=_to_vote,
        fits=_votes,
    ),
    Task(
        kind="network_decision_to_confirm",
        subject="network_decision",
        permissions=(P.networks_read,),
        rows=_to_confirm,
        fits=_confirms,
    ),
)
