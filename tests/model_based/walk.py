"""A random walk of several people over the API: each answer is held against the model."""

from typing import Any
from uuid import UUID

from tests.model_based.entities import Application, Handling, Request, Thing
from tests.model_based.founding import Founding
from tests.model_based.people import Somebody

LISTS = {
    "applications": "/applications",
    "handlings": "/handlings",
    "requests": "/partner-requests",
    "needs": "/needs",
    "meetings": "/meetings",
    "filings": "/filings",
}


TURNS = {
    "read_one": 20, "read_list": 10, "begin_application": 4, "write_application": 8, "release_applicants": 1,
    "answer_application": 8, "submit_application": 10, "write_handling": 42, "write_request": 28,
    "change_policies": 1, "take_endorsement_back": 2, "declare_tie": 3, "change_roles": 6, "offer_roles": 3,
    "write_need": 4, "write_meeting": 2, "write_filing": 4, "write_comment": 2, "write_organisation": 2,
    "found": 2, "confirm": 2, "read_founded": 2, "come": 2, "agree": 2,
}  # fmt: skip
"""How often each turn comes."""
TILTS: dict[str, dict[str, float]] = {
    "everything": {},
    "newcomers": {
        "read_one": 0.2, "read_list": 0.2, "write_handling": 0.2, "write_request": 0.1, "begin_application": 2,
        "answer_application": 2, "submit_application": 2, "write_filing": 3, "found": 4, "confirm": 3, "come": 3,
        "read_founded": 2,
    },
}  # fmt: skip
"""What a walk is mostly about."""


class Walk(Founding):
    """One walk, a turn of somebody at each step."""

    async def step(self) -> None:
        """One turn of somebody."""
        self.steps += 1
        self.model.now = self.steps
        weights = {name: weight * TILTS[self.tilt].get(name, 1) for name, weight in TURNS.items()}
        [name] = self.rng.choices(list(weights), list(weights.values()))
        turn = getattr(self, name)
        self.seen[turn.__name__] += 1
        await turn()

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
        if answer.is_success and expected:
            self._same(who, path, answer.json(), found[0], found[1])

    def _same(self, who: Somebody, path: str, shown: dict[str, Any], id_: UUID, one: Thing) -> None:
        """What is read is what the model has: of the working copy for who writes it, else of what was frozen."""
        match one:
            case Request():
                self.same_case(who, f"GET {path}", shown, one)
            case Handling():
                if (shown["state"], shown["version_number"]) != (one.state, one.version):
                    self.differ(who, f"GET {path}: {shown['state']} of {shown['version_number']}, not {one}")
            case Application():
                working = self.model.edits_with(who, id_)
                named = {UUID(each["id"]) for each in shown["co_applicants"]}
                expected = set(one.further) if working else set(one.versions[-1].applicants[1:])
                if (shown["working_copy"], named) != (working, expected):
                    self.differ(who, f"GET {path}: {shown['working_copy']} {named}, not {working} {expected}")

    async def read_list(self) -> None:
        kind = self.rng.choice([*LISTS, "requests", "requests"])
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
