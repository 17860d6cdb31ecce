"""What events tell: every type is declared, to whom, once, never to who did it nor to who may not read it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import Event
from puumerkki.kernel.tells import NAMED, PEOPLE, PERSON, PLATFORM, RELATED, SCOPE, Silent
from puumerkki.notifications.models import Notice
from puumerkki.notifications.service.following import follow, rebuild, show_lately, sweep
from puumerkki.notifications.told import side_of, told
from puumerkki.notifications.words import BEHIND_SIGN_IN, tell_words
from puumerkki.wiring import ROOMS
from tests.factories import World
from tests.message_catalogues import LANGUAGES, said
from tests.notifications.people import follow_all, place_events
from tests.notifications.test_mailing import NOON, SRC
from tests.notifications.test_task_rows import raise_need
from tests.personas import Cast, make_cast


@pytest.fixture
async def cast(world: World) -> Cast:
    with clock.fixed(NOON):
        return await make_cast(world)


def _types(base: type[Event]) -> set[type[Event]]:
    below = {one for kind in base.__subclasses__() for one in _types(kind)}
    return below | ({base} if "type" in vars(base) else set())


def test_every_type_of_event_says_whom_it_tells_in_its_own_room() -> None:
    declared = {event: room.name for room in ROOMS for event in room.tells}
    ours = {one for one in _types(Event) if one.__module__.startswith("puumerkki.")}
    assert {one.type for one in ours} == set(told())
    assert {one.type for one, room in declared.items() if one.__module__.split(".")[1] != room} == set()
    assert len(declared) == sum(len(room.tells) for room in ROOMS), "declared twice"


def test_what_is_silent_says_why_and_what_tells_somebody_names_them() -> None:
    by_scope = {NAMED, PLATFORM, RELATED, SCOPE, PERSON, PEOPLE}
    kinds = {kind for room in ROOMS for kind in room.sides}
    for type_, tells in told().items():
        if isinstance(tells, Silent):
            assert tells.reason, type_
            continue
        assert tells, type_
        for tell in tells:
            assert tell.side in (PERSON, PEOPLE) or tell.followers or tell.roles, type_
            assert set(tell.roles) <= set(Role), type_
            assert tell.side in by_scope or any(side_of(kind, tell.side) for kind in kinds), (type_, tell.side)


def test_every_event_that_is_told_has_its_words() -> None:
    spoken = {type_ for type_, tells in told().items() if not isinstance(tells, Silent)}
    assert set(tell_words()) == spoken
    assert spoken >= BEHIND_SIGN_IN


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_calls_an_event_as_the_app_does(language: str) -> None:
    import re

    labels = [
        path.read_text("utf-8").partition("\n  events: {")[2].partition("\n  },")[0]
        for path in SRC.glob("*/*/labels.ts")
    ]
    shown = {
        kind: said(language, message)
        for text in labels
        for kind, message in re.findall(r"'([\w.]+)':\s*msg`([^`]*)`", text)
    }
    written = {kind: words[language] for kind, words in tell_words().items() if kind not in BEHIND_SIGN_IN}
    assert written == {kind: shown[kind] for kind in written}


async def news(cast: Cast, person_id: UUID) -> list[tuple[str, int]]:
    found = await cast.world.session.exec(
        select(Notice)
        .where(col(Notice.principal_id) == person_id, col(Notice.position).is_not(None))
        .order_by(col(Notice.position))
    )
    return [(str(one.kind), one.count) for one in found]


async def agree(cast: Cast, need: UUID, action: str = "agree", version: int = 1, **body: Any) -> None:
    caller = await cast.world.again(cast["coordinator"])
    answer = await caller.post(f"/needs/{need}/{action}", body or None, if_match=version)
    assert answer.status_code == 200, answer.text


async def begun(cast: Cast) -> None:
    """The worker has come to the feed's end."""
    await sweep(cast.world.session)
    await follow_all(cast.world.session)


async def test_what_happened_is_told_to_those_it_concerns_once_and_not_to_who_did_it(cast: Cast) -> None:
    session = cast.world.session
    other = await cast.world.person((Role.coordinator, cast.network.id))
    stranger = await cast.world.person((Role.owner, cast.city.id))
    await begun(cast)
    await agree(cast, await raise_need(cast))
    await follow_all(session)
    await follow_all(session)
    assert await news(cast, cast["representative"].person_id) == [("need.agreed", 1)]
    assert await news(cast, other.person_id) == [("need.agreed", 1)]
    assert await news(cast, cast["coordinator"].person_id) == []
    assert await news(cast, stranger.person_id) == []


async def test_a_worker_that_was_stopped_tells_nothing_twice(cast: Cast) -> None:
    session = cast.world.session
    await begun(cast)
    await agree(cast, await raise_need(cast))
    await place_events(session)
    killed = await session.begin_nested()
    assert await follow(session)
    await killed.rollback()
    session.expire_all()
    await follow_all(session)
    assert await news(cast, cast["representative"].person_id) == [("need.agreed", 1)]


