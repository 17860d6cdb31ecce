"""The gate as the rules have it: what an authority can do with a case, and what befalls the case by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tests.model_based.entities import Application, Handling, Request, Row, Version
from tests.model_based.people import Somebody
from tests.model_based.rows import Rows

OPEN = {"arrived", "referred", "in_preparation", "supplement_asked"}
UNDER_WAY = {"in_preparation", "supplement_asked"}
FROM = {
    "begin": {"arrived", "referred"},
    "refer_to_network": {"arrived"},
    "ask_supplement": {"in_preparation"},
    "answer_supplement": {"supplement_asked"},
    "close_supplement": {"supplement_asked"},
    "decide": {"in_preparation"},
    "answer_none": OPEN,
    "not_take_up": {"arrived", "referred"},
    "keep": {"decided"},
    "reopen": {"decided"},
    "recall": {"in_preparation"},
    "bring": OPEN,
    "release": OPEN,
    "undo": OPEN,
    "waive": OPEN,
}
BY_APPLICANTS = {"answer_supplement", "recall"}
DECIDERS = {"decide", "answer_none", "not_take_up", "keep", "reopen", "undo", "waive"}
# which reasons to look at a decision take the place of one; of all others the first stays
LAST = "application_withdrawn"
SAYS_MORE = {
    "new_version": {LAST, "no_longer_asked"},
    "superseded": {LAST, "no_longer_asked"},
    "no_longer_asked": {LAST, "new_version", "superseded", "revoked", "call_added"},
    LAST: set[str](),
}


@dataclass
class Model(Rows):
    """What befalls a case."""

    def blocks_case(self, who: Somebody, one: Request, action: str, policy: UUID | None = None) -> set[str]:
        """The codes of what keeps somebody who may from a step; empty: it is done."""
        found = set() if one.state in FROM[action] else {"wrong_state"}
        if action not in BY_APPLICANTS and self.tied(who, one.application):
            found.add("disqualified")
        if action in DECIDERS and who in self.applications[one.application].led:
            found.add("two_hats")
        if action in ("begin", "decide", "close_supplement") and not self.met(one):
            found |= {"endorsement_missing", "conditions_open"}
        if action == "refer_to_network" and self.met(one):
            found.add("endorsement_not_asked")
        if action in ("keep", "reopen") and not one.look:
            found.add("nothing_to_look_at")
        return found | (self.blocks_row(action, one, policy, who) if policy else set())

    def unconfirmed(self, one: Request) -> bool:
        """The authority has policies and none concerns the case: somebody says that its groups are right."""
        asks = any(policy.authority == one.authority and not policy.ended for policy in self.policies.values())
        return asks and not one.rows and not one.confirmed

    def blocks_row(self, action: str, one: Request, key: UUID, who: Somebody | None = None) -> set[str]:
        row = one.rows.get(key)
        if action == "bring":
            return {"policy_concerns_already"} if row else set()
        assert row is not None
        if action == "undo":
            return {"nothing_to_undo"} if row.asks and row.cause != "brought" else set()
        if not row.asks:
            return {"requirement_settled"}
        found: set[str] = set()
        if action == "release":
            if self.ground(one, key) is None:
                found.add("not_releasable")
            if who and row.undone is not None and not who.may("partner_requests:decide", one.authority):
                found.add("release_undone")
        return found

    def case(self, one: Request, action: str, policy: UUID | None = None) -> None:
        """A step was done."""
        row = one.rows.get(policy) if policy else None
        match action:
            case "begin":
                one.confirmed = one.confirmed or self.unconfirmed(one)
                one.state = "in_preparation"
            case "refer_to_network":
                one.state = "referred"
            case "ask_supplement":
                one.state = "supplement_asked"
            case "answer_supplement" | "close_supplement":
                one.state = "in_preparation"
            case "recall":
                one.state = "arrived"
            case "decide":
                endorsements = {self.endorsement_for(one, key) for key, row in one.rows.items() if row.asks}
                one.stood_on = {endorsement for endorsement in endorsements if endorsement is not None}
                one.state = "decided"
            case "answer_none" | "not_take_up":
                one.stood_on, one.state = set(), "decided"
            case "keep":
                one.look = None
            case "reopen":
                self._reopen(one)
            case "release":
                assert row is not None and policy is not None
                row.ground = self.ground(one, policy)
                row.cause = self.anew(one, self.version(one))[policy].cause
            case "waive":
                assert row is not None
                row.waived = True
            case "bring":
                assert policy is not None
                one.rows[policy] = Row("brought", one.version)
                self._asked_more(one, [policy])
            case "undo":
                assert row is not None and policy is not None
                self._undo(one, policy, row)

    def _undo(self, one: Request, key: UUID, row: Row) -> None:
        """A decider takes back that a row was brought, released or waived."""
        if row.asks:
            row.ground = "undone"
            return
        if not row.waived:
            row.undone = one.version
        row.ground, row.waived = None, False
        self._asked_more(one, [key])

    def _asked_more(self, one: Request, policies: Iterable[UUID]) -> None:
        if one.state in UNDER_WAY and not self.all_met(one, policies):
            one.state = "arrived"
        self.refer(one)

    def refer(self, one: Request) -> None:
        if one.state == "arrived" and not self.met(one):
            one.state = "referred"

    def _reopen(self, one: Request) -> None:
        """On the newest version, each row asked anew; where nobody asks any more that ends the case (36)."""
        application = self.applications[one.application]
        newest = application.versions[-1]
        one.state, one.look, one.confirmed, one.stood_on = "arrived", None, False, set()
        self.onto(one, newest, self.anew(one, newest))
        if application.state == "withdrawn" or one.authority not in newest.authorities:
            one.state = "withdrawn"
            return
        one.rows |= self.concerned(one, newest)
        self.refer(one)

    def receive(self, application: Application, one: Request) -> None:
        """A new version for an authority that is asked in it. Rows may come, none goes (7); a decision stays (36)."""
        newest = application.versions[-1]
        if one.state == "decided":
            self.look_at(one, "new_version")
            return
        before = application.versions[-2] if len(application.versions) > 1 else newest
        changed = before.asked_by != newest.asked_by
        one.confirmed = one.confirmed and not changed
        new, anew = self.concerned(one, newest), self.anew(one, newest)
        asking = [key for key, row in one.rows.items() if row.asks or anew[key].falls]
        goes_on = one.state in UNDER_WAY and not (changed and not new and self.unconfirmed(one))
        if goes_on:
            new_now = new if changed else {}
            if self.all_met(one, [*asking, *new_now], newest.number):
                new = new_now
            else:
                goes_on = False
        if not goes_on:
            one.state = "referred" if one.state == "referred" else "arrived"
        self.onto(one, newest, anew)
        one.rows |= new
        self.refer(one)

    def follow_calls(self, id_: UUID) -> None:
        """A filing was planned, changed or withdrawn: policies for calls follow at once (5)."""
        application = self.applications[id_]
        if application.state != "active":
            return
        newest = application.versions[-1]
        for one in self.asked(id_):
            found = {key: row for key, row in self.concerned(one, newest).items() if self.policies[key].calls}
            if one.state == "decided":
                again = [
                    key for key, row in one.rows.items() if row.cause == "no_longer_fits" and self._by_call(key, one)
                ]
                if found or again:
                    self.look_at(one, "call_added")
            elif one.state in OPEN:
                self._follow_calls(one, newest, found)

    def _by_call(self, key: UUID, one: Request) -> bool:
        """Whether a policy for calls is in force and concerns the newest version."""
        policy, newest = self.policies[key], self.applications[one.application].versions[-1]
        return bool(policy.calls) and not policy.ended and self.concern(policy, one.application, newest) is not None

    def _follow_calls(self, one: Request, newest: Version, new: dict[UUID, Row]) -> None:
        anew = self.anew(one, newest)
        fallen = [key for key, each in anew.items() if each.falls]
        self.onto(one, newest, anew)
        one.rows |= new
        if new or fallen:
            self._asked_more(one, [*fallen, *new])

    def withdraw(self, one: Request, reason: str) -> None:
        """Nobody asks any more: an open case ends, a decision stays (36)."""
        if one.state == "decided":
            self.look_at(one, reason)
        else:
            one.state = "withdrawn"

    @staticmethod
    def look_at(one: Request, reason: str) -> None:
        if one.look is None or reason in SAYS_MORE.get(one.look, {LAST}):
            one.look = reason

    def endorsement_ended(self, endorsement: int, reason: str, application: UUID) -> None:
        """An endorsement has ended: decisions that stood on it are to be looked at."""
        for request in self.asked(application):
            if endorsement in request.stood_on and request.state == "decided":
                self.look_at(request, reason)

    def revoked(self, one: Handling) -> None:
        """The members take their endorsement back: preparation stops, what is decided is the authority's own (36)."""
        endorsement, one.endorsement, one.state = one.endorsement, None, "in_review"
        one.open = False
        one.version = len(self.applications[one.application].versions)
        for request in self.asked(one.application):
            if request.state in UNDER_WAY and not self.met(request):
                request.state = "arrived"
        if endorsement is not None:
            self.endorsement_ended(endorsement, "revoked", one.application)
