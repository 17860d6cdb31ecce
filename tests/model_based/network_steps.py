"""What networks and authorities do on a random walk, and what is done beside the API: policies, revocations."""

from collections.abc import Set
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.conditions import ClaimState, ConditionsClaim
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.endorsements.service.endorsements import revoke
from puumerkki.handlings.models.handlings import Handling as HandlingRow
from puumerkki.handlings.service.claims import carry_due
from puumerkki.kernel import clock
from tests.model_based.entities import Handling, Request
from tests.model_based.filing import FilingTurns
from tests.model_based.gate import BY_APPLICANTS, DECIDERS, FROM
from tests.model_based.people import Somebody
from tests.model_based.rows import GROUPS
from tests.model_based.setup import MOST_POLICIES
from tests.partnerships.gate import ended

NEXT = {"received": "begin_review", "in_review": "open_ballot", "in_ballot": "endorse"}
CONDITIONS = ("answer_condition", "confirm_conditions")
LEADS = ("begin_review", "readings", "open_ballot", "close", "endorse", "reopen_review", *CONDITIONS)
ANSWERED: dict[str, Any] = {"taken": True, "when": "before"}
LIKELY = {
    "arrived": ("begin",) * 12 + ("refer_to_network", "bring", "answer_none"),
    "referred": ("begin",) * 7
    + (
        "release",
        "release",
        "release",
        "waive",
        "waive",
        "waive",
        "bring",
        "undo",
        "undo",
        "not_take_up",
        "answer_none",
    ),
    "in_preparation": ("decide",) * 6 + ("ask_supplement", "ask_supplement", "bring", "recall", "answer_none", "undo"),
    "supplement_asked": ("answer_supplement", "answer_supplement", "close_supplement", "answer_none", "undo"),
    "decided": ("keep", "reopen", "reopen"),
    "withdrawn": ("begin", "decide"),
}


