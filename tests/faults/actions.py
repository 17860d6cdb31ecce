"""What the people do, over and over: each deed is one turn of one person."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from puumerkki.demo.base_data import Member, NetworkScene
from puumerkki.kernel import clock
from tests.application_content import CONTENT
from tests.faults.actors import Voice
from tests.faults.setup import Setting

ROWS = 400
"""So many organisations in an imported file: enough to be killed in the midst of it."""
HEAD = "name_fi,sector,association_register_number,home_municipality\n"
FIRST_NUMBER = 300_000
Deed = Callable[[Voice], Awaitable[None]]


class Deeds:
    """The turns of each kind of person in this setting."""

    def __init__(self, setting: Setting) -> None:
        self.scene = setting.scene
        self._next_number = FIRST_NUMBER

    def preparing(self, member: Member) -> Deed:
        """An association's editor: writes drafts, submits them, mends them, takes requests back."""

        async def turn(voice: Voice) -> None:
            mine = await voice.items("/applications", limit=50)
            drafts = [one for one in mine if one["state"] == "draft"]
            active = [one for one in mine if one["state"] == "active"]
            chance = voice.rng.random()
            if drafts and chance < 0.5:
                await voice.act(f"/applications/{voice.rng.choice(drafts)['id']}", "submit")
            elif active and chance < 0.6:
                await self._mend(voice, voice.rng.choice(active)["id"])
            elif active and chance < 0.65:
                for request in await voice.items("/partner-requests", state="in_preparation", limit=5):
                    await voice.act(f"/partner-requests/{request['id']}", "recall")
            elif len(active) + len(drafts) < 12:
                await self._begin(voice, member)
            else:
                await self._read(voice)

        return turn

    async def _begin(self, voice: Voice, member: Member) -> None:
        title = f"Hanke {uuid4().hex}"
        voice.ledger.applications[title] = False
        made = await voice.send(
            "POST",
            "/applications",
            json={
                "applicant_id": member.id,
                "title": title,
                "language": "fi",
                "call_id": self.scene.call,
                "amount_cents": 1_000_000,
                "content": {key: value for key, value in CONTENT.items() if key != "title"},
                "network_ids": [self.scene.small.id],
                "authorities": [{"authority_id": self.scene.city, "asks": "Tilat."}],
            },
        )
        voice.ledger.applications[title] = made.is_success

    async def _mend(self, voice: Voice, application: str) -> None:
        path = f"/applications/{application}"
        seen = await voice.send("GET", path)
        if seen.is_success:
            goals = {"content": {"goals": f"Uusi tavoite {uuid4().hex[:6]}"}}
            await voice.send("PATCH", path, json=goals, headers={"If-Match": seen.headers["etag"]})
            await voice.act(path, "submit")

    def leading(self, network: NetworkScene) -> Deed:
        """A coordinator: reads, opens ballots, closes them, endorses and declines, now and then revokes."""

        async def turn(voice: Voice) -> None:
            state = voice.rng.choice(("received", "in_review", "in_ballot", "in_ballot", "endorsed"))
            found = await voice.items("/handlings", network=network.id, state=state, limit=20)
            if not found:
                return
            path = f"/handlings/{voice.rng.choice(found)['id']}"
            if state == "received":
                await voice.act(path, "begin_review")
            elif state == "in_review":
                if await voice.act(path, "readings", {"read_on": clock.today().isoformat()}):
                    await voice.act(path, "open_ballot")
            elif state == "in_ballot":
                await self._conclude(voice, path)
            elif voice.rng.random() < 0.1:
                reason = {"reason": "Hakija muutti suunnitelmaansa."}
                await voice.act(path, "revocations", {"way": "ballot"} | reason)

        return turn

    async def _conclude(self, voice: Voice, path: str) -> None:
        ballot = await voice.send("GET", f"{path}/ballot")
        if not ballot.is_success:
            return
        if ballot.json()["state"] == "open":
            tag = {"If-Match": ballot.headers["etag"]}
            await voice.send("POST", f"{path}/ballot/close", json={}, headers=tag)
        elif not await voice.act(path, "endorse"):
            await voice.act(path, "decline", {"reason": "Äänestys päättyi vastaan."})

    def voting(self, member: Member) -> Deed:
        """A member's representative: votes, stands aside now and then, says a word in the need's thread."""

        async def turn(voice: Voice) -> None:
            network = self.scene.small.id
            for handling in await voice.items("/handlings", network=network, state="in_ballot", limit=10):
                path = f"/handlings/{handling['id']}/ballot"
                if voice.rng.random() < 0.02:
                    aside = {"reason": "Läheinen työskentelee hakijalla."}
                    await voice.send("PUT", f"{path}/recusals/{member.member_id}", json=aside)
                    continue
                vote: dict[str, Any] = {"choice": voice.rng.choice(("for", "for", "for", "blank", "against"))}
                if vote["choice"] == "against":
                    vote["reason"] = "Samaa tehdään jo."
                cast = await voice.send("PUT", f"{path}/votes/{member.member_id}", json=vote)
                if cast.is_success:
                    voice.ledger.done["vote"] += 1
                    voice.ledger.votes.add((handling["id"], member.member_id))
            await self._comment(voice)

        return turn

    async def _comment(self, voice: Voice) -> None:
        words = f"Huomio {uuid4().hex}"
        voice.ledger.comments[words] = False
        subject = {"subject_kind": "need", "subject_id": voice.rng.choice(self.scene.needs)}
        made = await voice.send("POST", "/comments", json=subject | {"audience": "network", "body": words})
        voice.ledger.comments[words] = made.is_success
        voice.ledger.done["comment"] += made.is_success

    async def preparing_cases(self, voice: Voice) -> None:
        """The city's officer: begins what may be begun."""
        for state in ("referred", "arrived"):
            for request in await voice.items("/partner-requests", authority=self.scene.city, state=state, limit=10):
                await voice.act(f"/partner-requests/{request['id']}", "begin")

    async def deciding(self, voice: Voice) -> None:
        """The city's decider."""
        decision = {
            "outcome": "statement",
            "body": "Hyvinvointijohtaja",
            "decided_on": clock.today().isoformat(),
            "section": "§ 12",
            "appeal": "Oikaisuvaatimus 14 päivän kuluessa.",
        }
        inbox = await voice.items("/partner-requests", authority=self.scene.city, state="in_preparation", limit=5)
        for request in inbox:
            await voice.act(f"/partner-requests/{request['id']}", "decide", decision)

    async def importing(self, voice: Voice) -> None:
        """The operator sends a file and looks whether it is done."""
        numbers = [str(self._next_number + place) for place in range(ROWS)]
        self._next_number += ROWS
        name = f"{numbers[0]}.csv"
        voice.ledger.imports[name] = (None, numbers)
        body = HEAD + "".join(f"Tuotu {number} ry,association,{number},Oulu\n" for number in numbers)
        sent = await voice.send(
            "POST",
            f"/imports?kind=organisations&file_name={name}",
            content=body.encode(),
            headers={"Content-Type": "text/csv"},
        )
        if sent.is_success:
            voice.ledger.done["import"] += 1
            voice.ledger.imports[name] = (sent.json()["id"], numbers)
            await voice.get(f"/imports/{sent.json()['id']}")

    def inviting(self, organisation: str) -> Deed:
        """An owner invites somebody by mail."""

        async def turn(voice: Voice) -> None:
            address = f"{uuid4().hex}@example.org"
            voice.ledger.invitations[address] = False
            given = {
                "email": address,
                "name": "Uusi Ihminen",
                "language": "fi",
                "scope_kind": "organisation",
                "scope_id": organisation,
                "role": "viewer",
            }
            made = await voice.send("POST", "/invitations", json=given)
            voice.ledger.invitations[address] = made.is_success
            voice.ledger.done["invitation"] += made.is_success

        return turn

    async def _read(self, voice: Voice) -> None:
        path = voice.rng.choice(("/organisations", "/networks", "/needs", "/endorsements", "/calls", "/handlings"))
        await voice.items(path, limit=50)

    async def reading(self, voice: Voice) -> None:
        """Anybody looks around."""
        await self._read(voice)
        await voice.get("/organisations", q="Tuotu", limit=10)
