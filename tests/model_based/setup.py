"""The ground of a random walk: its people and places, who gets which role, and what is held against the model."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.organisations.models.organisations import Sector
from puumerkki.reference.models import Area, AreaKind
from tests.factories import OULU, Client, World
from tests.model_based.entities import Policy
from tests.model_based.gate import Model
from tests.model_based.people import IN_A_NETWORK, IN_AN_AUTHORITY, IN_AN_ORGANISATION, REPRESENTATIVES, Grant, Somebody
from tests.partnerships.gate import policy

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
    *((role, "association") for role in sorted(IN_AN_ORGANISATION)),
    *((role, "authority") for role in sorted(IN_AN_AUTHORITY)),
    *((role, "network") for role in sorted(IN_A_NETWORK)),
)
HELD_BY_AN_EDITOR = {
    "organisations:read", "organisations:update", "applications:read", "applications:write", "applications:submit",
    "filings:write", "needs:raise", "calls:publish", "discussions:write",
}  # fmt: skip
STAYS = 4
"""So many of the people, the first ones, never change."""
HATS = 2
"""So many, the next ones, act everywhere and change sides: their offices stay, their roles in associations do not."""
CHANGING = 7
MOST_POLICIES = 8
MOST_AT_WORK = 6
"""A turn is mostly about one of the newest things, or nothing would come to an end within a walk."""


@dataclass
class Ground:
    """The state of one walk, mostly about its `tilt`. `differences`: where the API and the model did not agree."""

    world: World
    rng: random.Random
    tilt: str = "everything"
    model: Model = field(default_factory=Model)
    people: list[tuple[Somebody, Client]] = field(default_factory=list)
    associations: list[UUID] = field(default_factory=list)
    authorities: list[UUID] = field(default_factory=list)
    networks: list[UUID] = field(default_factory=list)
    calls: dict[UUID, UUID] = field(default_factory=dict)
    places: dict[UUID, Any] = field(default_factory=dict)
    members: dict[tuple[UUID, UUID], NetworkMember] = field(default_factory=dict)
    steps: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    async def lay(self) -> None:
        """Four associations, two cities that ask for endorsements, two networks; people, and two services."""
        world = self.world
        associations = [await world.organisation(f"Yhdistys {number} ry") for number in range(4)]
        cities = [await world.organisation(f"Kaupunki {number}", sector=Sector.municipality) for number in range(2)]
        networks = [await world.network(f"Verkosto {number}", authorities=cities) for number in range(2)]
        for place, network in enumerate(networks):
            await world.rulebook(network, quorum_percent=1)
            for one in associations[place : place + 3]:
                self.members[network.id, one.id] = await world.member(network, one)
        self.places = {one.id: one for one in (*associations, *cities, *networks)}
        self.associations = [one.id for one in associations]
        self.authorities = [one.id for one in cities]
        self.networks = [one.id for one in networks]
        for network_id, organisation_id in self.members:
            self.model.members.setdefault(network_id, set()).add(organisation_id)
        await self._lay_areas()
        await self.ask(self.authorities[0], self.networks[:1])
        await self.ask(self.authorities[1], self.networks, groups=("KR1.1",))
        await self.ask(self.authorities[1], self.networks[1:], areas=(next(iter(self.model.areas)),))
        await self._lay_calls()
        await self._gather_people()
        for _ in range(20):
            await self.change_roles(take=0)

    async def _lay_areas(self) -> None:
        """A district with a part of it, another one, and one in a town whose authorities are not here."""
        within: UUID | None = None
        for name, code in (("Tuira", OULU), ("Välivainio", OULU), ("Kaakkuri", OULU), ("Keskusta", "091")):
            parent = within if name == "Välivainio" else None
            made = Area(
                municipality_code=code,
                kind=AreaKind.district,
                names={"fi": name},
                sort_key=name.lower(),
                parent_id=parent,
            )
            self.world.session.add(made)
            await self.world.session.flush()
            within = within or made.id
            self.model.areas[made.id] = parent
            if code != OULU:
                self.model.elsewhere.add(made.id)

    async def _lay_calls(self) -> None:
        """A call of each city; the first one asks those that go to its call for another endorsement, too."""
        for one in self.authorities:
            opens = clock.now() - timedelta(days=1)
            made = FundingCall(
                funder_id=one,
                names={"fi": "Haku"},
                opens_at=opens,
                closes_at=opens + timedelta(days=90),
                published_at=opens,
                state=CallState.published,
            )
            self.world.session.add(made)
            await self.world.session.flush()
            self.calls[made.id] = one
        await self.ask(self.authorities[0], self.networks[1:], calls=tuple(self.calls)[:1])

    async def _gather_people(self) -> None:
        """The first never change; the next change all the time; the last hold the offices, so that things go on."""
        world, first = self.world, self.associations[0]
        self.people.append((Somebody("nobody", anonymous=True), world.nobody))
        self.people.append((Somebody("the operator", operator=True), await world.operator()))
        for scopes, what in ((None, "a service"), (READER, "a reading service")):
            caller = await world.service(Role.editor, self.places[first], scopes=scopes)
            named = frozenset(HELD_BY_AN_EDITOR if scopes is None else map(str, scopes))
            self.people.append((Somebody(what, {("editor", first, None)}, named), caller))
        both: list[Grant] = [(role, one, None) for one in self.authorities for role in ("officer", "decider")]
        both += [("coordinator", one, None) for one in self.networks]
        offices = [both] * HATS
        for number, held in enumerate(offices):
            await self._appoint(f"two hats {number}", held)
        for number in range(CHANGING):
            self.people.append((Somebody(f"person {number}"), await world.person(name=f"Ihminen {number}")))
        offices = [[("editor", one, None), ("owner", one, None)] for one in self.associations]
        offices += [[("officer", one, None), ("decider", one, None)] for one in self.authorities]
        offices += [[("coordinator", one, None)] for one in self.networks]
        offices += [[("representative", *of)] for of in self.members]
        for number, held in enumerate(offices):
            await self._appoint(f"officeholder {number}", held)
        self.model.people = [who for who, _ in self.people]
        for who in self.model.people:
            who.newcomers = self.model.newcomers

    async def _appoint(self, name: str, offices: list[Grant]) -> None:
        who, caller = Somebody(name), await self.world.person(name=name)
        self.people.append((who, caller))
        for grant in offices:
            await self.give(who, caller, grant)

    async def ask(self, authority: UUID, networks: list[UUID], **said: Any) -> None:
        """A policy that began a month ago, in the tables: through the API it would begin in two weeks."""
        made = await policy(
            self.world,
            self.places[authority],
            *(self.places[one] for one in networks),
            target_groups=list(said.get("groups", ())),
            area_ids=list(said.get("areas", ())),
            call_ids=list(said.get("calls", ())),
            starts_on=clock.today() - timedelta(days=30),
        )
        self.model.policies[made.id] = Policy(authority, tuple(networks), **said)

    def somebody(self, likely: Callable[[Somebody], bool] | None = None) -> tuple[Somebody, Client]:
        """Anybody; mostly one of those who probably may, or the walk would see refusals only."""
        some = [one for one in self.people if likely is not None and likely(one[0])]
        return self.rng.choice(some if some and self.rng.random() < 0.8 else self.people)

    def pick(self, kind: str, alive: Callable[[Any], bool] | None = None) -> tuple[UUID, Any] | None:
        """One of the things, mostly of the newest; `alive`: mostly of those with which something can be done."""
        known = list(getattr(self.model, kind).items())
        if alive is not None and self.rng.random() < 0.9:
            known = [one for one in known if alive(one[1])] or known
        return self.rng.choice(known[-MOST_AT_WORK:] if self.rng.random() < 0.7 else known) if known else None

    async def give(self, who: Somebody, caller: Client, grant: Grant) -> None:
        assert caller.id is not None
        role, scope, representative = grant
        await self.world.grant(caller.id, Role(role), scope, representative)
        who.get(grant)

    async def change_roles(self, take: float = 0.5) -> None:
        """Somebody gets a role, or loses all they have in one place; it counts at once."""
        two_hats = self.rng.random() < 0.4
        some = self.people[STAYS : STAYS + HATS] if two_hats else self.people[STAYS + HATS : STAYS + HATS + CHANGING]
        who, caller = self.rng.choice(some)
        assert caller.id is not None
        places = sorted({grant[1] for grant in who.grants if not two_hats or grant[1] in self.associations})
        if places and self.rng.random() < take:
            scope = self.rng.choice(places)
            await revoke_role(self.world.session, principal_id=caller.id, scope_id=scope)
            who.lose(scope, self.steps)
            return
        role, where = self.rng.choice(ROLES_ANYWHERE if not two_hats else ROLES_ANYWHERE[: len(IN_AN_ORGANISATION)])
        scope = self.rng.choice(
            {"association": self.associations, "authority": self.authorities}.get(where, self.networks)
        )
        representative = None
        if role in REPRESENTATIVES:
            representative = self.rng.choice([one for network, one in self.members if network == scope])
        if (role, scope, representative) not in who.grants:
            await self.give(who, caller, (role, scope, representative))

    def applicants(self) -> list[UUID]:
        """Who may apply."""
        return self.associations

    async def send(self, caller: Client, method: str, path: str, action: str, body: Any, kind: str, id_: UUID) -> Any:
        """With the version of this moment, so that what is allowed also happens."""
        version = (await self.rows(f"select version from {TABLES[kind]} where id = :id", id_))[0][0]
        return await caller.request(method, f"{path}/{action}" if action else path, json=body, if_match=version)

    async def rows(self, statement: str, id_: UUID) -> Any:
        connection = await self.world.session.connection()
        return (await connection.execute(text(statement), {"id": id_})).all()
