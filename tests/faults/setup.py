"""Who takes part: the demo's ground with two networks, their members, a city with a gate policy, and 20 people."""

from dataclasses import dataclass
from uuid import UUID

import httpx

from puumerkki.access.models import PrincipalKind
from puumerkki.demo import Stage
from puumerkki.demo.api_driver import Person
from puumerkki.demo.base_data import Scene, prepare
from puumerkki.identity.tokens import TokenReader, issue_access_token
from puumerkki.kernel import migrate
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.reference.loading import load_reference
from puumerkki.web.app import create_app
from tests.faults.processes import House


@dataclass(frozen=True)
class Setting:
    """The scene, and a token for each who speaks to the API."""

    scene: Scene
    tokens: dict[UUID, str]

    def token(self, person: Person) -> str:
        return self.tokens[person.id]


async def lay(house: House) -> Setting:
    """Migrate, and lay the demo's ground through the API in this process."""
    local_postgres.ensure_database(house.server)
    migrate.upgrade(house.server.url())
    engine = make_engine(house.database, pool_size=3)
    app = create_app()
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(house.database, size=2)
    app.state.token_reader = TokenReader(app.state.sessions)
    try:
        async with app.state.sessions() as session:
            await load_reference(session)
            await session.commit()
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client:
            stage = Stage(client, app.state.sessions)
            scene = await prepare(stage)
        tokens = {}
        async with app.state.sessions() as session:
            for person in stage.people:
                tokens[person.id], _ = await issue_access_token(
                    session, principal_id=person.id, kind=PrincipalKind.user
                )
            await session.commit()
        return Setting(scene, tokens)
    finally:
        await app.state.reads.close()
        await engine.dispose()
