"""An agreement between three parties lived through day by day: what people do, and which mails that should make."""

import re
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import select

from puumerkki.access.models import PrincipalKind
from puumerkki.agreements.service.reminders import remind_due
from puumerkki.agreements.service.renewal import begin_due, end_due, expire_due
from puumerkki.identity.models import User
from puumerkki.identity.tokens import issue_access_token
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import Client, World
from tests.personas import Cast

WRITERS = {"association": "editor", "city": "officer", "neighbour": "neighbour_editor"}
SIGNERS = {"association": "signatory", "city": "decider", "neighbour": "neighbour_signatory"}
PARTIES = tuple(WRITERS)
WORDS = {
    "Vahvistakaa sopimus vuodelle": "confirmation",
    "Selvitys vuodelta": "report",
    "Arvioikaa vuoden": "evaluation",
    "Tarkistakaa yhteyshenkilöt": "contact_check",
    "Päättäkää, jatkuuko": "renewal",
}
Deed = Callable[[], Awaitable[None]]
Mails = dict[tuple[date, str], set[tuple[str, str]]]


class Years:
    """The agreement, its people, what they do on which day, and which mails that should make."""

    def __init__(self, world: World, cast: Cast) -> None:
        self.world, self.cast = world, cast
        self.ids = {"association": cast.association.id, "city": cast.city.id, "neighbour": cast.neighbour.id}
        self.deeds: dict[date, list[Deed]] = defaultdict(list)
        self.expected: Mails = defaultdict(set)
        self.agreement: dict[str, Any] = {}

    async def caller(self, role: str) -> Client:
        """Somebody with a token of the day."""
        one = self.cast[role]
        assert one.id is not None
        one.token, _ = await issue_access_token(self.world.session, principal_id=one.id, kind=PrincipalKind.user)
        return one

    async def call(self, role: str, method: str, path: str, json: Any = None, **options: Any) -> Any:
        caller = await self.caller(role)
        answer = await caller.request(method, path, json=json, **options)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def tasks(self, role: str) -> list[tuple[str, str]]:
        found = (await self.call(role, "GET", "/tasks"))["items"]
        return sorted((one["kind"], one["due_on"]) for one in found if one["subject"]["kind"] == "agreement")

    async def sign_all(self, agreement: dict[str, Any]) -> None:
        fresh = await self.call("editor", "GET", f"/agreements/{agreement['id']}")
        for party, role in SIGNERS.items():
            given = {"organisation_id": str(self.ids[party]), "version_number": fresh["current_version"]}
            await self.call(role, "POST", f"/agreements/{agreement['id']}/sign", given)

    async def complete(self, kind: str, party: str, year: int, agreement: dict[str, Any] | None = None) -> None:
        path = f"/agreements/{(agreement or self.agreement)['id']}/duties"
        role = (SIGNERS if kind == "confirmation" else WRITERS)[party]
        found = [
            one
            for one in (await self.call(role, "GET", path))["items"]
            if (one["kind"], one["organisation_id"], one["year"]) == (kind, str(self.ids[party]), year)
        ]
        assert len(found) == 1 and found[0]["state"] == "open", found
        await self.call(role, "POST", f"{path}/{found[0]['id']}/complete", {"note": "Tehty."})

    def on(self, day: date, deed: Deed) -> None:
        self.deeds[day].append(deed)

    def done(self, kind: str, party: str, year: int, due: date, on: date, opens: date | None = None) -> None:
        """A duty of the agreement that is done on a day; the mails that it makes until then."""
        self.on(on, lambda: self.complete(kind, party, year))
        self.mailed(kind, party, year, due, until=on, opens=opens)

    def mailed(self, kind: str, party: str, year: int, due: date, *, until: date, opens: date | None = None) -> None:
        opens = opens or due - timedelta(days=60)
        line = (kind, "" if kind in ("contact_check", "renewal") else str(year))
        readers = {(SIGNERS if kind == "confirmation" else WRITERS)[party]}
        for day in (opens, due - timedelta(days=7), due + timedelta(days=1)):
            if day <= until:
                self.expected |= {(day, one): {*self.expected[(day, one)], line} for one in readers}
        escalates = due + timedelta(days=15)
        if escalates <= until:
            readers |= {"owner"} | {role for other, role in WRITERS.items() if other != party}
            self.expected |= {(escalates, one): {*self.expected[(escalates, one)], line} for one in readers}

    async def live(self, first: date, last: date) -> None:
        """Each day at half past eight the clock ticks; where the hour changes, every hour; then people act."""
        day = first
        while day <= last:
            changes = _midnight(day).utcoffset() != _midnight(day + timedelta(days=1)).utcoffset()
            for hour in range(24) if changes else (8, 8):
                with clock.fixed(datetime(day.year, day.month, day.day, hour, 30, tzinfo=clock.FINLAND)):
                    await begin_due(self.world.session)
                    await expire_due(self.world.session)
                    await end_due(self.world.session)
                    await remind_due(self.world.session)
            with clock.fixed(datetime(day.year, day.month, day.day, 12, tzinfo=clock.FINLAND)):
                for deed in self.deeds.pop(day, ()):
                    await deed()
            day += timedelta(days=1)
        assert not self.deeds

    async def mails(self) -> Mails:
        """What was sent: the day and to whom, and of what it told."""
        addresses = {
            (await self.world.session.get_one(User, one.id)).email: role
            for role, one in self.cast.callers.items()
            if one.id is not None and await self.world.session.get(User, one.id)
        }
        sent: Mails = {}
        for one in (await self.world.session.exec(select(OutboxMessage))).all():
            key = (clock.day_of(one.created_at), addresses[one.recipient])
            assert key not in sent, f"two mails on one day: {key}"
            lines = re.findall(r"^- ([^\d\n]+)(\d*)", one.body, re.MULTILINE)
            sent[key] = {
                (next(kind for words, kind in WORDS.items() if text.startswith(words)), year) for text, year in lines
            }
            assert len(lines) == len(sent[key]), one.body
            assert one.created_at.astimezone(clock.FINLAND).hour == 8
        return sent


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.FINLAND)
