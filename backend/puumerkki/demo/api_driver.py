"""Drives the API for the demo world: people who speak to it as everybody does, at a time of our choosing."""

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import create_principal, grant_role
from puumerkki.identity.models import User
from puumerkki.identity.passwords import hash_password
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.wiring import PERIODIC

PASSWORD = "puumerkki-demo"


class DemoError(Exception):
    """The API refused what the demo world asked of it."""


@dataclass(frozen=True)
class Person:
    """Somebody in the demo, who signs in with `email` and the demo's one password."""

    id: UUID
    email: str
    name: str
    what: str


class Stage:
    """Requests in the name of people. Each carries the `If-Match` and `Idempotency-Key` that it needs."""

    def __init__(self, client: httpx.AsyncClient, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._client = client
        self.sessions = sessions
        self._started = clock.now()
        self._password_hash: str | None = None
        self._tokens: dict[tuple[UUID, datetime], str] = {}
        self.people: list[Person] = []

    def days_ago(self, days: float) -> AbstractContextManager[None]:
        """Within the block it is some days before the demo was made."""
        return clock.fixed(self._started - timedelta(days=days))

    def moment(self, days: int, at: str) -> str:
        """A time of day in Finland (`16:15`), some days from the demo's making, as the API takes it."""
        day = clock.day_of(self._started) + timedelta(days=days)
        return datetime.combine(day, time.fromisoformat(at), clock.FINLAND).isoformat()

    def day(self, days: float) -> str:
        """The same as a day."""
        return clock.day_of(self._started + timedelta(days=days)).isoformat()

    @staticmethod
    def today() -> str:
        """The present day of the stage."""
        return clock.today().isoformat()

    async def person(self, name: str, what: str, email: str) -> Person:
        """A new person without roles."""
        if self._password_hash is None:
            self._password_hash = await hash_password(PASSWORD)
        async with self.sessions() as session:
            principal = await create_principal(session, PrincipalKind.user)
            session.add(User(id=principal.id, email=email, name=name, password_hash=self._password_hash))
            await session.commit()
        made = Person(principal.id, email, name, what)
        self.people.append(made)
        return made

    async def grant(
        self, person: Person, role: Role, scope: str | None, *, network: bool = False, represents: str | None = None
    ) -> None:
        """Give a role, as the rooms that own the scope would."""
        kind = ScopeKind.platform if scope is None else ScopeKind.network if network else ScopeKind.organisation
        async with self.sessions() as session:
            await grant_role(
                session,
                principal_id=person.id,
                role=role,
                scope_kind=kind,
                scope_id=UUID(scope) if scope else None,
                for_organisation_id=UUID(represents) if represents else None,
            )
            await session.commit()

    async def tick(self) -> None:
        """Let the clock do what is due."""
        for step in PERIODIC:
            async with self.sessions() as session:
                await step(session)
                await session.commit()

    async def get(self, person: Person, path: str) -> dict[str, Any]:
        """What somebody reads."""
        return await self._send(person, "GET", path)

    async def post(self, person: Person, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What somebody creates."""
        return await self._send(person, "POST", path, body)

    async def put(self, person: Person, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What somebody sets, with others doing so at once: votes, recusals, acceptances."""
        return await self._send(person, "PUT", path, body)

    async def patch(self, person: Person, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What somebody changes, having read it first."""
        return await self._send(person, "PATCH", path, body, {"If-Match": await self._etag(person, path)})

    async def act(self, person: Person, path: str, action: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """A workflow's action on what lies at `path`, having read it first."""
        return await self._send(
            person, "POST", f"{path}/{action}", body or {}, {"If-Match": await self._etag(person, path)}
        )

    async def _etag(self, person: Person, path: str) -> str:
        answer = await self._client.get(f"/api/v1{path}", headers=await self._headers(person))
        _check(answer)
        return answer.headers["ETag"]

    async def _headers(self, person: Person) -> dict[str, str]:
        """A token for this hour of the stage, asked for once."""
        known = (person.id, clock.now().replace(minute=0, second=0, microsecond=0))
        if known not in self._tokens:
            async with self.sessions() as session:
                token, _ = await issue_access_token(session, principal_id=person.id, kind=PrincipalKind.user)
                await session.commit()
            self._tokens[known] = token
        return {"Authorization": f"Bearer {self._tokens[known]}"}

    async def _send(
        self, person: Person, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        sent = await self._headers(person) | (headers or {})
        if method == "POST":
            sent["Idempotency-Key"] = secrets.token_hex(16)
        answer = await self._client.request(method, f"/api/v1{path}", json=body, headers=sent)
        _check(answer)
        found: dict[str, Any] = answer.json() if answer.content else {}
        return found


def _check(answer: httpx.Response) -> None:
    if not answer.is_success:
        raise DemoError(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