class Deciding(FilingTurns):
    """Turns of networks and authorities."""

    async def write_handling(self) -> None:
        if (found := self.pick("handlings", lambda one: one.state in NEXT or one.open)) is None:
            return
        id_, one = found
        if one.open and self.rng.random() < 0.5:
            await self._lead(id_, one, "confirm_conditions")
            return
        ballot = one.ballot
        if ballot is not None and (ballot.state == "open" or self.rng.random() < 0.1) and self.rng.random() < 0.75:
            if ballot.state != "open" or not self.model.all_voted(one) or self.rng.random() < 0.2:
                await self._vote(id_, one)
            else:
                await self._lead(id_, one, "close")
            return
        likely = NEXT.get(one.state, "begin_review")
        if likely == "open_ballot" and one.version not in one.read:
            likely = "readings"
        if likely == "endorse" and ballot is not None and ballot.conditional() and self.rng.random() < 0.8:
            likely = "answer_condition"
        await self._lead(id_, one, likely if self.rng.random() < 0.8 else self.rng.choice(LEADS))

    async def _nobody_objects(self) -> None:
        """As if the days had passed in which members could object that their conditions are met (17)."""
        waiting = select(ConditionsClaim).where(col(ConditionsClaim.state) == ClaimState.open)
        for claim in (await self.world.session.exec(waiting)).all():
            claim.effective_at = clock.now()
        await self.world.session.flush()
        await carry_due(self.world.session)
        await self.world.session.flush()

    async def _vote(self, id_: UUID, one: Handling) -> None:
        assert one.ballot is not None
        missing = sorted(self.model.members[one.network] - one.ballot.votes.keys() - one.ballot.aside)
        members = sorted(self.model.members[one.network])
        organisation = self.rng.choice(missing if missing and self.rng.random() < 0.8 else members)
        who, caller = self.somebody(lambda who: who.speaks(one.network, organisation))
        sees, may = self.model.sees(who, one), who.speaks(one.network, organisation)
        blocks = self.model.blocks_vote(who, one, organisation)
        path = f"/handlings/{id_}/ballot/votes/{self.members[one.network, organisation].id}"
        conditional = self.rng.random() < 0.15
        choice = (
            {"choice": "for_with_conditions", "condition": "Tila on esteetön."} if conditional else {"choice": "for"}
        )
        answer = await caller.put(path, choice)
        if self.may(who, f"vote {path}", answer, sees, may, one, blocks=blocks):
            one.ballot.votes[organisation] = who
            one.ballot.conditions[organisation] = False
            if not conditional:
                del one.ballot.conditions[organisation]

    def _fit(self, who: Somebody, one: Handling | Request, free: bool) -> bool:
        return not (free and self.model.tied(who, one.application))

    async def _lead(self, id_: UUID, one: Handling, action: str) -> None:
        member = self.rng.choice(sorted(one.ballot.conditional()) or [None]) if one.ballot else None
        if (action == "close" and one.ballot is None) or (action == "answer_condition" and member is None):
            return
        free = self.rng.random() < 0.7
        who, caller = self.somebody(lambda who: who.may("handlings:lead", one.network) and self._fit(who, one, free))
        may = who.may("handlings:lead", one.network)
        may = may or (action == "readings" and who.may("handlings:record", one.network))
        sees, blocks = self.model.sees(who, one), self.model.blocks_lead(who, one, action)
        path = f"/handlings/{id_}"
        body: dict[str, Any] = {"readings": {"read_on": clock.today().isoformat()}}.get(
            action, {"reason": "Uusi tieto."}
        )
        body = {} if action in ("begin_review", "open_ballot", "close", "endorse") else body
        body = {"confirm_conditions": {"met": [0]}, "answer_condition": ANSWERED}.get(action, body)
        if action in ("close", "answer_condition"):
            newest = "select version from ballot where handling_id = :id order by opened_at desc, id desc limit 1"
            [[version]] = await self.rows(newest, id_)
            part = f"conditions/{self.members[one.network, member].id}" if member else "close"
            part = part if action == "answer_condition" else "close"
            answer = await caller.request("POST", f"{path}/ballot/{part}", json=body, if_match=version)
        else:
            answer = await self.send(caller, "POST", path, action, body, "handlings", id_)
        if self.may(who, f"{action} {path}", answer, sees, may, one, blocks=blocks):
            if action == "confirm_conditions":
                await self._nobody_objects()
            self.model.lead(one, action, member)
            self.model.applications[one.application].led.add(who)
            self.seen[f"did {action}"] += 1

    async def write_request(self) -> None:
        found = self.pick("requests", lambda one: one.look or one.state not in ("decided", "withdrawn"))
        if found is None or (found[1].state == "decided" and not found[1].look and self.rng.random() < 0.7):
            # nothing waits for an authority
            await self.write_handling()
            return
        id_, one = found
        action = self.rng.choice(LIKELY[one.state] if self.rng.random() < 0.9 else tuple(FROM))
        policy = await self._policy_for(one, action)
        if action in ("bring", "release", "undo", "waive") and policy is None:
            return
        free = self.rng.random() < 0.7
        who, caller = self.somebody(lambda who: self._may(who, one, action) and self._fit(who, one, free))
        sees, may = self.model.sees(who, one), self._may(who, one, action)
        blocks = self.model.blocks_case(who, one, action, policy)
        body, path = self._said(action, policy), f"/partner-requests/{id_}"
        if action == "begin" and self.model.unconfirmed(one):
            body["groups_confirmed"] = self.rng.random() < 0.7
            blocks |= set() if body["groups_confirmed"] else {"groups_unconfirmed"}
        step = action
        if policy and action != "bring":
            row = "select id, policy_id from gate_requirement where partner_request_id = :id"
            ids = {asked_by: key for key, asked_by in await self.rows(row, id_)}
            if policy not in ids:
                self.differ(who, f"{path}: no row for the policy {policy}, {one}")
                return
            step = f"requirements/{ids[policy]}/{action}"
        answer = await self.send(caller, "POST", path, step, body, "requests", id_)
        if self.may(who, f"{action} {path}", answer, sees, may, one, blocks=blocks):
            self.model.case(one, action, policy)
            self.seen[f"did {action}"] += 1
            self.same_case(who, f"{action} {path}", answer.json(), one)

    def _may(self, who: Somebody, one: Request, action: str) -> bool:
        """Rule 1: the applicants of the case's version act in it, and the leading one alone takes it back (2)."""
        if action in BY_APPLICANTS:
            version = self.model.version(one)
            permission = "applications:submit" if action == "recall" else "applications:write"
            by = version.applicants[:1] if action == "recall" else set(version.applicants) - version.left
            return any(who.may(permission, each) for each in by)
        if action == "release" and who.may("partner_requests:decide", one.authority):
            return True
        return who.may(f"partner_requests:{'decide' if action in DECIDERS else 'prepare'}", one.authority)

    async def _policy_for(self, one: Request, action: str) -> UUID | None:
        if action == "bring":
            own = {key: each for key, each in self.model.policies.items() if each.authority == one.authority}
            of = [key for key, each in own.items() if not each.ended]
            new = [key for key in of if key not in one.rows]
            of = new if new and self.rng.random() < 0.8 else of
        else:
            of = list(one.rows) if action in ("release", "undo", "waive") else []
            fit = [key for key in of if not self.model.blocks_row(action, one, key)]
            of = fit if fit and self.rng.random() < 0.8 else of
        return self.rng.choice(of) if of else None

    @staticmethod
    def _said(action: str, policy: UUID | None) -> dict[str, Any]:
        day = clock.today().isoformat()
        decision = {"body": "Johtaja", "decided_on": day, "section": "§ 1"}
        no = decision | {"reason": "Määräraha on käytetty.", "appeal": "Oikaisuvaatimus."}
        return {
            "decide": decision | {"outcome": "statement"},
            "answer_none": no,
            "not_take_up": no,
            "ask_supplement": {"body": "Mikä on omarahoitus?"},
            "answer_supplement": {"body": "Kymmenen prosenttia."},
            "bring": {"policy_id": str(policy), "reason": "Koskee."},
            "release": {"reason": "Ei koske."},
            "undo": {"reason": "Koskee sittenkin."},
            "waive": decision | {"ground": "law", "reason": "Laki velvoittaa."},
        }.get(action, {})

    async def change_policies(self) -> None:
        """A policy more, or one that has ended: in the tables, since an authority gives two weeks' notice."""
        if len(self.model.policies) < MOST_POLICIES and self.rng.random() < 0.7:
            groups = self.rng.sample(list(GROUPS), self.rng.choice((0, 1, 1)))
            areas = self.rng.sample(list(self.model.areas), self.rng.choice((0, 0, 1)))
            networks = self.rng.sample(self.networks, self.rng.choice((1, 1, 2)))
            calls = self.rng.sample(list(self.calls), self.rng.choice((0, 0, 1)))
            said = {"groups": tuple(groups), "areas": tuple(areas), "calls": tuple(calls)}
            await self.ask(self.rng.choice(self.authorities), networks, **said)
            return
        key = self.rng.choice(list(self.model.policies))
        await ended(self.world.session, key)
        self.model.policies[key].ended = True

    async def take_endorsement_back(self) -> None:
        """The members took an endorsement back. How they do so has its own tests; here what comes of it counts."""
        endorsed = [(key, one) for key, one in self.model.handlings.items() if one.endorsement is not None]
        if not endorsed:
            return
        stood_on = {endorsement for request in self.model.requests.values() for endorsement in request.stood_on}
        id_, one = self.rng.choice([each for each in endorsed if each[1].endorsement in stood_on] or endorsed)
        session = self.world.session
        handling = await session.get_one(HandlingRow, id_, populate_existing=True)
        endorsement = await endorsement_in_force(session, id_)
        if endorsement is None:
            self.differ(self.people[0][0], f"no endorsement in force on {one}")
            return
        await revoke(session, endorsement=endorsement, reason="Väärät tiedot.", actor_id=None)
        handling.state = HandlingState.in_review
        handling.version_number = len(self.model.applications[one.application].versions)
        await session.flush()
        self.model.revoked(one)
        self.seen["did take an endorsement back"] += 1

    async def declare_tie(self) -> None:
        """Somebody declares a tie, or takes it back (11)."""
        who, caller = self.somebody()
        organisation = self.rng.choice(self.associations)
        held = [one for one in self.associations if who.declares(one)]
        back = bool(held) and self.rng.random() < 0.5
        organisation = self.rng.choice(held) if back else organisation
        path = f"/affiliations/{organisation}"
        kind = self.rng.choice(("board_member", "employee"))
        answer = await caller.delete(path) if back else await caller.put(path, {"kinds": [kind]})
        allowed: Set[str] = set()
        if self.may(who, f"declare {path}", answer, True, who.person, blocks=allowed):
            who.declare(organisation, self.steps, holds=not back)
            if not back:
                self.model.after_tie(who)
