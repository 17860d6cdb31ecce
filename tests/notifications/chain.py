"""An association's way from the invitation to the authority's answer, step by step, with the worker's part between."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.notifications.service.following import follow, sweep
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.notifications.service.telling import remind_of_tasks
from tests.application_content import CONTENT
from tests.factories import OULU, Client, World
from tests.identity.accounts import token_mailed
from tests.notifications.people import place_events
from tests.partnerships.gate import policy
from tests.personas import Cast, make_cast

VOLUNTEER = "paula@example.org"
NAME = "Rajakylän Porinapiiri ry"
WHOLE = {name: value for name, value in CONTENT.items() if name != "title"}
HOURS = range(7, 21)
"""At these hours of Finland the worker looks whether a mail is due; at night it may, and sends none."""


@dataclass
class Chain:
    """Who does what at which moment. `killed`: each part of the worker's is lost once, and done again."""

    world: World
    cast: Cast
    now: datetime
    killed: bool = False
    volunteer: Client | None = None
    ids: dict[str, str] = field(default_factory=dict)

    async def live(self, until: datetime) -> None:
        """The hours pass."""
        while self.now < until:
            ahead = (self.now + timedelta(hours=1)).replace(minute=0)
            self.now = min(ahead.astimezone(clock.FINLAND), until)
            if self.now.hour in HOURS:
                await self.work()

    async def do(self, does: "Step") -> None:
        """Somebody does something, and the worker hears of it."""
        with clock.fixed(self.now):
            await does(self)
        await self.work()

    async def work(self) -> None:
        """All that the worker does with the feed, with the days and with the mail."""
        with clock.fixed(self.now):
            await place_events(self.world.session)
            await self._to_its_end(lambda: follow(self.world.session))
            await self._to_its_end(lambda: remind_of_tasks(self.world.session), once=True)
            await self._to_its_end(lambda: mail_due(self.world.session))

    async def compare(self) -> None:
        """Everything that waits is compared, as in each minute of a day."""
        with clock.fixed(self.now):
            await self._to_its_end(lambda: sweep(self.world.session), once=True)

    async def _to_its_end(self, part: Callable[[], Awaitable[Any]], *, once: bool = False) -> None:
        session = self.world.session
        if self.killed:
            lost = await session.begin_nested()
            await part()
            await lost.rollback()
            session.expire_all()
        while await part() and not once:
            pass
        await session.flush()

    async def mails(self) -> list[OutboxMessage]:
        """All that was sent, in order."""
        order = col(OutboxMessage.created_at), col(OutboxMessage.recipient), col(OutboxMessage.subject)
        return list((await self.world.session.exec(select(OutboxMessage).order_by(*order))).all())

    async def ask(self, who: str, method: str, path: str, json: Any = None, *, seen: str | None = None) -> Any:
        """A request of somebody's that succeeds; `seen`: what it goes by the version of."""
        caller = self.volunteer if who == "volunteer" else self.cast[who]
        assert caller is not None
        caller = await self.world.again(caller)
        version = None if seen is None else (await caller.get(seen)).headers["etag"].strip('"')
        answer = await caller.request(method, path, if_match=version, json={} if json is None else json)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    async def act(self, who: str, path: str, action: str, json: Any = None) -> Any:
        """A step of a thing."""
        return await self.ask(who, "POST", f"{path}/{action}", json, seen=path)

    @property
    def member(self) -> str:
        return f"/networks/{self.ids['network']}/members/{self.ids['member']}"

    @property
    def application(self) -> str:
        return f"/applications/{self.ids['application']}"

    @property
    def handling(self) -> str:
        return f"/handlings/{self.ids['handling']}"

    @property
    def case(self) -> str:
        return f"/partner-requests/{self.ids['case']}"


Step = Callable[[Chain], Awaitable[None]]


async def begun(world: World, at: datetime, *, killed: bool = False) -> Chain:
    """A network of two members, each with a representative, and a city that wants its puumerkki."""
    with clock.fixed(at):
        cast = await make_cast(world)
        association = cast.network.id, cast.association.id
        cast.callers["second"] = await world.person((Role.representative, *association), name="second")
        await policy(world, cast.city, cast.network)
        await sweep(world.session)
        ids = {
            "network": cast.network.id,
            "city": cast.city.id,
            "neighbour": cast.neighbour_member.id,
            "association": cast.association_member.id,
        }
    return Chain(world, cast, at, killed, ids={name: str(id_) for name, id_ in ids.items()})


