"""What people write on a random walk; each answer is held against the model, and what was done is put into it."""

from datetime import timedelta
from uuid import UUID

from puumerkki.kernel import clock
from tests.walk import model as m
from tests.walk.ground import Ground
from tests.world import CONTENT, OULU


class Writes(Ground):
    """Turns that change something."""

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
