"""What else people write on a random walk: needs, meetings, comments, organisations."""

from datetime import timedelta
from uuid import UUID

from puumerkki.kernel import clock
from tests.factories import OULU
from tests.model_based.entities import Comment, Meeting, Need
from tests.model_based.network_steps import Deciding


class Writes(Deciding):
    """Turns that change something beside the gate."""

    async def write_need(self) -> None:
        found = self.pick("needs")
        if found is None or self.rng.random() < 0.3:
            network, organisation = self.rng.choice(list(self.members))
            made = Need(network, organisation)
            who, caller = self.somebody(lambda who: self.model.raised(who, made))
            body = {
                "network_id": str(network),
                "raised_for_organisation_id": str(organisation),
                "municipality_code": OULU,
                "title": f"Tarve {self.steps}",
                "description": "Kuljetuksia kerhoihin.",
            }
            answer = await caller.post("/needs", body)
            self.may(who, "POST /needs", answer, True, self.model.raised(who, made))
            if answer.is_success:
                self.model.needs[UUID(answer.json()["id"])] = made
            return
        id_, one = found
        who, caller = self.somebody(lambda who: self.model.sees(who, one))
        path, sees, agrees = f"/needs/{id_}", self.model.sees(who, one), who.may("needs:agree", one.network)
        if self.rng.random() < 0.5:
            answer = await self.send(caller, "POST", path, "agree", {}, "needs", id_)
            self.may(who, f"agree {path}", answer, sees, agrees, one)
            one.agreed = one.agreed or answer.is_success
        else:
            answer = await self.send(caller, "PATCH", path, "", {"title": f"Tarve {self.steps}"}, "needs", id_)
            self.may(who, f"change {path}", answer, sees, agrees or self.model.raised(who, one), one)

    async def write_meeting(self) -> None:
        found = self.pick("meetings")
        network = found[1].network if found else self.rng.choice(self.networks)
        who, caller = self.somebody(lambda who: who.may("networks:read", network))
        if found is None or self.rng.random() < 0.4:
            starts = (clock.now() + timedelta(days=3)).isoformat()
            body = {"network_id": str(network), "title": "Kokous", "starts_at": starts, "place": "Tuira"}
            answer = await caller.post("/meetings", body)
            self.may(who, "POST /meetings", answer, True, who.may("meetings:record", network))
            if answer.is_success:
                self.model.meetings[UUID(answer.json()["id"])] = Meeting(network)
            return
        id_, one = found
        path = f"/meetings/{id_}"
        answer = await self.send(caller, "PATCH", path, "", {"place": "Kaijonharju"}, "meetings", id_)
        self.may(
            who,
            f"change {path}",
            answer,
            self.model.sees(who, one),
            who.may("meetings:record", one.network),
            one,
        )

    async def write_comment(self) -> None:
        if (found := self.pick("needs")) is None:
            return
        id_, one = found
        who, caller = self.somebody(lambda who: who.may("networks:read", one.network))
        body = {"subject_kind": "need", "subject_id": str(id_), "audience": "network", "body": f"Huomio {self.steps}"}
        answer = await caller.post("/comments", body)
        # who is of the network writes there, be it in the name of the organisation that raised the need
        writes = who.may("discussions:write", one.network) or who.may("discussions:write", one.organisation)
        may = who.may("networks:read", one.network) and writes
        self.may(who, f"comment on {id_}", answer, self.model.sees(who, one), may, one)
        if answer.is_success:
            self.model.comments[UUID(answer.json()["id"])] = Comment(id_)

    async def write_organisation(self) -> None:
        who, caller = self.somebody()
        id_ = self.rng.choice(self.associations)
        if self.rng.random() < 0.4:
            answer = await caller.get(f"/organisations/{id_}/people")
            may = who.operator or who.may("organisations:read", id_)
            self.may(who, f"people of {id_}", answer, True, may)
            return
        version = (await self.rows("select version from organisation where id = :id", id_))[0][0]
        answer = await caller.patch(f"/organisations/{id_}", {"website": "https://example.org"}, if_match=version)
        may = who.operator or who.may("organisations:update", id_)
        self.may(who, f"change organisation {id_}", answer, True, may)
