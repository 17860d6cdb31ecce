"""What people follow: what they may read and as long as they may, told weakest of all, and gone with their account."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import ApplicationNeed
from puumerkki.kernel import clock
from puumerkki.kernel.tells import NoticeRow, Silent
from puumerkki.needs.models import NeedState
from puumerkki.notifications.models import Digest, Follow, Notice
from puumerkki.notifications.schemas import MOST_FOLLOWED
from puumerkki.notifications.service.followers import followers
from puumerkki.notifications.told import told
from tests.factories import Client, World
from tests.handlings.scene import make_scene
from tests.notifications.people import follow_all
from tests.notifications.test_digests import MONDAY, due, mailed
from tests.notifications.test_mailing import NOON, at
from tests.notifications.test_task_rows import raise_need
from tests.notifications.test_tells import agree, begun, news
from tests.organisations.test_merging import merge
from tests.personas import Cast, make_cast
from tests.valid_requests.applications import make_call
from tests.valid_requests.needs import make_need


@pytest.fixture
async def cast(world: World) -> Cast:
    with clock.fixed(NOON):
        return await make_cast(world)


@pytest.fixture
async def present(world: World) -> Cast:
    """The same at the hour of the test."""
    return await make_cast(world)


async def fan(cast: Cast, *things: tuple[str, UUID]) -> Client:
    """Somebody without a role, who follows these."""
    made = await cast.world.person(name="Seuraaja")
    for kind, id_ in things:
        answer = await made.put(f"/follows/{kind}/{id_}")
        assert answer.status_code == 204, answer.text
    return made


async def followed(who: Client) -> list[tuple[str, str | None]]:
    answer = await who.get("/follows")
    assert answer.status_code == 200, answer.text
    return [(one["id"], one["names"] and next(iter(one["names"].values()))) for one in answer.json()["items"]]


async def test_one_begins_and_ends_it_and_again_changes_nothing(present: Cast) -> None:
    call = await make_call(present)
    who = await fan(
        present, ("network", present.network.id), ("funding_call", call.id), ("organisation", present.city.id)
    )
    await who.put(f"/follows/network/{present.network.id}")
    assert [key for key, _ in await followed(who)] == [str(one.id) for one in (present.city, call, present.network)]
    for _ in range(2):
        assert (await who.delete(f"/follows/network/{present.network.id}")).status_code == 204
    assert await followed(who) == [
        (str(present.city.id), present.city.names["fi"]),
        (str(call.id), "Kumppanuusavustus"),
    ]


async def test_only_people_follow_and_only_what_they_may_read_then(present: Cast) -> None:
    secret = await make_need(present)
    who = await fan(present)
    for path in (f"need/{secret.id}", f"network/{secret.id}"):
        assert (await who.put(f"/follows/{path}")).status_code == 404
    assert (await who.put(f"/follows/application/{secret.id}")).json()["errors"][0]["pointer"] == "kind"
    assert (await present["service"].put(f"/follows/network/{present.network.id}")).status_code == 403
    assert (await present.world.nobody.put(f"/follows/network/{present.network.id}")).status_code == 401


async def test_what_one_may_read_no_longer_is_told_and_named_no_longer_but_can_be_ended(cast: Cast) -> None:
    with at(NOON):
        need = await raise_need(cast)
        member = await cast.world.person((Role.observer, cast.network.id))
        assert (await member.put(f"/follows/need/{need}")).status_code == 204
        assert await followers(cast.world.session, [need]) == {need: {member.person_id}}
        await cast.world.session.delete(await _role_of(cast, member))
        await cast.world.session.flush()
        assert await followers(cast.world.session, [need]) == {}
        member = await cast.world.again(member)
        assert await followed(member) == [(str(need), None)]
        await begun(cast)
        caller = await cast.world.again(cast["coordinator"])
        dropped = await caller.post(f"/needs/{need}/drop", {"closing_note": "Ei nyt."}, if_match=1)
        assert dropped.status_code == 200, dropped.text
        await follow_all(cast.world.session)
        assert await news(cast, member.person_id) == []
        assert (await member.delete(f"/follows/need/{need}")).status_code == 204
        assert await followed(member) == []


async def _role_of(cast: Cast, who: Client) -> RoleGrant:
    found = await cast.world.session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == who.person_id))
    return found.one()


async def test_a_need_that_is_agreed_on_comes_with_the_weekly_digest_and_says_why(cast: Cast) -> None:
    with at(NOON):
        need = await make_need(cast, NeedState.met, agreed_at=NOON, title="Kuljetukset")
        who = await fan(cast, ("need", need.id), ("network", cast.network.id))
        await begun(cast)
        await agree(cast, need.id, "reopen")
        await follow_all(cast.world.session)
    assert await news(cast, who.person_id) == [("need.reopened", 1)]
    await due(cast, MONDAY - timedelta(minutes=2))
    assert await mailed(cast, who.person_id) == []
    await due(cast, MONDAY)
    [one] = await mailed(cast, who.person_id)
    assert "Saat tämän, koska seuraat: Kuljetukset\n" in one.body
    assert "koska ne koskevat" not in one.body


async def test_who_ended_it_before_the_mail_leaves_gets_none(cast: Cast) -> None:
    with at(NOON):
        need = await make_need(cast, NeedState.met, agreed_at=NOON)
        who = await fan(cast, ("need", need.id))
        await begun(cast)
        await agree(cast, need.id, "reopen")
        await follow_all(cast.world.session)
        await (await cast.world.again(who)).delete(f"/follows/need/{need.id}")
    await due(cast, MONDAY)
    assert await mailed(cast, who.person_id) == []


async def test_a_part_in_it_is_a_stronger_reason_than_following(cast: Cast) -> None:
    with at(NOON):
        need = await make_need(cast, NeedState.met, agreed_at=NOON)
        member = await cast.world.again(cast["representative"])
        await member.put(f"/follows/need/{need.id}")
        await begun(cast)
        await agree(cast, need.id, "reopen")
        await follow_all(cast.world.session)
    rows = await cast.world.session.exec(select(Notice.row).where(col(Notice.principal_id) == member.person_id))
    assert rows.all() == [NoticeRow.networks]


def test_followers_are_the_weakest_reason_of_every_event() -> None:
    for type_, tells in told().items():
        ranks = [] if isinstance(tells, Silent) else [one.followers for one in tells]
        assert ranks == sorted(ranks), type_


async def test_the_calls_of_a_funder_and_what_becomes_of_their_days(cast: Cast) -> None:
    with at(NOON):
        officer = await cast.world.person((Role.officer, cast.city.id))
        of_funder = await fan(cast, ("organisation", cast.city.id))
        call = await make_call(cast, published=False)
        await begun(cast)
        assert (await officer.post(f"/calls/{call.id}/publish", if_match=call.version)).status_code == 200
        await follow_all(cast.world.session)
        assert await news(cast, of_funder.person_id) == [("call.published", 1)]
        of_call = await fan(cast, ("funding_call", call.id))
        planner = await cast.world.again(cast["editor"])
        await cast.world.application(cast.association, call_id=call.id)
        await planner.put(f"/follows/funding_call/{call.id}")
        later = (call.closes_at + timedelta(days=7)).isoformat()
        for given in ({"closes_at": later}, {"names": {"fi": "Uusi"}}):
            await cast.world.session.refresh(call)
            changed = await officer.patch(f"/calls/{call.id}", given, if_match=call.version)
            assert changed.status_code == 200, changed.text
        await cast.world.session.refresh(call)
        assert (await officer.post(f"/calls/{call.id}/cancel", if_match=call.version)).status_code == 200
        await follow_all(cast.world.session)
    days = [("call.closing_moved", 1), ("call.cancelled", 1)]
    assert await news(cast, of_call.person_id) == days
    assert await news(cast, of_funder.person_id) == [("call.published", 1), *days]
    # who plans to apply got a mail at once, so no digest tells it again
    plans = await cast.world.session.exec(
        select(Notice.send_at, Notice.digest).where(col(Notice.principal_id) == planner.person_id)
    )
    assert plans.all() == [(None, None), (None, None)]
    kept = await cast.world.session.exec(select(Notice.digest).where(col(Notice.principal_id) == of_call.person_id))
    assert set(kept.all()) == {Digest.weekly}


async def test_an_answer_to_a_need_is_told_once_it_is_endorsed_and_never_earlier(present: Cast) -> None:
    session = present.world.session
    scene = await make_scene(present.world)
    need = await make_need(present, NeedState.agreed, agreed_at=clock.now(), network_id=scene.network.id)
    raiser = await present.world.person((Role.editor, present.neighbour.id))
    who = await fan(present, ("need", need.id))
    await begun(present)
    session.add(ApplicationNeed(application_id=scene.application.id, need_id=need.id))
    await session.flush()
    await scene.next_version()
    await follow_all(session)
    assert await news(present, who.person_id) == []
    await scene.to_endorsed()
    await follow_all(session)
    assert await news(present, who.person_id) == [("need.answered", 1)]
    assert ("need.answered", 1) in await news(present, raiser.person_id)


def test_whoever_follows_a_network_hears_whether_it_works() -> None:
    for type_ in ("network.activated", "network.rested", "network.closed", "network.reopened"):
        tells = told()[type_]
        assert not isinstance(tells, Silent) and tells[-1].followers, type_


async def test_a_funder_keeps_its_followers_when_it_is_merged(present: Cast) -> None:
    twin = await present.world.organisation("Tukisäätiö", names={"fi": "Tukisäätiö"})
    into = await present.world.organisation("Tukisäätiö sr")
    who = await fan(present, ("organisation", twin.id))
    assert (await merge(present["operator"], twin, into)).status_code == 200
    await begun(present)
    officer = await present.world.person((Role.officer, into.id))
    call = await make_call(present, published=False, funder_id=into.id)
    assert (await officer.post(f"/calls/{call.id}/publish", if_match=call.version)).status_code == 200
    await follow_all(present.world.session)
    assert await news(present, who.person_id) == [("call.published", 1)]
    assert [key for key, _ in await followed(who)] == [str(into.id)]
    assert (await who.delete(f"/follows/organisation/{into.id}")).status_code == 204
    assert await followed(who) == []


async def test_what_one_follows_goes_with_the_account(present: Cast) -> None:
    who = await fan(present, ("network", present.network.id))
    closed = await present["operator"].post(f"/users/{who.person_id}/disable", if_match=1)
    assert closed.status_code in (200, 204), closed.text
    left = await present.world.session.exec(select(Follow.id).where(col(Follow.principal_id) == who.person_id))
    assert left.all() == []


async def test_nobody_follows_more_than_a_list_can_show(present: Cast) -> None:
    who = await present.world.person()
    present.world.session.add_all(
        Follow(principal_id=who.person_id, subject_kind="need", subject_id=UUID(int=number))
        for number in range(MOST_FOLLOWED)
    )
    await present.world.session.flush()
    refused = await who.put(f"/follows/network/{present.network.id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "follows_too_much")
