"""Two sign at once, on real connections: both count, and the agreement comes into force once."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.agreements.errors import AlreadySigned, NothingToSign
from puumerkki.agreements.models import Agreement, AgreementSignature, AgreementState
from puumerkki.agreements.schemas.agreements import AgreementSign
from puumerkki.agreements.service import signing
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.eventlog.events import EventRow
from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests.agreements import proposed

Sessions = async_sessionmaker[AsyncSession]
ROUNDS = 5


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[Sessions]:
    engine = make_engine(committed_database, pool_size=8)
    yield make_sessions(engine)
    await engine.dispose()


async def test_all_who_sign_at_once_count(committed: Sessions) -> None:
    async with transaction(committed) as session, httpx.AsyncClient() as client:
        cast = await make_cast(World(session, client))
        made = [(await proposed(cast)).id for _ in range(ROUNDS)]
        signatory, decider = cast["signatory"].id, cast["decider"].id
        association, city = cast.association.id, cast.city.id

    async def sign(agreement_id: UUID, person: UUID | None, organisation: UUID) -> bool:
        try:
            async with transaction(committed) as session:
                actor = await load_actor(session, Caller(id=person, kind=PrincipalKind.user))
                given = AgreementSign(organisation_id=organisation, version_number=1)
                await signing.sign(session, actor=actor, agreement_id=agreement_id, given=given)
        except (AlreadySigned, NothingToSign):
            return False
        return True

    for agreement_id in made:
        who = ((signatory, association), (decider, city), (signatory, association), (decider, city))
        counted = await asyncio.gather(*(sign(agreement_id, *one) for one in who))
        assert sorted(counted) == [False, False, True, True]
    async with committed() as session:
        assert {one.state for one in (await session.exec(select(Agreement))).all()} == {AgreementState.in_force}
        assert len((await session.exec(select(AgreementSignature))).all()) == 2 * ROUNDS
        begun = select(EventRow).where(col(EventRow.type) == "agreement.came_into_force")
        assert len((await session.exec(begun)).all()) == ROUNDS
