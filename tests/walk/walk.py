"""A random walk of several people over the API: each answer is held against the model."""

from uuid import UUID

from tests.walk.writes import Writes

LISTS = {
    "applications": "/applications",
    "handlings": "/handlings",
    "requests": "/partner-requests",
    "needs": "/needs",
    "meetings": "/meetings",
    "filings": "/filings",
}


class Walk(Writes):
    """One walk, a turn of somebody at each step."""

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
