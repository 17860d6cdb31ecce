"""A running installation elsewhere, and the command that asks it, as the tests of `--server` have them."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from click.testing import Result
from sqlmodel.ext.asyncio.session import AsyncSession
from typer.testing import CliRunner

from puumerkki.access.roles import Role
from puumerkki.cli import app
from puumerkki.cli.remote_options import SECRET
from puumerkki.identity.models import User
from puumerkki.identity.passwords import hash_password
from puumerkki.kernel.db import make_engine
from puumerkki.kernel.embedded_postgres.local_postgres import LocalServer
from tests.conftest import drop_database, make_database
from tests.e2e.site import Site
from tests.factories import World

PASSWORD = "koivu-ja-tuohi-9"
LIST = "Hakemus;Tarkoitus;Kohderyhmä\nYstävätoiminta;Kukaan ei jää yksin.;KR1.1\nKyläkahvila;;\n"
"""Two applications."""


@dataclass(frozen=True)
class Elsewhere:
    """A running installation, with a service account of `organisation` and an operator. `near`: an organisation."""

    site: Site
    organisation: UUID
    near: UUID
    client_id: str
    secret: str
    operator: str

    def get(self, path: str, **params: Any) -> Any:
        """As the service account sees it."""
        token = httpx.post(
            f"{self.site.url}/api/v1/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(self.client_id, self.secret),
        ).json()["access_token"]
        answer = httpx.get(f"{self.site.url}/api/v1{path}", params=params, headers={"Authorization": f"Bearer {token}"})
        return answer.raise_for_status().json()

    def titles(self) -> list[str]:
        """Of the organisation's applications."""
        return sorted(one["title"] for one in self.get("/applications", applicant=self.organisation)["items"])


@pytest.fixture(scope="module")
def elsewhere(server: LocalServer, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    database = make_database(server, template)
    token, organisation, near, operator = asyncio.run(_populate(database))
    site = Site(server, database, tmp_path_factory.mktemp("elsewhere")).start()
    given = {
        "organisation_id": str(organisation),
        "name": "Siirto",
        "scopes": ["applications:read", "applications:write"],
        "roles": ["editor"],
    }
    made = httpx.post(
        f"{site.url}/api/v1/service-accounts", json=given, headers={"Authorization": f"Bearer {token}"}
    ).json()
    yield Elsewhere(site, organisation, near, made["client_id"], made["client_secret"], operator)
    site.close()
    drop_database(server, database)


async def _populate(database: str) -> tuple[str | None, UUID, UUID, str]:
    engine = make_engine(database, pool_size=1)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        world = World(session)
        organisation = await world.organisation("Siirtäjät ry")
        near = await world.organisation("Tuiran seudun asukkaat")
        owner = await world.person((Role.owner, organisation.id))
        operator = await session.get_one(User, (await world.operator()).person_id)
        operator.password_hash = await hash_password(PASSWORD)
        await session.commit()
    await engine.dispose()
    return owner.token, organisation.id, near.id, operator.email


@dataclass
class Said:
    """What the command printed, on one line, and its exit code."""

    code: int
    text: str


def said(result: Result) -> Said:
    return Said(result.exit_code, " ".join(result.output.split()))


@pytest.fixture
def run(elsewhere: Elsewhere) -> Callable[..., Said]:
    """The command as the service account, or another account, at the server or another address."""

    def run(*command: str, url: str = elsewhere.site.url, secret: str = elsewhere.secret, **more: str) -> Said:
        who = ["--email", more["email"]] if "email" in more else ["--client-id", elsewhere.client_id]
        return said(CliRunner().invoke(app, ["--server", url, *who, *command], env={SECRET: secret}))

    return run


def list_of(folder: Path, text: str, name: str = "list.csv") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)
