"""Reads of what members that were at a meeting say of its decision."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import REPRESENTATIVES
from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.disqualification.queries.tied import is_tied, is_tied_sql
from puumerkki.handlings.models.decisions import DecisionWord, RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries.electors import barred_members, electors
from puumerkki.handlings.queries.second_persons import second_persons_for
from puumerkki.identity.making import made_by
from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.meetings.queries import attendance
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.models.networks import MemberState, NetworkMember
from puumerkki.networks.queries.blocs import blocs_of
from puumerkki.networks.queries.second_persons import second_persons

DENIED = "denied"
OVERTAKEN = "overtaken"
FALLEN_MEETINGS = 2
"""After so many meetings' decisions that fell on one version the members vote, though the rulebook wants a meeting."""


async def words(session: AsyncSession, decision_id: UUID) -> Sequence[DecisionWord]:
    """Members' answers, the first first."""
    statement = select(DecisionWord).where(col(DecisionWord.decision_id) == decision_id)
    return (await session.exec(statement.order_by(col(DecisionWord.given_at), col(DecisionWord.id)))).all()


_BY_UNTIED = Statement(
    lambda: core_select(col(DecisionWord.id)).where(
        col(DecisionWord.decision_id) == param("decision", Uuid()),
        ~is_tied_sql(col(DecisionWord.given_by), param("application", Uuid()), param("network", Uuid())),
    )
)


async def words_that_count(
    session: AsyncSession, handling: Handling, decision: RecordedDecision
) -> Sequence[DecisionWord]:
    """Answers of people who are still untied, the first first."""
    given = {"application": handling.application_id, "network": handling.network_id}
    untied = {id_ for (id_,) in await _BY_UNTIED.fetch_all(session, decision=decision.id, **given)}
    return [one for one in await words(session, decision.id) if one.id in untied]


async def firsts_tied(session: AsyncSession, handling: Handling, decision: RecordedDecision) -> bool:
    """Tell whether whoever recorded or confirmed the decision is tied by now."""
    firsts = [one for one in (decision.recorded_by, decision.confirmed_by) if one is not None]
    return any([await is_tied(session, one, handling.application_id, network_id=handling.network_id) for one in firsts])


def meetings_fell_sql() -> ColumnElement[bool]:
    """SQL over `handling`: so many confirmed decisions on the version fell that the members vote."""
    decision = aliased(RecordedDecision)
    found = core_select(func.count()).where(
        col(decision.handling_id) == col(Handling.id),
        col(decision.version_number) == col(Handling.version_number),
        col(decision.confirmed_at).is_not(None),
        col(decision.fell_because) != OVERTAKEN,
    )
    return found.correlate_except(decision).scalar_subquery() >= FALLEN_MEETINGS


async def meetings_fell(session: AsyncSession, handling: Handling) -> bool:
    """Tell whether that is so of one handling."""
    return (await session.exec(select(meetings_fell_sql()).where(col(Handling.id) == handling.id))).one()


