"""A random walk of several people over the API: each answer is held against the model."""

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
from puumerkki.kernel import clock
from puumerkki.networks.models import NetworkMember
from puumerkki.organisations.models import Sector
from tests.funding.gate import policy
from tests.walk import model as m
from tests.world import CONTENT, OULU, Caller, World

LISTS = {
    "applications": "/applications",
    "handlings": "/handlings",
    "requests": "/partner-requests",
    "needs": "/needs",
    "meetings": "/meetings",
    "filings": "/filings",
}
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


@dataclass
class Walk:
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

    async def step(self) -> None:
        """One turn of somebody."""
        self.steps += 1
        turns = (
            (self.read_one, 30), (self.read_list, 25), (self.write_application, 14), (self.write_handling, 16),
            (self.write_request, 8), (self.write_need, 10), (self.write_meeting, 5), (self.write_filing, 6),
            (self.write_comment, 6), (self.write_organisation, 6), (self.change_roles, 6),
        )  # fmt: skip
        [turn] = self.rng.choices([turn for turn, _ in turns], [weight for _, weight in turns])
        self.seen[turn.__name__] += 1
        await turn()

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

    async def read_one(self) -> None:
        kind = self.rng.choice([*LISTS, "comments"])
        if (found := self.pick(kind)) is None:
            return
        who, caller = self.somebody(lambda one: self.model.sees(one, found[1]))
        path = f"{LISTS.get(kind, '/comments')}/{found[0]}"
        answer = await caller.get(path)
        expected = self.model.sees(who, found[1])
        allowed = {200} if expected else {401, 404} if who.anonymous else {404}
        self.hold(who, f"GET {path}", answer.status_code, allowed, found[1])

    async def read_list(self) -> None:
        kind = self.rng.choice(list(LISTS))
        who, caller = self.somebody()
        asked = self.rng.choice(self.networks) if kind == "applications" and self.rng.random() < 0.5 else None
        answer = await caller.get(f"{LISTS[kind]}?limit=200" + (f"&network={asked}" if asked else ""))
        if answer.status_code == 401 and who.anonymous:
            return
        got = {UUID(one["id"]) for one in answer.json()["items"]}
        expected = {id_ for id_, one in getattr(self.model, kind).items() if self.model.sees(who, one)}
        if asked:
            expected = {id_ for id_ in expected if self.model.asks(who, id_, asked)}
        if got != expected:
            what = f"list of {kind} by network" if asked else f"list of {kind}"
            self.differ(who, f"{what}: {len(got - expected)} too many, {len(expected - got)} missing")

    async def write_application(self) -> None:
        found = self.pick("applications")
        if found is None or self.rng.random() < 0.3:
            await self._begin()
            return
        id_, one = found
        who, caller = self.somebody(lambda who: who.may("applications:read", one.applicant))
        action, what = self.rng.choice(
            (
                *[("submit", "applications:submit")] * 5,
                *[("", "applications:write")] * 3,
                ("withdraw", "applications:withdraw"),
            )
        )
        path = f"/applications/{id_}"
        body = {} if action else {"content": {"goals": f"Tavoite {self.steps}"}}
        answer = await self.send(caller, "POST" if action else "PATCH", path, action, body, "applications", id_)
        self.may(
            who,
            f"{action or 'change'} {path}",
            answer.status_code,
            self.model.sees(who, one),
            who.may(what, one.applicant),
            one,
        )
        if answer.is_success and action == "submit":
            await self._arrive(id_, one)

    async def _begin(self) -> None:
        applicant = self.rng.choice(self.associations)
        who, caller = self.somebody(lambda who: who.may("applications:write", applicant))
        networks = tuple(self.rng.sample(self.networks, self.rng.randint(1, 2)))
        authorities = tuple(self.rng.sample(self.authorities, self.rng.randint(1, 2)))
        body = {
            "applicant_id": str(applicant),
            "title": f"Hanke {self.steps}",
            "content": {name: part for name, part in CONTENT.items() if name != "title"},
            "network_ids": [str(one) for one in networks],
            "authorities": [{"authority_id": str(one)} for one in authorities],
        }
        answer = await caller.post("/applications", body)
        self.may(who, "POST /applications", answer.status_code, True, who.may("applications:write", applicant))
        if answer.is_success:
            self.model.applications[UUID(answer.json()["id"])] = m.Application(applicant, networks, authorities)

    async def _arrive(self, id_: UUID, one: m.Application) -> None:
        """What a submission makes: a handling in each network, a request at each authority."""
        for key, network in await self.rows("select id, network_id from handling where application_id = :id", id_):
            self.model.handlings[key] = m.Handling(id_, network)
        asked = "select id, authority_id, network_ids from partner_request where application_id = :id"
        for key, authority, networks in await self.rows(asked, id_):
            self.model.requests[key] = m.Request(id_, authority, tuple(networks))
        made = [h.network for h in self.model.handlings.values() if h.application == id_]
        if sorted(made) != sorted(one.networks):
            self.differences.append(f"a submission reached the networks {made}, not {one.networks}")

    async def write_handling(self) -> None:
        if (found := self.pick("handlings")) is None:
            return
        id_, one = found
        who, caller = self.somebody(lambda who: who.may("handlings:read", one.network))
        state = (await self.rows("select state from handling where id = :id", id_))[0][0]
        path = f"/handlings/{id_}"
        if state == "in_ballot" and self.rng.random() < 0.7:
            (network, organisation), member = self.rng.choice(list(self.members.items()))
            if network != one.network:
                return
            answer = await caller.put(f"{path}/ballot/votes/{member.id}", {"choice": "for"})
            may = who.speaks(network, organisation)
            self.may(who, f"vote {path}", answer.status_code, self.model.sees(who, one), may, one)
            return
        lead = who.may("handlings:lead", one.network)
        today = {"read_on": clock.today().isoformat()}
        action, body, may = self.rng.choice(
            (("begin_review", {}, lead), ("readings", today, lead or who.may("handlings:record", one.network)),
             ("open_ballot", {}, lead), ("endorse", {}, lead), ("reopen_review", {"reason": "Uusi tieto."}, lead))
        )  # fmt: skip
        answer = await self.send(caller, "POST", path, action, body, "handlings", id_)
        self.may(who, f"{action} {path}", answer.status_code, self.model.sees(who, one), may, one)

    async def write_request(self) -> None:
        if (found := self.pick("requests")) is None:
            return
        id_, one = found
        who, caller = self.somebody(lambda who: who.may("partner_requests:read", one.authority))
        decision = {"outcome": "none", "body": "Johtaja", "decided_on": clock.today().isoformat(), "section": "§ 1",
                    "appeal": "Valitus hallinto-oikeuteen."}  # fmt: skip
        action, body, may = self.rng.choice(
            (("begin", {}, who.may("partner_requests:prepare", one.authority)),
             ("decide", decision, who.may("partner_requests:decide", one.authority)),
             ("recall", {}, who.may("applications:submit", self.model.applications[one.application].applicant)))
        )  # fmt: skip
        path = f"/partner-requests/{id_}"
        answer = await self.send(caller, "POST", path, action, body, "requests", id_)
        self.may(who, f"{action} {path}", answer.status_code, self.model.sees(who, one), may, one)

    async def write_need(self) -> None:
        found = self.pick("needs")
        if found is None or self.rng.random() < 0.3:
            network, organisation = self.rng.choice(list(self.members))
            made = m.Need(network, organisation)
            who, caller = self.somebody(lambda who: self.model.raised(who, made))
            body = {
                "network_id": str(network),
                "raised_for_organisation_id": str(organisation),
                "municipality_code": OULU,
                "title": f"Tarve {self.steps}",
                "description": "Kuljetuksia kerhoihin.",
            }
            answer = await caller.post("/needs", body)
            self.may(who, "POST /needs", answer.status_code, True, self.model.raised(who, made))
            if answer.is_success:
                self.model.needs[UUID(answer.json()["id"])] = made
            return
        id_, one = found
        who, caller = self.somebody(lambda who: self.model.sees(who, one))
        path, sees, agrees = f"/needs/{id_}", self.model.sees(who, one), who.may("needs:agree", one.network)
        if self.rng.random() < 0.5:
            answer = await self.send(caller, "POST", path, "agree", {}, "needs", id_)
            self.may(who, f"agree {path}", answer.status_code, sees, agrees, one)
            one.agreed = one.agreed or answer.is_success
        else:
            answer = await self.send(caller, "PATCH", path, "", {"title": f"Tarve {self.steps}"}, "needs", id_)
            self.may(who, f"change {path}", answer.status_code, sees, agrees or self.model.raised(who, one), one)

    async def write_meeting(self) -> None:
        found = self.pick("meetings")
        network = found[1].network if found else self.rng.choice(self.networks)
        who, caller = self.somebody(lambda who: who.may("networks:read", network))
        if found is None or self.rng.random() < 0.4:
            starts = (clock.now() + timedelta(days=3)).isoformat()
            body = {"network_id": str(network), "title": "Kokous", "starts_at": starts, "place": "Tuira"}
            answer = await caller.post("/meetings", body)
            self.may(who, "POST /meetings", answer.status_code, True, who.may("meetings:record", network))
            if answer.is_success:
                self.model.meetings[UUID(answer.json()["id"])] = m.Meeting(network)
            return
        id_, one = found
        path = f"/meetings/{id_}"
        answer = await self.send(caller, "PATCH", path, "", {"place": "Kaijonharju"}, "meetings", id_)
        self.may(
            who,
            f"change {path}",
            answer.status_code,
            self.model.sees(who, one),
            who.may("meetings:record", one.network),
            one,
        )

    async def write_filing(self) -> None:
        who, caller = self.somebody(lambda who: any(role == "editor" for role, _, _ in who.grants))
        found = self.pick("filings")
        if found is None or self.rng.random() < 0.5:
            if (of := self.pick("applications")) is None:
                return
            funder = self.rng.choice(self.authorities)
            answer = await caller.post("/filings", {"application_id": str(of[0]), "funder_id": str(funder)})
            may = who.may("filings:write", of[1].applicant)
            self.may(who, "POST /filings", answer.status_code, self.model.sees(who, of[1]), may, of[1])
            if answer.is_success:
                self.model.filings[UUID(answer.json()["id"])] = m.Filing(of[0], funder)
            return
        id_, one = found
        path = f"/filings/{id_}"
        sent = {"filed_on": clock.today().isoformat(), "version_number": 1}
        answer = await self.send(caller, "POST", path, "file", sent, "filings", id_)
        may = who.may("filings:write", self.model.applications[one.application].applicant)
        self.may(who, f"file {path}", answer.status_code, self.model.sees(who, one), may, one)
        one.sent = one.sent or answer.is_success

    async def write_comment(self) -> None:
        if (found := self.pick("needs")) is None:
            return
        id_, one = found
        who, caller = self.somebody(lambda who: who.may("networks:read", one.network))
        body = {"subject_kind": "need", "subject_id": str(id_), "audience": "network", "body": f"Huomio {self.steps}"}
        answer = await caller.post("/comments", body)
        # who is of the network writes there, be it in the name of the organisation that raised the need
        writes = who.may("threads:write", one.network) or who.may("threads:write", one.organisation)
        may = who.may("networks:read", one.network) and writes
        self.may(who, f"comment on {id_}", answer.status_code, self.model.sees(who, one), may, one)
        if answer.is_success:
            self.model.comments[UUID(answer.json()["id"])] = m.Comment(id_)

    async def write_organisation(self) -> None:
        who, caller = self.somebody()
        id_ = self.rng.choice(self.associations)
        if self.rng.random() < 0.4:
            answer = await caller.get(f"/organisations/{id_}/people")
            may = who.operator or who.may("organisations:read", id_)
            self.may(who, f"people of {id_}", answer.status_code, True, may)
            return
        version = (await self.rows("select version from organisation where id = :id", id_))[0][0]
        answer = await caller.patch(f"/organisations/{id_}", {"website": "https://example.org"}, if_match=version)
        may = who.operator or who.may("organisations:update", id_)
        self.may(who, f"change organisation {id_}", answer.status_code, True, may)

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


HELD_BY_AN_EDITOR = {
    "organisations:read", "organisations:update", "applications:read", "applications:write", "applications:submit",
    "filings:write", "needs:raise", "calls:publish", "threads:write",
}  # fmt: skip
