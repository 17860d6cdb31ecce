"""A network with members and an application before it, for the tests of handlings, ballots and endorsements."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application, ApplicationVersion
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.service.handlings import receive_version
from puumerkki.kernel import clock
from puumerkki.meetings.models import Meeting, MeetingAttendance, MeetingKind, MeetingState
from puumerkki.networks.models.networks import Network, NetworkMember
from puumerkki.organisations.models.organisations import Organisation, Sector
from tests.factories import Client, World


def recorded() -> dict[str, Any]:
    """A vote that the coordinator wrote down, on the day on which it was given."""
    given = {"given_by": "Maija Meikäläinen", "given_how": "telephone", "given_on": clock.today().isoformat()}
    return {"recorded": True} | given


def earlier_today() -> datetime:
    """An hour ago, or the day's first moment in Finland: a version that came today was there on that day."""
    return max(clock.now() - timedelta(hours=1), clock.end_of_day(clock.today() - timedelta(days=1)))


@dataclass
class Scene:
    """`members` by the names a, b, c, …, each with its representative; the applicant is a member too, called `own`."""

    world: World
    network: Network
    applicant: Organisation
    city: Organisation
    application: Application
    version: ApplicationVersion
    coordinator: Client
    chair: Client
    secretary: Client
    editor: Client
    members: dict[str, NetworkMember] = field(default_factory=dict)
    representatives: dict[str, Client] = field(default_factory=dict)
    handling_id: UUID = field(default_factory=lambda: UUID(int=0))
    seated: bool = False

    @property
    def path(self) -> str:
        return f"/handlings/{self.handling_id}"

    async def row(self) -> Handling:
        return await self.world.session.get_one(Handling, self.handling_id, populate_existing=True)

    async def act(
        self, action: str, json: Any = None, *, by: Client | None = None, if_match: int | None = None
    ) -> httpx.Response:
        """A step with the present version, by the coordinator unless told otherwise."""
        version = if_match if if_match is not None else (await self.row()).version
        return await (by or self.coordinator).post(f"{self.path}/{action}", json, if_match=version)

    async def must(self, action: str, json: Any = None, *, by: Client | None = None) -> dict[str, Any]:
        """A step that succeeds; the handling after it."""
        answer = await self.act(action, json, by=by)
        assert answer.status_code in (200, 201), answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def on_ballot(self, action: str, json: Any = None, *, by: Client | None = None) -> httpx.Response:
        """A coordinator's step on the ballot."""
        who = by or self.coordinator
        ballot = await who.get(f"{self.path}/ballot")
        tag = ballot.headers["etag"].strip('"')
        return await who.post(f"{self.path}/ballot/{action}", json, if_match=tag)

    async def vote(self, name: str, choice: str, *, by: Client | None = None, **more: Any) -> httpx.Response:
        if choice == "against":
            more.setdefault("reason", "Ei täydennä nykyisiä palveluja.")
        more = (recorded() if more.get("recorded") else {}) | more
        path = f"{self.path}/ballot/votes/{self.members[name].id}"
        return await (by or self.representatives[name]).put(path, {"choice": choice} | more)

    async def fresh(self, name: str) -> Client:
        """A member's deputy with a token of the present moment."""
        member = self.members[name]
        return await self.world.person((Role.deputy, self.network.id, member.organisation_id))

    async def to_ballot(self) -> None:
        """Reviewed, read, and a ballot opened."""
        await self.must("begin_review")
        await self.must("readings", {"read_on": clock.today().isoformat()})
        await self.must("open_ballot")

    async def to_endorsed(self) -> str:
        """Everybody votes for it; the number of the endorsement."""
        await self.to_ballot()
        for name in self.representatives:
            if name != "own":
                assert (await self.vote(name, "for")).status_code == 200
        closed = await self.on_ballot("close")
        assert closed.status_code == 200, closed.text
        number: str = (await self.must("endorse"))["endorsement_number"]
        return number

    async def revoked(self, reason: str = "Väärät tiedot.") -> dict[str, Any]:
        """The applicant asks for it, says so, and a second person confirms it."""
        given = {"way": "cause", "cause": "applicant_asks", "reason": reason}
        await self.must("revocations", given)
        said = await self.editor.put(f"{self.path}/revocation/view", {"view": "Pyydämme peruuttamista.", "asks": True})
        assert said.status_code == 200, said.text
        return await self.must("revocation/confirm", by=self.representatives["a"])

    async def next_version(self, **changes: Any) -> ApplicationVersion:
        """Submit a mended version, as the applications' service does: freeze, then receive."""
        before = self.version
        self.version = await self.world.version(self.application, **changes)
        await receive_version(
            self.world.session,
            application=self.application,
            version=self.version,
            before=before,
            actor=await self.actor(self.editor),
        )
        await self.world.session.flush()
        return self.version

    async def actor(self, caller: Client) -> Actor:
        return await load_actor(self.world.session, Caller(id=caller.id, kind=PrincipalKind.user))

    async def meeting(
        self, *, state: MeetingState = MeetingState.held, on: date | None = None, there: str | None = None
    ) -> Meeting:
        """A meeting that all members attended, or those named by `there`. Secretary and chair are of a and b."""
        if not self.seated:
            await self.seat(secretary="a", chair="b")
        made = Meeting(
            network_id=self.network.id,
            kind=MeetingKind.meeting,
            state=state,
            title="Verkoston kokous",
            starts_at=earlier_today(),
            place="Tuira",
        )
        self.world.session.add(made)
        await self.world.session.flush()
        for name in self.members if there is None else there:
            self.world.session.add(MeetingAttendance(meeting_id=made.id, member_id=self.members[name].id))
        await self.world.session.flush()
        return made

    async def seat(self, *, secretary: str, chair: str) -> None:
        """Secretary and chair are people of members."""
        self.seated = True
        for who, name in ((self.secretary, secretary), (self.chair, chair)):
            if name in self.members and who.id is not None:
                await self.world.grant(who.id, Role.viewer, self.members[name].organisation_id)


async def make_scene(world: World, *, members: int = 3, network: dict[str, Any] | None = None, **rule: Any) -> Scene:
    """An application of a member, received by a network of some other members."""
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    made = await world.network("Elämänkaari", authorities=[city], **(network or {}))
    await world.rulebook(made, **rule)
    applicant = await world.organisation("Vanhusten Ystävät ry")
    application = await world.application(applicant, networks=[made], authorities=[city])
    version = await world.version(application)
    scene = Scene(
        world=world,
        network=made,
        applicant=applicant,
        city=city,
        application=application,
        version=version,
        coordinator=await world.person((Role.coordinator, made.id)),
        chair=await world.person((Role.chair, made.id)),
        secretary=await world.person((Role.secretary, made.id)),
        editor=await world.person((Role.editor, applicant.id)),
    )
    for name, organisation in [("own", applicant)] + [
        (chr(ord("a") + place), await world.organisation(f"Jäsen {place} ry")) for place in range(members)
    ]:
        scene.members[name] = await world.member(made, organisation)
        scene.representatives[name] = await world.person((Role.representative, made.id, organisation.id))
    await receive_version(
        world.session, application=application, version=version, before=None, actor=await scene.actor(scene.editor)
    )
    await world.session.flush()
    handling = (await scene.coordinator.get(f"/handlings?application={application.id}")).json()["items"][0]
    scene.handling_id = UUID(handling["id"])
    assert handling["state"] == HandlingState.received
    return scene
