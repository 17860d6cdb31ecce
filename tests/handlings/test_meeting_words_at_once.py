"""Those who were in a meeting confirm and dispute its decision at the very same moment, and the clock comes too."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.schemas.handlings import DecisionGiven, DecisionWordGiven
from puumerkki.handlings.service import decision_words, decisions, review
from puumerkki.handlings.service.handlings import receive_version
from puumerkki.kernel import clock
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.meetings.models import Meeting, MeetingAttendance, MeetingKind, MeetingState
from tests.factories import World

Step = Callable[[AsyncSession], Awaitable[Any]]
Waits = tuple[UUID, UUID, dict[str, tuple[UUID, UUID]]]
"""A handling, its decision, and who can speak of it: the member and the person of each name."""


async def _actor(session: AsyncSession, id_: UUID | None) -> Actor:
    return await load_actor(session, Caller(id=id_, kind=PrincipalKind.user))


async def _waiting(session: AsyncSession) -> Waits:
    """A handling with a confirmed decision that c, d and e can speak of: member and person of each."""
    world = World(session)
    network, applicant = await world.network(), await world.organisation()
    await world.rulebook(network)
    representatives: dict[str, tuple[UUID, UUID]] = {}
    offices: dict[str, UUID | None] = {}
    await world.member(network, applicant)
    for name, office in zip("abcde", (Role.secretary, Role.chair, None, None, None), strict=True):
        organisation = await world.organisation(f"Jäsen {name} ry")
        member = await world.member(network, organisation)
        representative = await world.person((Role.representative, network.id, organisation.id))
        representatives[name] = (member.id, representative.person_id)
        if office is not None:
            holder = await world.person((office, network.id), (Role.viewer, organisation.id))
            offices[name] = holder.id
    lead = await _actor(session, (await world.person((Role.coordinator, network.id))).id)
    application = await world.application(applicant, networks=[network])
    version = await world.version(application)
    await receive_version(session, application=application, version=version, before=None, actor=lead)
    await session.flush()
    [handling] = await queries.of_application(session, application.id)
    await review.begin_review(session, actor=lead, handling_id=handling.id, if_version=handling.version)
    held = Meeting(
        network_id=network.id,
        kind=MeetingKind.meeting,
        state=MeetingState.held,
        title="Kokous",
        starts_at=clock.now(),
        place="Tuira",
    )
    session.add(held)
    await session.flush()
    session.add_all(MeetingAttendance(meeting_id=held.id, member_id=member) for member, _ in representatives.values())
    await session.flush()
    given = DecisionGiven(
        meeting_id=held.id,
        endorses=True,
        wording="Puollettiin.",
        present_member_ids=[member for member, _ in representatives.values()],
    )
    secretary, chair = await _actor(session, offices["a"]), await _actor(session, offices["b"])
    _, made = await decisions.record_decision(
        session, actor=secretary, handling_id=handling.id, if_version=handling.version, given=given
    )
    await session.flush()
    await decisions.confirm_decision(
        session, actor=chair, handling_id=handling.id, decision_id=made.id, if_version=handling.version
    )
    return handling.id, made.id, representatives


@pytest.fixture
async def sessions(committed_database: str) -> Any:
    engine = make_engine(committed_database, pool_size=12)
    yield make_sessions(engine)
    await engine.dispose()


def _says(waits: Waits, name: str, *, agrees: bool) -> Step:
    """A member's word, on a connection of its own."""
    handling_id, decision_id, representatives = waits
    member, person = representatives[name]
    given = DecisionWordGiven(agrees=agrees, reason=None if agrees else "Ei näin.")

    async def step(session: AsyncSession) -> None:
        await decision_words.answer(
            session,
            actor=await _actor(session, person),
            handling_id=handling_id,
            decision_id=decision_id,
            member_id=member,
            given=given,
        )

    return step


@pytest.mark.parametrize("denies", [False, True])
@pytest.mark.parametrize("late", [False, True])
async def test_words_and_the_clock_at_once_have_one_outcome(sessions: Any, denies: bool, late: bool) -> None:
    async def alone(step: Step) -> None:
        async with transaction(sessions) as session:
            await step(session)

    async with transaction(sessions) as session:
        waits = await _waiting(session)
    steps = [_says(waits, name, agrees=name != "e" or not denies) for name in "cde"]
    with clock.fixed(clock.now() + timedelta(days=14 if late else 0)):
        found = await asyncio.gather(
            *(alone(step) for step in (*steps, decision_words.settle_decisions)), return_exceptions=True
        )
    assert all(one is None or isinstance(one, PuumerkkiError) for one in found), found
    async with transaction(sessions) as session:
        handling = await session.get_one(Handling, waits[0])
        made = await session.get_one(RecordedDecision, waits[1])
        endorsements = select(func.count()).select_from(Endorsement).where(col(Endorsement.handling_id) == waits[0])
        assert (handling.state, (await session.exec(endorsements)).one()) == (HandlingState.endorsed, 1)
        assert made.effective_at is not None and made.fell_at is None
