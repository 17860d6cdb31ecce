"""What becomes of conditions on the council's walk: called met, agreed to, objected to, settled, overtaken (17)."""

from datetime import datetime, timedelta
from typing import Any

from puumerkki.kernel import clock, workdays
from tests.model_based.claims import Claim
from tests.model_based.council_setup import CouncilGround

DAYS_TO_OBJECT = 7


class CouncilClaims(CouncilGround):
    """Turns of whoever leads, of the members whose conditions they are, of second persons and of the applicant."""

    async def on_conditions(self) -> None:
        """An endorsement has open conditions."""
        model = self.model
        beyond = "changes_beyond" in model.blocks_claim()
        turns = [(self.claim, 2 if beyond else 8), (self.submit_within, 2), (self.take_new_version, 4 if beyond else 1)]
        if model.claim is not None:
            turns = [(self.answer_claim, 8), (self.submit_within, 1), (self.claim, 1), (self.drop_claim, 1)]
            turns += [(self.settle_claim, 7 if model.claim.objectors else 1)]
        [turn] = self.rng.choices([turn for turn, _ in turns], [weight for _, weight in turns])
        await turn()
        await self.same_endorsement()

    async def submit_within(self) -> None:
        """A version comes while conditions are open."""
        await self.submit(self.rng.choice(("methods", "methods", "goals", "title", "purpose", "amount_cents")))

    async def claim(self) -> None:
        """Whoever leads says that conditions are met."""
        model, blocks = self.model, self.model.blocks_claim()
        shown = await self._shown()
        places = {one["text"].removeprefix("Ehto "): place for place, one in enumerate(shown["conditions"])}
        assert model.endorsement is not None
        open_ = [one for one in model.endorsement.open if (model.newest, one) not in model.called]
        if not open_:
            await self.submit_within()
            return
        of = set(self.rng.sample(open_, self.rng.randint(1, len(open_))))
        met = sorted(places[self.names[one]] for one in of)
        answer = await self.scene.act("confirm_conditions", {"met": met})
        if self.hold(self.lead, "confirm_conditions", answer, blocks):
            model.claim = Claim(of, model.asked(of))
            model.called |= {(model.newest, one) for one in of}
            self.claim_until, self.settle_until = workdays.deadline(DAYS_TO_OBJECT), None
            shown = answer.json()["conditions_claim"]
            if (until := datetime.fromisoformat(shown["effective_at"])) != self.claim_until:
                self.differ(f"members can object until {until}, not {self.claim_until}")
            asked = {one["member_id"] for one in shown["asked"]}
            known = {str(self.members[one].id) for one in model.claim.asked}
            if asked != known:
                self.differ(f"{len(asked - known)} members too many are asked, {len(known - asked)} are not; {model}")

    async def answer_claim(self) -> None:
        """A member agrees, or objects."""
        model = self.model
        asked = sorted(model.claim.asked) if model.claim else []
        some = sorted(self.members) if not asked or self._against(0.1) else asked
        member, agrees = self.rng.choice(some), self.rng.random() < 0.4
        who = self.rng.choice(model.representatives(member))
        given = {"agrees": agrees} | ({} if agrees else {"reason": "Siitä ei ole sovittu."})
        path = f"{self.scene.path}/conditions_claim/answers/{self.members[member].id}"
        blocks, may = model.blocks_answer(who, member), member not in model.archived
        answer = await self._caller(who).put(path, given)
        if self.hold(who, f"answer_claim {self.names[member]}", answer, blocks, may=may):
            if not agrees:
                first = max(clock.today(), clock.last_day(self.claim_until))
                self.settle_until = self.settle_until or workdays.end_of(first + timedelta(days=DAYS_TO_OBJECT))
            model.answer(who, member, self.lead, agrees=agrees)
            if model.claim is not None and not model.claim.objectors and clock.now() < self.claim_until:
                self.settle_until = None
            await self.claim_days()

    async def settle_claim(self) -> None:
        """A second person says whether the conditions are met; those who object try it, too."""
        model = self.model
        fit = model.settlers(self.lead) if model.claim else []
        some = [who for who in model.people if any(where == model.network for _, where, _ in who.grants)]
        theirs = [who for who in some if model.claim and any(who.belongs(one) for one in model.claim.objectors)]
        some = theirs if theirs and self.rng.random() < 0.5 else some
        who = self.rng.choice(some if not fit or self._against(0.5) else fit)
        met, blocks = self.rng.random() < 0.6, model.blocks_settling(who, self.lead)
        claim = model.claim
        if met and claim is not None and len(claim.said) < len(claim.asked) and clock.now() < self.claim_until:
            blocks = blocks | {"claim_answers_open"}
        answer = await self.scene.act("conditions_claim/settle", {"met": met}, by=self._caller(who))
        if self.hold(who, "settle_claim", answer, blocks, may=model.may_confirm(who)):
            if met:
                model.carry()
            else:
                model.claim = None

    async def drop_claim(self) -> None:
        """Whoever leads takes it back, as long as nobody objects."""
        claim = self.model.claim
        blocks = {"no_claim"} if claim is None else {"claim_objected"} if claim.objectors else set()
        if self.hold(self.lead, "drop_claim", await self.scene.act("conditions_claim/drop"), blocks):
            self.model.claim = None

    async def take_new_version(self) -> None:
        """The version that waits is too different: the members decide again."""
        blocks = set() if self.model.waits else {"no_newer_version"}
        if self.hold(self.lead, "take_new_version", await self.scene.act("take_new_version"), blocks):
            self.model.take()

    async def same_endorsement(self) -> None:
        """The handling is shown as the model has it."""
        model, shown = self.model, await self._shown()
        if shown["state"] != model.state:
            self.differ(f"it is {shown['state']}, not {model.state}; {model.endorsement}")
        elif model.endorsement is not None:
            claim = shown["conditions_claim"]
            met = {one["text"].removeprefix("Ehto "): one["met"] for one in shown["conditions"]}
            got = shown["version_number"], met, claim is not None and claim["state"] == "open"
            known = {self.names[one]: each.met for one, each in model.endorsement.conditions.items()}
            expected = model.endorsement.number, known, model.claim is not None
            if got != expected:
                self.differ(f"the endorsement is {got}, not {expected}; {model.endorsement}, {model.claim}; {claim}")

    async def _shown(self) -> dict[str, Any]:
        return dict((await self._caller(self.lead).get(self.scene.path)).json())
