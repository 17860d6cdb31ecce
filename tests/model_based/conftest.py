"""Walks have a server of their own: each is one transaction of a minute, and the feed of a server waits for such."""

from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from puumerkki.kernel.db import make_engine
from tests.conftest import drop_database, make_database, make_template, start_server


@pytest.fixture(scope="session")
def walked_database() -> Iterator[str]:
    server = start_server("-walk")
    url = make_database(server, make_template(server))
    yield url
    drop_database(server, url)


@pytest.fixture
async def engine(walked_database: str) -> AsyncIterator[AsyncEngine]:
    made = make_engine(walked_database, pool_size=1)
    yield made
    await made.dispose()