async def denied_before(session: AsyncSession, handling: Handling, meeting_id: UUID) -> bool:
    """Tell whether a decision of this meeting on the version fell since it was disputed."""
    statement = select(RecordedDecision.id).where(
        col(RecordedDecision.handling_id) == handling.id,
        col(RecordedDecision.meeting_id) == meeting_id,
        col(RecordedDecision.version_number) == handling.version_number,
        col(RecordedDecision.fell_because) == DENIED,
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def confirmers(
    session: AsyncSession,
    handling: Handling,
    decision: RecordedDecision,
    rule: DecisionRule | None,
    *,
    said_too: bool = False,
) -> dict[tuple[UUID, UUID], UUID]:
    """Who could be one of the two more: member and person, with the member's bloc.

    People who speak for a member that was there and counts, neither of the recorder's side nor of the confirmer's.
    That they speak for this member is older than the version, too, and not given by either. `said_too`: also who is
    said to be tied, while nobody has settled it: they confirm nothing now, and may yet.
    """
    if rule is None or decision.confirmed_by is None:
        return {}
    asked = replace(
        second_persons_for(handling, first_id=decision.recorded_by, said_too=said_too), others=(decision.confirmed_by,)
    )
    could_vote = await electors(session, handling, rule)
    barred = await barred_members(session, handling, rule, could_vote)
    counts = {one.id for one in could_vote}.intersection(decision.present_member_ids)
    counts -= {*decision.stood_aside_member_ids, *barred}
    firsts = literal([decision.recorded_by, decision.confirmed_by], ARRAY(Uuid[UUID]()))
    made = made_by(core_select(func.unnest(firsts).label("id")))
    found = await session.exec(
        select(NetworkMember.id, RoleGrant.principal_id)
        .join(RoleGrant, col(RoleGrant.for_organisation_id) == col(NetworkMember.organisation_id))
        .where(
            col(NetworkMember.id).in_(counts),
            col(NetworkMember.state) == MemberState.active,
            col(RoleGrant.scope_id) == handling.network_id,
            col(RoleGrant.role).in_(REPRESENTATIVES),
            col(RoleGrant.created_at) <= handling.received_at,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
            or_(col(RoleGrant.granted_by).is_(None), col(RoleGrant.granted_by).not_in(made)),
            col(RoleGrant.principal_id).in_(await second_persons(session, asked)),
        )
    )
    pairs = set(found.all())
    applicants = await tied_applicants(session, handling.application_id)
    applying = [one.id for one in could_vote if one.organisation_id in applicants]
    blocs = await blocs_of(session, rule, {*(member for member, _ in pairs), *applying})
    shared = {blocs[one] for one in applying}
    return {pair: blocs[pair[0]] for pair in sorted(pairs) if blocs[pair[0]] not in shared}


def two_more(found: Iterable[tuple[UUID, UUID]]) -> bool:
    """Whether there are two different people of two different blocs, each given as bloc and person."""
    return any(one[0] != other[0] and one[1] != other[1] for one, other in combinations(set(found), 2))


async def named_there(session: AsyncSession, decision: RecordedDecision) -> set[UUID]:
    """The members that the record or the meeting's attendance names, those included that left the room."""
    named = {*decision.present_member_ids, *decision.stood_aside_member_ids}
    return named | set(await attendance(session, decision.meeting_id))


async def may_dispute(
    session: AsyncSession, handling: Handling, decision: RecordedDecision, rule: DecisionRule | None
) -> set[UUID]:
    """The members that may dispute the decision: those named, and those that could vote and were left out."""
    could_vote = await electors(session, handling, rule)
    barred = await barred_members(session, handling, rule, could_vote)
    applicants = await tied_applicants(session, handling.application_id)
    left_out = {one.id for one in could_vote if one.organisation_id not in applicants} - barred
    return await named_there(session, decision) | left_out


async def said_of(
    session: AsyncSession,
    handling: Handling,
    decision: RecordedDecision,
    rule: DecisionRule | None,
    *,
    reader: UUID | None,
    represented: frozenset[UUID],
) -> dict[str, Any]:
    """What is said of a decision, for the network; and the members for which the reader can say it.

    `reader`: None for whoever is not of the network. `represented`: the organisations that the reader represents.
    """
    if reader is None:
        return {"said": [], "two_more_possible": False, "may_confirm_for": [], "may_dispute_for": []}
    said = await words_that_count(session, handling, decision)
    known: dict[str, Any] = {
        "said": [{"member_id": one.member_id, "agrees": one.agrees, "reason": one.reason} for one in said],
        "two_more_possible": False,
        "may_confirm_for": [],
        "may_dispute_for": [],
    }
    if decision.confirmed_at is None or decision.effective_at is not None or decision.fell_at is not None:
        return known
    can = await confirmers(session, handling, decision, rule)
    may_yet = await confirmers(session, handling, decision, rule, said_too=True)
    known["two_more_possible"] = still_possible(may_yet, said)
    disputing = await may_dispute(session, handling, decision, rule)
    statement = select(NetworkMember.id).where(
        col(NetworkMember.id).in_(disputing), col(NetworkMember.organisation_id).in_(represented)
    )
    own = set((await session.exec(statement)).all())
    withdrawn = own & {one.member_id for one in said if not one.agrees}
    known["may_confirm_for"] = sorted({member for member, person in can if person == reader} | withdrawn)
    known["may_dispute_for"] = sorted(own)
    return known


def still_possible(can: dict[tuple[UUID, UUID], UUID], said: Sequence[DecisionWord]) -> bool:
    """Whether two more could confirm it who have not said "not so"."""
    denies = {one.member_id for one in said if not one.agrees}
    return two_more((bloc, person) for (member, person), bloc in can.items() if member not in denies)


def supported(can: dict[tuple[UUID, UUID], UUID], said: Sequence[DecisionWord]) -> bool:
    """Whether two more confirm it, who still could."""
    pairs = [(one.member_id, one.given_by) for one in said if one.agrees]
    return two_more((can[pair], pair[1]) for pair in pairs if pair in can)
