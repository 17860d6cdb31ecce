"""Many at once, on real connections: votes and closings of one ballot, endorsements of one network."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Grant
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import create_principal, grant_role
from puumerkki.applications.models.applications import Application
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.service import endorsements
from puumerkki.handlings.errors.ballots import BallotClosed
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.models.votes import Vote
from puumerkki.handlings.queries import handlings as queries
from puumerkki.handlings.schemas.ballots import VoteGiven
from puumerkki.handlings.schemas.handlings import BallotGiven
from puumerkki.handlings.service import ballot_actions, review, votes
from puumerkki.handlings.service.handlings import receive_version
from puumerkki.kernel import clock
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, RulebookAcceptance
from puumerkki.networks.tally import Choice
from puumerkki.organisations.models.organisations import LegalForm, Organisation, Sector
from tests.factories import CONFIRMED, World

Sessions = async_sessionmaker[AsyncSession]
CONNECTIONS = 20
MEMBERS = 200
VOTES = 1000


@asynccontextmanager
async def connections(url: str) -> AsyncIterator[Sessions]:
    """Sessions on twenty connections of their own."""
    engine = make_engine(url, pool_size=CONNECTIONS + 5)
    yield make_sessions(engine)
    await engine.dispose()


async def _workers(count: int, work: Callable[[int], Awaitable[Any]]) -> None:
    """The numbers 0 … count - 1, shared among as many workers as there are connections."""
    numbers = iter(range(count))

    async def worker() -> None:
        for number in numbers:
            await work(number)

    await asyncio.gather(*(worker() for _ in range(CONNECTIONS)))


async def _members(session: AsyncSession, network: Network, accepted_by: UUID, rulebook_id: UUID) -> list[UUID]:
    organisations = [
        Organisation(
            names={"fi": f"Jäsen {number}"},
            sort_key=f"jasen {number}",
            search_text="",
            sector=Sector.association,
            legal_form=LegalForm.registered_association,
            **CONFIRMED,
        )
        for number in range(MEMBERS)
    ]
    session.add_all(organisations)
    await session.flush()
    members = [
        NetworkMember(network_id=network.id, organisation_id=one.id, state=MemberState.active) for one in organisations
    ]
    session.add_all(members)
    await session.flush()
    session.add_all(
        RulebookAcceptance(rulebook_id=rulebook_id, member_id=one.id, accepted_by=accepted_by) for one in members
    )
    await session.flush()
    return [one.id for one in organisations]


async def _representative(session: AsyncSession, network: Network, organisation_id: UUID) -> Actor:
    principal = await create_principal(session, PrincipalKind.user)
    grant = Grant(Role.representative, ScopeKind.network, network.id, organisation_id)
    await grant_role(
        session,
        principal_id=principal.id,
        role=grant.role,
        scope_kind=grant.scope_kind,
        scope_id=network.id,
        for_organisation_id=organisation_id,
    )
    return Actor(id=principal.id, kind=PrincipalKind.user, grants=[grant])


async def _open_ballot(session: AsyncSession) -> tuple[Handling, dict[UUID, Actor]]:
    """An open ballot of two hundred members, and who speaks for each of them."""
    world = World(session)
    network, applicant = await world.network(), await world.organisation()
    book = await world.rulebook(network, handling_days=0)
    principal = await create_principal(session, PrincipalKind.user)
    organisations = await _members(session, network, principal.id, book.id)
    await grant_role(
        session, principal_id=principal.id, role=Role.coordinator, scope_kind=ScopeKind.network, scope_id=network.id
    )
    actor = Actor(
        id=principal.id,
        kind=PrincipalKind.user,
        grants=[Grant(Role.coordinator, ScopeKind.network, network.id, None)],
    )
    application = await world.application(applicant, networks=[network])
    version = await world.version(application)
    await receive_version(session, application=application, version=version, before=None, actor=actor)
    await session.flush()
    handling = (await queries.of_application(session, application.id))[0]
    handling.handle_by = clock.today() - timedelta(days=1)
    await session.flush()
    await review.begin_review(session, actor=actor, handling_id=handling.id, if_version=handling.version)
    await session.flush()
    await ballot_actions.open_ballot(
        session, actor=actor, handling_id=handling.id, if_version=handling.version, given=BallotGiven()
    )
    representatives = {one: await _representative(session, network, one) for one in organisations}
    found = await session.exec(select(NetworkMember).where(col(NetworkMember.network_id) == network.id))
    speak = {one.id: representatives[one.organisation_id] for one in found.all()}
    await session.commit()
    return handling, speak


async def test_a_thousand_votes_and_closings_at_once_have_one_outcome(committed_database: str) -> None:
    accepted: dict[UUID, tuple[Any, Choice]] = {}
    refused = 0
    chance = random.Random(7)
    async with connections(committed_database) as sessions:
        async with sessions() as session:
            handling, representatives = await _open_ballot(session)
        members = list(representatives)

        async def vote(number: int) -> None:
            nonlocal refused
            if number == VOTES * 6 // 10:
                async with sessions() as session:
                    await session.exec(update(Ballot).values(closes_at=clock.now()))
                    await session.commit()
            if number > VOTES * 6 // 10 and number % 20 == 0:
                async with sessions() as session:
                    await ballot_actions.close_due_ballots(session)
                    await session.commit()
            member_id, choice = chance.choice(members), chance.choice([Choice.for_, Choice.against, Choice.blank])
            given = VoteGiven(choice=choice, reason="Syy.")
            async with sessions() as session:
                try:
                    kept = await votes.cast_vote(
                        session,
                        actor=representatives[member_id],
                        handling_id=handling.id,
                        member_id=member_id,
                        given=given,
                    )
                except BallotClosed:
                    refused += 1
                    return
                await session.commit()
            if member_id not in accepted or accepted[member_id][0] < kept.cast_at:
                accepted[member_id] = (kept.cast_at, choice)

        await _workers(VOTES, vote)
        async with sessions() as session:
            await ballot_actions.close_due_ballots(session)
            await session.commit()
            ballot = (await session.exec(select(Ballot))).one()
            stored = (await session.exec(select(Vote))).all()
            told = (await session.exec(select(func.count()).where(col(EventRow.type) == "ballot.closed"))).one()
    assert (ballot.state, told) == (BallotState.closed, 1)
    assert refused > 0 and len(accepted) > 100
    assert {one.member_id: one.choice for one in stored} == {member: choice for member, (_, choice) in accepted.items()}
    counts = Counter(one.choice for one in stored)
    assert ballot.result is not None and ballot.closed_at is not None
    assert ballot.result["turnout"] == len(stored)
    assert (ballot.result["votes_for"], ballot.result["against"], ballot.result["blank"]) == (
        counts[Choice.for_],
        counts[Choice.against],
        counts[Choice.blank],
    )
    assert all(one.cast_at < ballot.closed_at for one in stored)


class _Undone(Exception):
    """What undoes every tenth endorsement."""


async def test_two_hundred_endorsements_at_once_have_numbers_without_gap_or_double(committed_database: str) -> None:
    async with connections(committed_database) as sessions:
        async with sessions() as session:
            world = World(session)
            network, applicant = await world.network(), await world.organisation()
            applications = []
            for _ in range(200):
                application = await world.application(applicant, networks=[network])
                version = await world.version(application)
                applications.append((application.id, version))
                session.add(
                    Handling(
                        application_id=application.id,
                        network_id=network.id,
                        version_number=version.number,
                        state=HandlingState.endorsed,
                        received_at=clock.now(),
                        handle_by=clock.today(),
                    )
                )
            await session.commit()

        async def issue(number: int) -> None:
            application_id, version = applications[number]
            async with sessions() as session:
                application = await session.get_one(Application, application_id, with_for_update=True)
                handling = (await queries.of_application(session, application_id))[0]
                await endorsements.issue(
                    session,
                    application=application,
                    handling=handling,
                    version=version,
                    conditions=[],
                    validity_days=30,
                    actor_id=None,
                )
                if number % 10 == 0:
                    raise _Undone
                await session.commit()

        async def undone_or_not(number: int) -> None:
            if number % 10:
                await issue(number)
            else:
                with pytest.raises(_Undone):
                    await issue(number)

        await _workers(200, undone_or_not)
        async with sessions() as session:
            numbers = (await session.exec(select(Endorsement.number))).all()
    year = clock.today().year
    assert sorted(numbers) == [f"{network.prefix}-{year}-{number:04d}" for number in range(1, 181)]