async def invited(chain: Chain) -> None:
    given = {
        "names": {"fi": NAME},
        "sector": "association",
        "legal_form": "registered_association",
        "home_municipality_code": OULU,
        "administrator": {"name": "Paula Perustaja", "email": VOLUNTEER, "language": "fi"},
    }
    made = await chain.ask("coordinator", "POST", f"/networks/{chain.ids['network']}/newcomers", given)
    chain.ids |= {"member": made["id"], "organisation": made["organisation_id"]}


async def comes_in(chain: Chain) -> None:
    given = {"token": await token_mailed(chain.world.session, VOLUNTEER), "also": ["editor", "signatory"]}
    answer = await chain.world.nobody.post("/invitations/accept", given)
    assert answer.is_success, answer.text
    chain.volunteer = Client(chain.world.client, UUID(answer.json()["person_id"]))


async def confirmed(chain: Chain) -> None:
    await chain.act("officer", f"/organisations/{chain.ids['organisation']}", "confirm")


async def answers_the_network(chain: Chain) -> None:
    await chain.act("volunteer", chain.member, "accept")


async def let_in(chain: Chain) -> None:
    await chain.ask("representative", "POST", f"{chain.member}/proposal/confirm", seen=chain.member)


async def accepts_the_rulebook(chain: Chain) -> None:
    path = f"/networks/{chain.ids['network']}/rulebooks/1/acceptances/{chain.ids['member']}"
    await chain.ask("volunteer", "PUT", path)


async def applies(chain: Chain) -> None:
    given = {
        "applicant_id": chain.ids["organisation"],
        "title": "Porinaa Rajakylässä",
        "amount_cents": 1_200_000,
        "content": WHOLE,
        "private": {"contact_persons": [{"name": "Paula Perustaja", "email": VOLUNTEER, "role": "puheenjohtaja"}]},
        "network_ids": [chain.ids["network"]],
        "authorities": [{"authority_id": chain.ids["city"], "asks": "Tila kerran viikossa."}],
    }
    chain.ids["application"] = (await chain.ask("volunteer", "POST", "/applications", given))["id"]
    await chain.act("volunteer", chain.application, "submit")
    shown = await chain.ask("volunteer", "GET", chain.application)
    chain.ids["handling"] = shown["networks"][0]["handling"]["id"]
    chain.ids["case"] = shown["authorities"][0]["partner_request"]["id"]


async def taken_up(chain: Chain) -> None:
    await chain.act("coordinator", chain.handling, "begin_review")


async def returned(chain: Chain) -> None:
    await chain.act("coordinator", chain.handling, "return", {"points": [{"part": "goals", "body": "Montako tulee?"}]})


async def completes_it(chain: Chain) -> None:
    whole = {"content": WHOLE | {"goals": "Kolmekymmentä ihmistä viikossa."}}
    await chain.ask("volunteer", "PATCH", chain.application, whole, seen=chain.application)
    await chain.act("volunteer", chain.application, "submit")


async def put_to_the_vote(chain: Chain) -> None:
    await chain.act("coordinator", chain.handling, "begin_review")
    await chain.act("coordinator", chain.handling, "readings", {"read_on": clock.today().isoformat()})
    await chain.act("coordinator", chain.handling, "open_ballot")


async def voted(chain: Chain) -> None:
    votes = {"representative": chain.ids["neighbour"], "second": chain.ids["association"]}
    for who, member in votes.items():
        await chain.ask(who, "PUT", f"{chain.handling}/ballot/votes/{member}", {"choice": "for"})


async def endorsed(chain: Chain) -> None:
    await chain.act("coordinator", f"{chain.handling}/ballot", "close")
    await chain.act("coordinator", chain.handling, "endorse")


async def prepared(chain: Chain) -> None:
    await chain.act("officer", chain.case, "begin")


async def decided(chain: Chain) -> None:
    given = {
        "outcome": "commitment",
        "contributions": [{"kind": "working_time", "hours": 40, "description": "Ohjaajan työaikaa"}],
        "body": "Hyvinvointilautakunta",
        "decided_on": clock.today().isoformat(),
        "section": "§ 45",
    }
    await chain.act("decider", chain.case, "decide", given)
