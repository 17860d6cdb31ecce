"""Organisations that people add on a random walk: unconfirmed until somebody with no part in them says so (23)."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from puumerkki.kernel import clock
from tests.factories import OULU
from tests.model_based.offers import Offers
from tests.model_based.people import Somebody

MOST_WAITING = 6
CONFIRM = ("officer", "decider")


@dataclass
class Founded:
    """`by`: who added it. `waits`: somebody is asked to confirm it. `comes`: where it is invited, or asks to join."""

    by: Somebody
    confirmed: bool
    waits: bool = True
    comes: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)
    agreement: UUID | None = None


class Founding(Offers):
    """Turns with organisations that are new."""

    founded: dict[UUID, Founded]

    async def lay(self) -> None:
        self.founded = {}
        await super().lay()

    def applicants(self) -> list[UUID]:
        more = 3 if self.tilt == "newcomers" else 1
        return [*self.associations * more, *self.founded]

    def _others(self, applicant: UUID) -> list[UUID]:
        new = sorted(self.model.newcomers - {applicant})
        if self.tilt == "newcomers" and new and self.rng.random() < 0.6:
            return [self.rng.choice(new)]
        return super()._others(applicant)

    async def found(self) -> None:
        """Somebody adds one: for themselves, or an officer of its home for others."""
        if len(self.model.newcomers) >= MOST_WAITING:
            await self.confirm()
            return
        able = self.rng.random() < 0.5
        who, caller = self.somebody(lambda who: who.person and not who.operator and (self._officer(who) or not able))
        for_others = self.rng.random() < 0.15
        body = {
            "names": {"fi": f"Tuiran porukka {self.steps}"},
            "sector": "residents",
            "legal_form": "unregistered_group",
            "home_municipality_code": OULU,
            "contact": {"name": "Yhteys", "email": "yhteys@example.org"},
            "for_others": for_others,
        }
        answer = await caller.post("/organisations", body)
        if for_others and who.person and not who.operator and not self._officer(who):
            self.hold(who, "add for others", answer.status_code, {422})
            return
        if not self.may(who, "POST /organisations", answer, True, who.person, blocks=set()):
            return
        shown = answer.json()
        one = Founded(who, confirmed=who.operator or for_others)
        self._same_confirmation(who, shown, one)
        id_ = UUID(shown["id"])
        self.founded[id_] = one
        if not one.confirmed:
            self.model.newcomers.add(id_)
            who.get(("owner", id_, None))
        if not who.operator and not for_others:
            for role in ("editor", "signatory"):
                await self.give(who, caller, (role, id_, None))

    def _officer(self, who: Somebody) -> bool:
        """Of the home: every authority here is of the same municipality."""
        return any(role in CONFIRM and where in self.authorities for role, where, _ in who.grants)

    def _capacity(self, who: Somebody, one: Founded) -> bool:
        """Who may confirm at all: operators, officers of its home, coordinators of where it comes."""
        return who.operator or self._officer(who) or any(who.may("handlings:lead", where) for where in one.comes)

    def knows(self, who: Somebody, id_: UUID) -> bool:
        """Before it is confirmed its adder, its people, and who can confirm it."""
        one = self.founded.get(id_)
        if one is None or one.confirmed:
            return True
        return who is one.by or who.may("organisations:read", id_) or self._capacity(who, one)

    @staticmethod
    def takes_part(who: Somebody, id_: UUID, one: Founded) -> bool:
        return who is one.by or any(tie.organisation == id_ for tie in who.ties)

    async def confirm(self) -> None:
        """Somebody confirms it, says why not, or asks anew."""
        if not self.founded:
            await self.found()
            return
        id_ = self.rng.choice([one for one in self.founded if not self.founded[one].confirmed] or list(self.founded))
        one = self.founded[id_]
        action = self.rng.choice(("confirm", "confirm", "refuse-confirmation", "ask-confirmation"))
        action = "ask-confirmation" if not one.waits and self.rng.random() < 0.5 else action
        asks = action == "ask-confirmation"
        own = asks or self.rng.random() < 0.3
        who, caller = self.somebody(
            lambda who: own == self.takes_part(who, id_, one) and (asks or self._capacity(who, one))
        )
        sees, blocks = self.knows(who, id_), set()
        may = who.operator or who.may("organisations:update", id_) if asks else self._capacity(who, one)
        may = may and (asks or not self.takes_part(who, id_, one))
        if one.confirmed:
            blocks = {"organisation_confirmed"}
        elif asks == one.waits:
            blocks = {"confirmation_asked" if asks else "confirmation_not_asked"}
        version = (await self.rows("select version from organisation where id = :id", id_))[0][0]
        body = {"reason": "Kuka vastaa ryhmästä?"} if action == "refuse-confirmation" else None
        answer = await caller.post(f"/organisations/{id_}/{action}", body, if_match=version)
        if who.anonymous:
            self.hold(who, f"{action} {id_}", answer.status_code, {401, 404})
        elif self.may(who, f"{action} {id_}", answer, sees, may, one, blocks=blocks):
            self.seen[f"did {action}"] += 1
            one.waits = asks
            if action == "confirm":
                one.confirmed = True
                self.model.newcomers.discard(id_)
                self._same_confirmation(who, answer.json(), one)

    def _same_confirmation(self, who: Somebody, shown: dict[str, Any], one: Founded) -> None:
        if shown["confirmed"] is not one.confirmed:
            self.differ(who, f"{shown['names']} is confirmed: {shown['confirmed']}, not {one.confirmed}")

    async def read_founded(self) -> None:
        """Its page, and where it is looked for: nobody else knows of it."""
        if not self.founded:
            return
        id_ = self.rng.choice(list(self.founded))
        who, caller = self.somebody()
        answer = await caller.get(f"/organisations/{id_}")
        self.hold(who, f"GET {id_}", answer.status_code, {200} if self.knows(who, id_) else {404}, self.founded[id_])
        listed = await caller.get("/organisations?q=porukka&limit=100")
        got = {UUID(one["id"]) for one in listed.json()["items"]}
        expected = {one for one in self.founded if self.knows(who, one)}
        if got != expected:
            self.differ(who, f"new organisations: {len(got - expected)} too many, {len(expected - got)} missing")

    async def come(self) -> None:
        """It may be asked into a network, and may ask; it does not come in before it is confirmed."""
        new = [id_ for id_, one in self.founded.items() if not one.confirmed and not one.by.operator]
        if not new:
            return
        id_, network = self.rng.choice(new), self.rng.choice(self.networks)
        one = self.founded[id_]
        path = f"/networks/{network}/members"
        leads = [each for each in self.people if each[0].may("handlings:lead", network)]
        leads = [each for each in leads if not self.takes_part(each[0], id_, one)]
        own = [each for each in self.people if each[0].may("people:manage", id_)]
        own = [each for each in own if not each[0].may("handlings:lead", network)]
        if network not in one.comes:
            invites = self.rng.random() < 0.5
            some = leads if invites else own
            if not some:
                return
            who, caller = self.rng.choice(some)
            answer = await caller.post(path, {"organisation_id": str(id_)})
            if self.may(who, f"POST {path}", answer, True, True, one, blocks=set()):
                one.comes[network] = UUID(answer.json()["id"]), "accept" if invites else "approve"
            return
        member, step = one.comes[network]
        some = own if step == "accept" else leads
        if some:
            who, caller = self.rng.choice(some)
            version = (await self.rows("select version from network_member where id = :id", member))[0][0]
            answer = await caller.post(f"{path}/{member}/{step}", if_match=version)
            self.may(who, f"{step} {path}", answer, True, True, one, blocks={"organisation_unconfirmed"})

    async def agree(self) -> None:
        """It drafts an agreement with an authority; it neither proposes nor signs one."""
        new = [id_ for id_, one in self.founded.items() if not one.by.operator and self._writers(id_)]
        if not new:
            return
        id_ = self.rng.choice(new)
        one, (who, caller) = self.founded[id_], self.rng.choice(self._writers(id_))
        if one.agreement is None:
            body = {
                "kind": "cooperation",
                "title": "Yhteistyö",
                "organisation_id": str(id_),
                "party_ids": [str(self.authorities[0])],
                "starts_on": clock.today().isoformat(),
                "ends_on": (clock.today() + timedelta(days=300)).isoformat(),
                "content": {"purpose": "Kerho kahdesti viikossa."},
            }
            answer = await caller.post("/agreements", body)
            if self.may(who, "POST /agreements", answer, True, True, one, blocks=set()):
                one.agreement = UUID(answer.json()["id"])
            return
        path, proposed = f"/agreements/{one.agreement}", False
        [[version, state]] = await self.rows("select version, state from agreement where id = :id", one.agreement)
        if state == "draft":
            answer = await caller.post(f"{path}/propose", if_match=version)
            blocks = set() if one.confirmed else {"organisation_unconfirmed"}
            proposed = self.may(who, f"propose {path}", answer, True, True, one, blocks=blocks)
        if proposed:
            self.seen["did propose an agreement"] += 1

    def _writers(self, id_: UUID) -> list[tuple[Somebody, Any]]:
        return [each for each in self.people if ("editor", id_, None) in each[0].grants]
