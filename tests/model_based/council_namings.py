"""Operators on the council's walk: whom they name as owner, what such an owner does, who broke the glass (41)."""

from datetime import datetime, timedelta
from uuid import UUID

from puumerkki.access.roles import Role
from puumerkki.access.service import revoke_role
from puumerkki.kernel import clock
from puumerkki.organisations.service.namings import settle_due
from tests.model_based.council_ballots import CouncilBallots
from tests.model_based.operator_rules import Naming
from tests.model_based.people import Somebody

STRANGERS, LOOKERS = 4, 2
WAITS = timedelta(days=30)
"""So long a naming waits for the second operator, once nobody has objected."""


class CouncilNamings(CouncilBallots):
    """Turns of two operators, of owners who object, and of strangers who became owners."""

    naming_until: datetime

    async def lay(self) -> None:
        await super().lay()
        self.operators = [self.operator, Somebody("operator 2", operator=True)]
        self.callers["operator 2"] = await self.world.operator()
        self.strangers = [await self._comes(f"stranger {number}") for number in range(STRANGERS)]
        self.friends = [await self._comes(f"friend {number}") for number in range(STRANGERS)]

    async def name_owner(self) -> None:
        """An operator names a stranger owner where there is one; then it is objected to, confirmed, or waits."""
        naming = self.model.naming
        if naming is None:
            await self._name()
            return
        turns = ((self._object, 2), (self._confirm_naming, 4), (self._wait, 4 if naming.confirmed else 2))
        [turn] = self.rng.choices([turn for turn, _ in turns], [weight for _, weight in turns])
        await turn(naming)

    async def _name(self) -> None:
        model = self.model
        free = [one for one in self.strangers if not one.grants]
        member = self.rng.choice(sorted(model.present.keys() - {model.applicant} - model.archived))
        if not free:
            return
        operator, subject = self.rng.choice(self.operators), free[0]
        id_ = self._caller(subject).id
        assert id_ is not None
        given = {
            "scope_kind": "organisation",
            "scope_id": str(member),
            "email": f"{id_.hex}@example.org",
            "name": subject.name,
            "reason": "Hallitus pyysi sitä kirjeellä.",
        }
        answer = await self._caller(operator).post("/namings", given)
        if self.hold(operator, "name_owner", answer, set()):
            self.naming_id, model.naming = answer.json()["id"], Naming(member, subject, operator)
            self.naming_until = clock.end_of_day(clock.today() + timedelta(days=7))
            if (until := datetime.fromisoformat(answer.json()["due_at"])) != self.naming_until:
                self.differ(f"a naming can be objected to until {until}, not {self.naming_until}")
            await self._offered(subject, answer.json()["state"], "waiting")

    async def _offered(self, subject: Somebody, state: str, expected: str) -> bool:
        """Whether the role is offered; that it is, or is not, as the model has it."""
        offers = (await self._caller(subject).get("/me")).json()["role_offers"]
        if (state, bool(offers)) != (expected, expected == "done"):
            self.differ(f"the naming of {subject} is {state}, offers {len(offers)}, not {expected}")
        return bool(offers)

    async def _state(self) -> str:
        listed = (await self._caller(self.operator).get(f"/namings?scope={self._named_in()}")).json()["items"]
        return str(next(one["state"] for one in listed if one["id"] == self.naming_id))

    def _named_in(self) -> UUID:
        assert self.model.naming is not None
        return self.model.naming.member

    async def _object(self, naming: Naming) -> None:
        """Those who run the organisation may, nobody else."""
        owners = [who for who in self.model.people if ("owner", naming.member, None) in who.grants]
        who = self.rng.choice(owners if self.rng.random() < 0.5 else self.model.people)
        roles = {role for role, where, _ in who.grants if where == naming.member}
        path = f"/namings/{self.naming_id}/object"
        answer = await self._caller(who).post(path, {"reason": "Emme tunne häntä."})
        self.seen[f"object_to_naming {answer.status_code}"] += 1
        expected = 200 if who in owners else 403 if roles else 404
        if answer.status_code != expected:
            self.differ(f"{who} objects to {naming}: {answer.status_code}, not {expected}")
        elif answer.is_success:
            self.model.naming = None
            await self._offered(naming.subject, answer.json()["state"], "objected")

    async def _confirm_naming(self, naming: Naming) -> None:
        """The other operator; it still waits for its day."""
        operator = self.rng.choice(self.operators)
        blocks = {"not_second_operator"} if operator is naming.by else set()
        answer = await self._caller(operator).post(f"/namings/{self.naming_id}/confirm")
        if self.hold(operator, "confirm_naming", answer, blocks):
            naming.confirmed = True
            await self._naming_days(settled=True)

    async def _wait(self, naming: Naming) -> None:
        if self.model.state != "in_ballot":
            await self.later(timedelta(days=self.rng.choice((3, 8, 8))))

    async def later(self, span: timedelta) -> None:
        await super().later(span)
        await self._naming_days()

    async def _naming_days(self, *, settled: bool = False) -> None:
        """Seven days without an objection, and the second operator's word: it takes effect."""
        model, naming = self.model, self.model.naming
        if naming is None:
            return
        over = clock.now() >= self.naming_until
        if not settled:
            await settle_due(self.world.session)
        state = "waiting"
        if over and naming.member in model.archived:
            state = "lapsed"
        elif over and naming.confirmed:
            state = "done"
        elif over and clock.now() >= self.naming_until + WAITS:
            state = "lapsed"
        offered = await self._offered(naming.subject, await self._state(), state)
        if state != "waiting":
            model.naming = None
            self.seen[f"naming {state}"] += 1
        if state == "done" and offered:
            await self._accept(naming)

    async def _accept(self, naming: Naming) -> None:
        who, grant = naming.subject, ("owner", naming.member, None)
        ids = [one["id"] for one in (await self._caller(who).get("/me")).json()["role_offers"]]
        answer = await self._caller(who).post("/me/role-offers/accept", {"offer_ids": ids})
        if self.hold(who, "accept_naming", answer, set()):
            self._gets(who, grant)
            self.model.acts_from[who.name, grant] = self.steps

    async def use_name(self) -> None:
        """An owner so named names who speaks for the member: in nothing that is open, and not in place of another."""
        model = self.model
        owners = [one for one in self.strangers if one.grants]
        if not owners:
            return
        owner = self.rng.choice(owners)
        friend, [member] = self.friends[self.strangers.index(owner)], [where for _, where, _ in owner.grants]
        if member not in model.present or member in model.archived:
            return
        if not friend.grants:
            await self._give(friend, ("viewer", member, None))
        role = self.rng.choice(("deputy", "deputy", "representative"))
        grant = (role, model.network, member)
        there = [who for who in model.people if grant in who.grants]
        blocks = {"named_since_open"} if there and model.open_before(owner, member) else set()
        row = self.members[member]
        await self.world.session.refresh(row)
        given = {"principal_id": str(self._caller(friend).id)}
        answer = await self._caller(owner).put(self._at(member, f"/{role}"), given, if_match=row.version)
        if not self.hold(owner, f"name_{role}", answer, blocks):
            return
        for who in there:
            if who is not friend:
                who.lose_one(grant, self.steps)
        if grant not in friend.grants:
            self._gets(friend, grant)
            self.model.acts_from[friend.name, grant] = self.model.acts_from[owner.name, ("owner", member, None)]

    async def look(self) -> None:
        """Somebody looks into the network or the applicant as an operator, then is none any more, and speaks."""
        model = self.model
        if len(model.glass) >= LOOKERS:
            return
        who = await self._comes(f"looker {len(model.glass)}")
        caller = self._caller(who)
        assert caller.id is not None
        await self.world.grant(caller.id, Role.operator, None)
        caller.token = (await self.world.again(caller)).token
        kind, scope = self.rng.choice((("network", model.network), ("organisation", model.applicant)))
        given = {"scope_kind": kind, "scope_id": str(scope), "reason": "Tukipyyntö numero 17."}
        self.hold(who, "break_glass", await caller.post("/break-glass", given), set())
        session = self.world.session
        await revoke_role(session, principal_id=caller.id, scope_id=None, role=Role.operator)
        await revoke_role(session, principal_id=caller.id, scope_id=scope, role=Role.inspector)
        caller.token = (await self.world.again(caller)).token
        model.glass.add(who.name)
        member = self.rng.choice(sorted(model.present.keys() - {model.applicant}))
        await self._give(who, ("deputy", model.network, member))

    def _at(self, member: UUID, tail: str = "") -> str:
        return f"/networks/{self.model.network}/members/{self.members[member].id}{tail}"