async def test_what_comes_together_on_one_thing_is_one_notice(cast: Cast) -> None:
    session = cast.world.session
    need = await raise_need(cast)
    await begun(cast)
    for _ in range(20):
        body = {"subject_kind": "need", "subject_id": str(need), "body": "Kahvila sopisi tähän.", "audience": "network"}
        answer = await (await cast.world.again(cast["coordinator"])).post("/comments", body)
        assert answer.status_code == 201, answer.text
    await follow_all(session)
    assert await news(cast, cast["representative"].person_id) == [("comment.added", 20)]
    assert await news(cast, cast["coordinator"].person_id) == []
    shown = (await (await cast.world.again(cast["representative"])).get("/notices")).json()["items"]
    assert [(one["kind"], one["step"], one["count"]) for one in shown] == [("comment.added", "told", 20)]
    caller = await cast.world.again(cast["representative"])
    assert (await caller.get("/notices/unseen")).json() == {"unseen": 1}
    assert (await caller.post("/notices/seen", {"subject_id": str(need)})).status_code == 204
    assert (await caller.get("/notices/unseen")).json() == {"unseen": 0}


async def test_what_is_inside_the_network_is_not_told_outside(cast: Cast) -> None:
    """The raiser's own people may not read what the network says among itself."""
    session = cast.world.session
    outside = await cast.world.person((Role.editor, cast.neighbour.id))
    need = await raise_need(cast, raised_for_organisation_id=str(cast.neighbour.id))
    await begun(cast)
    body = {"subject_kind": "need", "subject_id": str(need), "body": "Sisäinen.", "audience": "network"}
    assert (await (await cast.world.again(cast["coordinator"])).post("/comments", body)).status_code == 201
    await follow_all(session)
    assert await news(cast, outside.person_id) == []


async def test_a_task_says_it_better_than_the_event_that_opened_it(cast: Cast) -> None:
    session = cast.world.session
    await begun(cast)
    await raise_need(cast)
    await follow_all(session)
    assert await news(cast, cast["coordinator"].person_id) == []


async def test_somebody_with_many_roles_is_told_once(cast: Cast) -> None:
    session, here = cast.world.session, cast.network.id
    roles = [(role, here) for role in (Role.coordinator, Role.chair, Role.secretary)]
    roles += [(role, cast.neighbour.id) for role in (Role.editor, Role.owner, Role.signatory)]
    many = await cast.world.person((Role.representative, here, cast.neighbour.id), *roles)
    await begun(cast)
    await agree(cast, await raise_need(cast, raised_for_organisation_id=str(cast.neighbour.id)))
    await follow_all(session)
    assert await news(cast, many.person_id) == [("need.agreed", 1)]
    [one] = await session.exec(select(Notice).where(col(Notice.principal_id) == many.id))
    assert one.row == "own", "as whom it concerns them most"


async def test_who_slept_long_tells_quietly(cast: Cast) -> None:
    session, found = cast.world.session, []
    for days in (0, 2, 8):
        with clock.fixed(NOON):
            need = await raise_need(cast, raised_for_organisation_id=str(cast.neighbour.id))
            await begun(cast)
            await agree(cast, need)
        with clock.fixed(NOON + timedelta(days=days)):
            await follow_all(session)
        rows = await session.exec(
            select(Notice).where(col(Notice.kind) == "need.agreed", col(Notice.subject_id) == need)
        )
        found.append({(one.send_at is not None, one.digest) for one in rows})
    assert {one[0] for one in found[1]} == {False}
    assert found[2] == {(False, None)}


async def test_a_restore_and_a_world_that_was_just_made_mail_nobody(cast: Cast) -> None:
    session = cast.world.session
    await begun(cast)
    await agree(cast, await raise_need(cast))
    await place_events(session)
    await rebuild(session)
    await follow_all(session)
    assert await news(cast, cast["representative"].person_id) == []
    assert await show_lately(session, days=36500) > 0
    mailed = await session.exec(select(Notice).where(col(Notice.position).is_not(None)))
    assert {(one.send_at, one.digest) for one in mailed} == {(None, None)}


async def test_five_hundred_that_joined_are_one_notice_each_reader(cast: Cast) -> None:
    from puumerkki.kernel.eventlog.events import publish
    from puumerkki.kernel.subjects import Ref
    from puumerkki.networks.events.networks import MemberJoined
    from puumerkki.networks.models.networks import NetworkMember

    session = cast.world.session
    [member, *_] = (
        await session.exec(select(NetworkMember).where(col(NetworkMember.network_id) == cast.network.id))
    ).all()
    await begun(cast)
    for _ in range(500):
        await publish(
            session,
            MemberJoined(
                subject=Ref("network_member", member.id),
                network_id=cast.network.id,
                organisation_id=cast.association.id,
            ),
            actor_id=None,
        )
    await follow_all(session)
    assert await news(cast, cast["representative"].person_id) == [("member.joined", 500)]


async def test_a_role_that_one_accepted_oneself_is_no_news(cast: Cast) -> None:
    await begun(cast)
    owner, person = await cast.world.again(cast["owner"]), await cast.world.person()
    user = await cast.world.session.get_one(User, person.id)
    given = {"email": user.email, "name": user.name, "language": "fi", "role": "editor"}
    scope = {"scope_kind": "organisation", "scope_id": str(cast.association.id)}
    assert (await owner.post("/invitations", given | scope)).status_code == 201
    [offer] = (await person.get("/me")).json()["role_offers"]
    assert (await person.post("/me/role-offers/accept", {"offer_ids": [offer["id"]]})).status_code == 200
    await follow_all(cast.world.session)
    assert [kind for kind, _ in await news(cast, person.person_id) if kind == "role.granted"] == []
