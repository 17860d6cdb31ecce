"""Roles that are offered on a random walk: they count for nothing, ties included, until they are accepted (F9)."""

from uuid import UUID

from tests.factories import Client
from tests.model_based.ballots import RUN
from tests.model_based.other_steps import Writes
from tests.model_based.people import IN_AN_AUTHORITY, IN_AN_ORGANISATION, Somebody
from tests.model_based.setup import CHANGING, HATS, STAYS


class Offers(Writes):
    """Turns with roles by consent."""

    async def offer_roles(self) -> None:
        """Through the API, to one of those whose roles change, or who answers what was offered."""
        target, theirs = self.rng.choice(self.people[STAYS + HATS : STAYS + HATS + CHANGING])
        if target.offers and self.rng.random() < 0.6:
            await self._answer(target, theirs)
            return
        scope = self.rng.choice((*self.associations, *self.authorities))
        if target.belongs(scope):
            return
        fits = IN_AN_ORGANISATION | (IN_AN_AUTHORITY if scope in self.authorities else set())
        roles = self.rng.sample(sorted(fits), self.rng.choice((1, 1, 2)))
        who, caller = self.somebody(lambda who: who is not target and self._manages(who, scope))
        if who is target:
            return
        body = {"roles": roles}
        answer = await caller.request("PUT", f"/organisations/{scope}/people/{theirs.id}", json=body)
        binding = bool(RUN & set(roles)) and self.model.tied_in_open_case(who, scope)
        blocks = {"tied_in_open_case"} if binding else set()
        if self.may(who, f"offer {roles} in {scope}", answer, True, self._manages(who, scope), blocks=blocks):
            target.offers = {(role, where) for role, where in target.offers if where != scope}
            target.offers |= {(role, scope) for role in roles}
            await self._offered(target, theirs)

    @staticmethod
    def _manages(who: Somebody, scope: UUID) -> bool:
        return who.may("people:manage", scope)

    async def _offered(self, who: Somebody, caller: Client) -> list[str]:
        shown = (await caller.get("/me")).json()["role_offers"]
        got = {(one["role"], UUID(one["scope_id"])) for one in shown}
        if got != who.offers:
            self.differ(who, f"is offered {got}, not {who.offers}")
        return [one["id"] for one in shown]

    async def _answer(self, who: Somebody, caller: Client) -> None:
        """All at once."""
        ids, said = await self._offered(who, caller), self.rng.choice(("accept", "accept", "decline"))
        answer = await caller.post(f"/me/role-offers/{said}", {"offer_ids": ids})
        if self.may(who, f"{said} what is offered", answer, True, True, blocks=set()):
            for role, scope in who.offers if said == "accept" else ():
                who.get((role, scope, None))
            who.offers = set()
            self.model.after_tie(who)
            self.seen[f"did {said} roles"] += 1
