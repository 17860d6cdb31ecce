"""What applicants write on a random walk: the working copy, who applies with them, versions, filings."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any
from uuid import UUID

from tests.application_content import CONTENT
from tests.model_based.comparison import Held
from tests.model_based.entities import Application, Handling, Request
from tests.model_based.people import Somebody
from tests.model_based.rows import GROUPS

PARTS = ("text", "further", "further", "further", "groups", "areas", "call", "networks", "authorities")
MOST_OF_ONE = 5


class Applying(Held):
    """Turns of applicants."""

    async def begin_application(self) -> None:
        applicant = self.rng.choice(self.applicants())
        who, caller = self.somebody(lambda who: who.may("applications:write", applicant))
        one = Application(
            applicant,
            networks=self._asked_networks(applicant),
            authorities=tuple(self.rng.sample(self.authorities, self.rng.randint(1, 2))),
            groups=self._groups(),
            areas=self._areas(),
            call=self._call(),
            begun=self.steps,
            further=dict.fromkeys(self._others(applicant)),
        )
        body = (
            self._networks(one)
            | self._authorities(one)
            | self._further(one)
            | {
                "applicant_id": str(applicant),
                "title": f"Hanke {self.steps}",
                "content": {name: part for name, part in CONTENT.items() if name != "title"}
                | {"target_groups": list(one.groups)},
                "area_ids": [str(area) for area in one.areas],
                "call_id": str(one.call) if one.call else None,
            }
        )
        blocks = self._asked_too_often(one, one.further)
        answer = await caller.post("/applications", body)
        may = who.may("applications:write", applicant)
        if self.may(who, "POST /applications", answer, True, may, blocks=blocks):
            self.model.applications[UUID(answer.json()["id"])] = one

    def _asked_networks(self, applicant: UUID) -> tuple[UUID, ...]:
        """Mostly those of which the applicant is a member."""
        own = [one for one in self.networks if applicant in self.model.members[one]]
        some = own if own and self.rng.random() < 0.8 else self.networks
        return tuple(self.rng.sample(some, self.rng.randint(1, len(some))))

    def _groups(self) -> tuple[str, ...]:
        return tuple(self.rng.sample(list(GROUPS), self.rng.choice((0, 1, 1, 1, 1, 1, 1, 2))))

    def _areas(self) -> tuple[UUID, ...]:
        return tuple(self.rng.sample(list(self.model.areas), self.rng.choice((0, 1, 1, 1, 1, 1, 1, 2))))

    def _call(self) -> UUID | None:
        return self.rng.choice((*self.calls, None, None, None, None))

    def _asked_too_often(self, one: Application, others: Iterable[UUID]) -> set[str]:
        """F13: one waits for five answers of an organisation at most; who was taken out counts on."""
        led = [each for each in self.model.applications.values() if each.applicant == one.applicant]

        def waiting(other: UUID) -> int:
            open_ = [each for each in led if each.state in ("draft", "active") and each.further.get(other, "") is None]
            return len(open_) + sum(each.aside.get(other, "") is None for each in led)

        new = [other for other in others if other not in one.aside]
        return {"too_many_askings"} if any(waiting(other) >= MOST_OF_ONE for other in new) else set()

    def _others(self, applicant: UUID) -> list[UUID]:
        others = sorted({one for one in self.applicants() if one != applicant})
        return self.rng.sample(others, self.rng.choice((0, 0, 0, 1, 1, 2)))

    @staticmethod
    def _networks(one: Application) -> dict[str, Any]:
        return {"network_ids": [str(network) for network in one.networks]}

    @staticmethod
    def _authorities(one: Application) -> dict[str, Any]:
        return {"authorities": [{"authority_id": str(authority)} for authority in one.authorities]}

    @staticmethod
    def _further(one: Application) -> dict[str, Any]:
        return {"co_applicant_ids": [str(other) for other in one.further]}

    async def write_application(self) -> None:
        """The working copy: what it says, whom it asks, who applies too."""
        if (found := self.pick("applications")) is None:
            await self.begin_application()
            return
        id_, one = found
        some = one.readers if self.rng.random() < 0.4 else one.writers
        who, caller = self.somebody(lambda who: any(who.may("applications:write", by) for by in some))
        sees, may = self.model.sees(who, one), any(who.may("applications:write", by) for by in one.writers)
        new = deepcopy(one)
        new.text = self.steps
        blocks: set[str] = set()
        body: dict[str, Any] = {"content": {"goals": f"Tavoite {self.steps}"}}
        match self.rng.choice(PARTS):
            case "further":
                others = self._others(one.applicant)
                blocks = self._asked_too_often(one, [other for other in others if other not in one.further])
                new.name(others)
                new.text, body = one.text, {"co_applicant_ids": [str(other) for other in others]}
            case "groups":
                new.groups = self._groups()
                body["content"]["target_groups"] = list(new.groups)
            case "areas":
                new.areas = self._areas()
                body["area_ids"] = [str(area) for area in new.areas]
            case "call":
                new.call = self._call()
                body["call_id"] = str(new.call) if new.call else None
            case "networks":
                new.networks = self._asked_networks(one.applicant)
                body |= self._networks(new)
            case "authorities":
                new.authorities = tuple(self.rng.sample(self.authorities, self.rng.randint(0, 2)))
                body |= self._authorities(new)
        answer = await self.send(caller, "PATCH", f"/applications/{id_}", "", body, "applications", id_)
        blocks |= set() if one.state in ("draft", "active") else {"application_ended"}
        if self.may(who, f"change {id_} by {sorted(body)}", answer, sees, may, one, blocks=blocks):
            one.networks, one.authorities, one.groups, one.areas = new.networks, new.authorities, new.groups, new.areas
            one.call, one.text, one.further, one.aside = new.call, new.text, new.further, new.aside

    async def release_applicants(self) -> None:
        """One click takes out whoever has not said yes (2)."""
        if (found := self.pick("applications")) is None:
            return
        id_, one = found
        who, caller = self.somebody(lambda who: any(who.may("applications:write", by) for by in one.writers))
        sees, may = self.model.sees(who, one), any(who.may("applications:write", by) for by in one.writers)
        blocks = set() if one.state in ("draft", "active") else {"application_ended"}
        out = [other for other, said in one.further.items() if said != "accepted" or other in self.model.newcomers]
        if not out:
            blocks.add("nothing_to_release")
        path = f"/applications/{id_}"
        answer = await self.send(caller, "POST", path, "release_co_applicants", {}, "applications", id_)
        if self.may(who, f"release co-applicants of {id_}", answer, sees, may, one, blocks=blocks):
            one.take_out(out)
            one.text = self.steps

    async def answer_application(self) -> None:
        """An organisation says whether it applies too, or leaves (2)."""
        found = self.pick("applications")
        if found is None:
            return
        id_, one = found
        concerned = sorted(set(one.further) | one.frozen - {one.applicant})
        other = self.rng.choice(concerned if concerned and self.rng.random() < 0.9 else self.associations)
        said = self.rng.choice(("accepted", "accepted", "accepted", "accepted", "declined", "left"))

        def may(who: Somebody) -> bool:
            return who.person and who.may("applicants:answer", other)

        who, caller = self.somebody(may)
        sees = self.model.sees(who, one)
        named = [version for version in one.versions if other in version.applicants[1:] and other not in version.left]
        blocks = set() if one.state in ("draft", "active") else {"application_ended"}
        present = one.further.get(other)
        if not (other in one.further and present == said):
            fits = named or present == "accepted" if said == "left" else other in one.further and present is None
            blocks |= set() if fits else {"answer_not_open"}
        answer = await caller.put(f"/applications/{id_}/applicants/{other}", {"answer": said})
        if who.anonymous:
            self.hold(who, "answer", answer.status_code, {401, 404})
        elif said == "accepted" and may(who) and self.model.tied_in_open_case(who, other):
            self.may(who, f"{other} says yes to {id_}", answer, True, True, one, blocks={"tied_in_open_case"})
        elif said == "accepted" and may(who) and not blocks & {"application_ended"} and one.takes_no_back(other):
            self.hold(who, f"{other} takes its no to {id_} back", answer.status_code, {204})
        elif self.may(who, f"{other} says {said} to {id_}", answer, sees, may(who), one, blocks=blocks):
            if said == "left" and present != "left":
                for version in named:
                    version.left.add(other)
            if other in one.further:
                one.further[other] = said

    async def submit_application(self) -> None:
        """Only the leading applicant submits, withdraws and closes (2)."""
        again = self.rng.random() < 0.4

        def waits(one: Application) -> bool:
            if one.state == "active":
                return again and one.content() != one.versions[-1].content
            return one.state == "draft" and not again

        if (found := self.pick("applications", waits)) is None:
            return
        id_, one = found
        action = "withdraw" if self.rng.random() < 0.08 else "submit"
        permission = f"applications:{action}"
        by = one.writers if self.rng.random() < 0.3 else {one.applicant}
        who, caller = self.somebody(lambda who: any(who.may(permission, each) for each in by))
        sees, blocks = self.model.sees(who, one), self._blocks(id_, one, action)
        path = f"/applications/{id_}"
        answer = await self.send(caller, "POST", path, action, {}, "applications", id_)
        may = who.may(permission, one.applicant)
        if not self.may(who, f"{action} {path}", answer, sees, may, one, blocks=blocks):
            return
        if action == "submit":
            await self._arrive(id_, one)
        else:
            one.state = "withdrawn"
            for request in self.model.asked(id_):
                self.model.withdraw(request, "application_withdrawn")
            for handling in self.model.handled(id_):
                self.model.end(handling)

    def _blocks(self, id_: UUID, one: Application, action: str) -> set[str]:
        if action == "withdraw":
            return set() if one.state == "active" else {"wrong_state"}
        found = set() if one.state in ("draft", "active") else {"wrong_state"}
        handled = self.model.handled(id_)
        if any(handling.ballot and handling.ballot.state == "open" for handling in handled):
            found.add("ballot_open")
        if any(self.model.count_waits(handling) for handling in handled):
            found.add("count_waits")
        if any(answer != "accepted" for answer in one.further.values()):
            found.add("co_applicants_unanswered")
        if ({one.applicant} | one.further.keys()) & self.model.newcomers:
            found.add("organisation_unconfirmed")
        if any(not self.model.members[network] & one.writers for network in one.networks):
            found |= {"not_a_member", "rules_not_accepted"}
        if not one.groups or (one.authorities and not one.areas):
            found.add("incomplete")
        if one.versions:
            newest = one.versions[-1]
            reached = {handling.network for handling in handled if handling.state != "withdrawn"}
            if newest.content == one.content() and reached == set(one.networks) and not newest.left:
                found.add("nothing_changed")
        return found

    async def _arrive(self, id_: UUID, one: Application) -> None:
        """What a version makes: a handling in each network, a case at each authority. Their ids are of the tables."""
        version = one.freeze()
        for handling in self.model.handled(id_):
            endorsement, ends = handling.endorsement, handling.network not in one.networks
            self.model.follow(one, handling)
            if endorsement is not None and endorsement != handling.endorsement:
                self.model.endorsement_ended(endorsement, "revoked" if ends else "superseded", id_)
        for key, network in await self.rows("select id, network_id from handling where application_id = :id", id_):
            self.model.handlings.setdefault(key, Handling(id_, network, version.number))
        asked = "select id, authority_id from partner_request where application_id = :id"
        for key, authority in await self.rows(asked, id_):
            request = self.model.requests.setdefault(key, Request(id_, authority, version.number))
            if authority in version.authorities:
                self.model.receive(one, request)
            else:
                self.model.withdraw(request, "no_longer_asked")
        for key, request in self.model.requests.items():
            if request.application == id_:
                who, caller = next(one for one in self.people if one[0].may("partner_requests:read", request.authority))
                self.same_case(who, f"arrival of {key}", (await caller.get(f"/partner-requests/{key}")).json(), request)
        handled = self.model.handled(id_)
        made = {handling.network for handling in handled if handling.version == version.number or handling.open}
        if made != set(one.networks):
            self.differences.append(f"a submission reached the networks {made}, not {one.networks}")
        reached = {request.authority for request in self.model.asked(id_)}
        if not reached >= version.authorities:
            self.differences.append(f"a submission reached the authorities {reached}, not {version.authorities}")
