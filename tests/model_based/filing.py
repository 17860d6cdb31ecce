"""What applicants send to funders on a random walk. A call to which they plan to send decides which policies ask."""

from typing import Any
from uuid import UUID

from puumerkki.kernel import clock
from tests.model_based.application_steps import Applying
from tests.model_based.entities import Filing


class FilingTurns(Applying):
    """Turns of applicants with their filings."""

    async def write_filing(self) -> None:
        found = self.pick("filings", lambda one: one.state == "planned")
        if found is None or self.rng.random() < 0.5:
            await self._plan()
            return
        id_, filing = found
        one = self.model.applications[filing.application]
        who, caller = self.somebody(lambda who: any(who.holds("filings:write", by) for by in one.writers))
        sees, may = self.model.sees(who, filing), any(who.may("filings:write", by) for by in one.writers)
        path, action = f"/filings/{id_}", self.rng.choice(("file", "change", "change", "withdraw"))
        blocks = (
            set() if filing.state in {"withdraw": ("planned", "filed")}.get(action, ("planned",)) else {"wrong_state"}
        )
        if action == "change":
            call = self._call_of(filing.funder)
            answer = await self.send(caller, "PATCH", path, "", {"call_id": call and str(call)}, "filings", id_)
            blocks = {"filing_not_planned"} if blocks else set()
        else:
            sent = {"filed_on": clock.today().isoformat(), "version_number": 1} if action == "file" else {}
            answer = await self.send(caller, "POST", path, action, sent, "filings", id_)
        if action == "file":
            blocks |= {"application_withdrawn"} if one.state == "withdrawn" else set()
            blocks |= set() if one.versions else {"version_unknown"}
        if self.may(who, f"{action} {path}", answer, sees, may, filing, blocks=blocks):
            if action == "change":
                filing.call = call
            else:
                filing.sent = filing.sent or action == "file"
                filing.state = {"file": "filed", "withdraw": "withdrawn"}[action]
            if action != "file":
                self.model.follow_calls(filing.application)

    async def _plan(self) -> None:
        if (of := self.pick("applications")) is None:
            return
        funder, one = self.rng.choice(self.authorities), of[1]
        call = self._call_of(funder)
        who, caller = self.somebody(lambda who: any(who.holds("filings:write", by) for by in one.writers))
        may = any(who.may("filings:write", by) for by in one.writers)
        body: dict[str, Any] = {"application_id": str(of[0]), "funder_id": str(funder), "call_id": call and str(call)}
        answer = await caller.post("/filings", body)
        blocks = {"application_withdrawn"} if one.state == "withdrawn" else set()
        if self.may(who, "POST /filings", answer, self.model.sees(who, one), may, one, blocks=blocks):
            self.model.filings[UUID(answer.json()["id"])] = Filing(of[0], funder, call)
            self.model.follow_calls(of[0])

    def _call_of(self, funder: UUID) -> UUID | None:
        own = [call for call, by in self.calls.items() if by == funder]
        return self.rng.choice((*own, *own, None))
