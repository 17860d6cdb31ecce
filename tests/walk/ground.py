"""The ground of a random walk: its people and places, who gets which role, and what is held against the model."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.networks.models import NetworkMember
from puumerkki.organisations.models import Sector
from tests.funding.gate import policy
from tests.walk import model as m
from tests.world import Caller, World

TABLES = {
    "applications": "application",
    "handlings": "handling",
    "requests": "partner_request",
    "needs": "need",
    "meetings": "meeting",
    "filings": "filing",
}
READER = frozenset({P.applications_read, P.organisations_read})
ROLES_ANYWHERE = (
    *((role, "association") for role in sorted(m.IN_AN_ORGANISATION)),
    *((role, "authority") for role in sorted(m.IN_AN_AUTHORITY)),
    *((role, "network") for role in sorted(m.IN_A_NETWORK)),
)


HELD_BY_AN_EDITOR = {
    "organisations:read", "organisations:update", "applications:read", "applications:write", "applications:submit",
    "filings:write", "needs:raise", "calls:publish", "threads:write",
}  # fmt: skip


@dataclass
class Ground:
    """The state of one walk. `differences`: where the API and the model did not agree."""

    world: World
    rng: random.Random
    model: m.Model = field(default_factory=m.Model)
    people: list[tuple[m.Somebody, Caller]] = field(default_factory=list)
    associations: list[UUID] = field(default_factory=list)
    authorities: list[UUID] = field(default_factory=list)
    networks: list[UUID] = field(default_factory=list)
    members: dict[tuple[UUID, UUID], NetworkMember] = field(default_factory=dict)
    steps: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    async def lay(self) -> None:
        """Three associations, two cities that ask for a mark, two networks; a dozen people and two services."""
        world = self.world
        associations = [await world.organisation(f"Yhdistys {number} ry") for number in range(3)]
        cities = [await world.organisation(f"Kaupunki {number}", sector=Sector.municipality) for number in range(2)]
        networks = [await world.network(f"Verkosto {number}", authorities=cities) for number in range(2)]
        for network in networks:
            await world.rulebook(network, quorum_percent=1)
        for place, network in enumerate(networks):
            for one in associations[place : place + 2]:
                self.members[network.id, one.id] = await world.member(network, one)
        await policy(world, cities[0], networks[0])
        await policy(world, cities[1], *networks)
        self.associations = [one.id for one in associations]
        self.authorities = [one.id for one in cities]
        self.networks = [one.id for one in networks]
        self.people.append((m.Somebody("nobody", anonymous=True), world.nobody))
        self.people.append((m.Somebody("the operator", operator=True), await world.operator()))
        for scopes, what in ((None, "a service"), (READER, "a reading service")):
            caller = await world.service(Role.editor, associations[0], scopes=scopes)
            named = frozenset(HELD_BY_AN_EDITOR if scopes is None else map(str, scopes))
            self.people.append((m.Somebody(what, {("editor", associations[0].id, None)}, named), caller))
        for number in range(12):
            self.people.append((m.Somebody(f"person {number}"), await world.person(name=f"Ihminen {number}")))
        for _ in range(30):
            await self.change_roles(take=0)

    def somebody(self, likely: Callable[[m.Somebody], bool] | None = None) -> tuple[m.Somebody, Caller]:
        """Anybody; half the time one of those who probably may, or the walk would see refusals only."""
        some = [one for one in self.people if likely is not None and likely(one[0])]
        return self.rng.choice(some if some and self.rng.random() < 0.6 else self.people)

    def pick(self, kind: str) -> tuple[UUID, Any] | None:
        known = getattr(self.model, kind)
        return self.rng.choice(list(known.items())) if known else None

    async def change_roles(self, take: float = 0.5) -> None:
        """Somebody gets a role, or loses all they have in one place; it counts at once."""
        who, caller = self.rng.choice(self.people[4:])
        assert caller.id is not None
        if who.grants and self.rng.random() < take:
            scope = self.rng.choice(sorted(who.grants, key=str))[1]
            await revoke_role(self.world.session, principal_id=caller.id, scope_id=scope)
            who.grants = {grant for grant in who.grants if grant[1] != scope}
            return
        role, where = self.rng.choice(ROLES_ANYWHERE)
        scope = self.rng.choice(
            {"association": self.associations, "authority": self.authorities}.get(where, self.networks)
        )
        voice = None
        if role in ("representative", "deputy"):
            voice = self.rng.choice([one for network, one in self.members if network == scope])
        if (role, scope, voice) not in who.grants:
            await self.world.grant(caller.id, Role(role), scope, voice)
            who.grants.add((role, scope, voice))

    async def send(self, caller: Caller, method: str, path: str, action: str, body: Any, kind: str, id_: UUID) -> Any:
        """With the version of this moment, so that what is allowed also happens."""
        version = (await self.rows(f"select version from {TABLES[kind]} where id = :id", id_))[0][0]
        return await caller.request(method, f"{path}/{action}" if action else path, json=body, if_match=version)

    async def rows(self, statement: str, id_: UUID) -> Any:
        connection = await self.world.session.connection()
        return (await connection.execute(text(statement), {"id": id_})).all()

    def may(self, who: m.Somebody, what: str, status: int, sees: bool, may: bool, thing: Any = None) -> None:
        """Readable comes before permission; what is permitted may still be refused by a rule."""
        if who.anonymous:
            self.hold(who, what, status, {401}, thing)
        elif not sees:
            self.hold(who, what, status, {404}, thing)
        elif not may:
            self.hold(who, what, status, {403}, thing)
        else:
            self.hold(who, what, status, {200, 201, 204, 409}, thing)

    def hold(self, who: m.Somebody, what: str, status: int, allowed: set[int], thing: Any = None) -> None:
        self.seen[f"answers {status}"] += 1
        if status not in allowed:
            self.differ(who, f"{what}: {status}, not {sorted(allowed)}; {thing}")

    def differ(self, who: m.Somebody, what: str) -> None:
        self.differences.append(f"step {self.steps}, {who}: {what}")
