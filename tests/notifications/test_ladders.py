"""Ladders: when people are reminded of what stays open, and to whom it is passed on when it stays late."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.handlings.models.handlings import Ballot
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.tasks import Ladder
from puumerkki.notifications.declared import declared
from puumerkki.notifications.models import Notice
from puumerkki.notifications.service.following import sweep
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.notifications.service.telling import pass_on_tasks, remind_of_tasks
from tests.factories import Client, World
from tests.handlings.scene import Scene, make_scene
from tests.notifications.people import mails, told
from tests.notifications.test_task_rows import raise_need
from tests.personas import make_cast

MONDAY = datetime(2026, 11, 30, 12, tzinfo=clock.FINLAND)


async def worker(world: World, moment: datetime) -> None:
    """What the worker does at a moment, twice."""
    with clock.fixed(moment):
        for _ in range(2):
            await sweep(world.session)
            await remind_of_tasks(world.session)
            await pass_on_tasks(world.session)
            await world.session.flush()


async def steps(world: World, person: UUID, kind: str) -> list[str]:
    return [step for of, step in await told(world.session, person) if of == kind]


async def days(world: World, person: UUID, kind: str, start: datetime, until: int) -> dict[int, list[str]]:
    """What a person is told of a kind on which of the coming days, each at 12:00."""
    found: dict[int, list[str]] = {}
    for day in range(1, until + 1):
        before = len(await steps(world, person, kind))
        await worker(world, start + timedelta(days=day))
        if new := (await steps(world, person, kind))[before:]:
            found[day] = new
    return found


async def test_what_is_late_comes_back_each_monday_in_the_weekly_digest(world: World) -> None:
    with clock.fixed(MONDAY):
        cast = await make_cast(world)
        owner = await world.person((Role.owner, cast.association.id))
        await sweep(world.session)
        book = await world.rulebook(cast.network)
        book.accept_by = MONDAY.date() + timedelta(days=9)
        await world.session.flush()
    found = await days(world, owner.person_id, "rulebook_acceptance", MONDAY, 29)
    assert found == {1: ["opened"], 2: ["week_before"], 8: ["day_before"], 10: ["late"], 21: ["weekly"], 28: ["weekly"]}
    notices = await world.session.exec(select(Notice).where(col(Notice.step) == "weekly"))
    assert {str(one.digest) for one in notices if one.principal_id == owner.person_id} == {"weekly"}
    book.accept_by = MONDAY.date() + timedelta(days=60)
    await world.session.flush()
    assert await days(world, owner.person_id, "rulebook_acceptance", MONDAY + timedelta(days=29), 20) == {}, "moved on"


async def ballot_of(world: World, length: timedelta) -> tuple[Scene, datetime]:
    with clock.fixed(MONDAY):
        scene = await make_scene(world)
        await scene.to_ballot()
        ballot = (await world.session.exec(select(Ballot))).one()
        ballot.closes_at = clock.end_of_day(MONDAY.date() + length)
        await world.session.flush()
        await sweep(world.session)
    return scene, MONDAY


async def test_a_ballot_reminds_at_two_thirds_of_its_time_and_a_day_before_its_end(world: World) -> None:
    scene, opened = await ballot_of(world, timedelta(days=11))
    voter = scene.representatives["a"]
    # of twelve days less twelve hours two thirds are over on the eighth
    assert await days(world, voter.person_id, "vote_to_cast", opened, 12) == {8: ["two_thirds"], 10: ["day_before"]}


async def test_a_short_ballot_reminds_once(world: World) -> None:
    scene, opened = await ballot_of(world, timedelta(days=2))
    voter = scene.representatives["a"]
    assert await days(world, voter.person_id, "vote_to_cast", opened, 3) == {1: ["day_before"]}


async def test_a_slow_one_reminds_after_one_and_three_weeks_and_is_passed_on_when_late(world: World) -> None:
    with clock.fixed(MONDAY):
        cast = await make_cast(world)
        await sweep(world.session)
        await raise_need(cast)
        await sweep(world.session)
    coordinator, chair = cast["coordinator"].person_id, cast["chair"].person_id
    found = await days(world, coordinator, "need_agreement", MONDAY, 36)
    assert found == {1: ["opened"], 7: ["after_week"], 21: ["after_three_weeks"], 28: ["weekly"], 35: ["weekly"]}
    assert await steps(world, chair, "need_agreement") == ["passed_on"]


async def late_review(world: World) -> tuple[Scene, datetime, Sequence[UUID]]:
    """A handling that nobody takes up, whose last day is the second; an untied chair, a tied one, and an operator."""
    with clock.fixed(MONDAY):
        scene = await make_scene(world)
        chair = await world.person((Role.chair, scene.network.id))
        tied = await world.person((Role.chair, scene.network.id), (Role.editor, scene.applicant.id))
        operator = await world.operator()
        await sweep(world.session)
        row = await scene.row()
        row.handle_by = MONDAY.date() + timedelta(days=2)
        await world.session.flush()
        await sweep(world.session)
    return scene, MONDAY, [one.person_id for one in (chair, tied, operator)]


async def test_a_late_task_goes_to_the_chair_and_then_to_operators_who_do_not_learn_which_it_is(world: World) -> None:
    scene, start, [chair, tied, operator] = await late_review(world)
    await worker(world, start + timedelta(days=8))
    assert await steps(world, chair, "handling_to_review") == [], "not before the seventh day"
    await worker(world, start + timedelta(days=9))
    assert await steps(world, chair, "handling_to_review") == ["passed_on"]
    assert await steps(world, tied, "handling_to_review") == []
    await worker(world, start + timedelta(days=15))
    assert await steps(world, operator, "handling_to_review") == []
    await worker(world, start + timedelta(days=16))
    assert await steps(world, operator, "handling_to_review") == ["late_elsewhere"]
    assert await steps(world, chair, "handling_to_review") == ["passed_on"], "once"
    assert await steps(world, tied, "handling_to_review") == []
    with clock.fixed(start + timedelta(days=9, minutes=1)):
        await mail_due(world.session)
    with clock.fixed(MONDAY + timedelta(days=21)):
        caller = await world.again(Client(world.client, operator))
        [one] = (await caller.get("/notices")).json()["items"]
        assert (one["step"], one["kind"], one["count"]) == ("late_elsewhere", "handling_to_review", 1)
        assert one["subject"] == {"kind": "network", "id": str(scene.network.id)}
        assert (one["title"], one["due_on"], one["organisation_id"]) == (scene.network.names, None, None)
        assert await mail_due(world.session) > 0
    title = scene.version.title.casefold()
    for person, knows in ((chair, True), (operator, False)):
        user = await world.session.get_one(User, person)
        [sent] = await mails(world.session, user.email)
        assert (title in sent.body.casefold()) is knows, sent.body
        assert (str(scene.handling_id) in sent.body) is knows
        assert scene.network.names["fi"] in sent.body


async def test_what_was_done_or_moved_is_passed_on_to_nobody(world: World) -> None:
    scene, start, [chair, _, operator] = await late_review(world)
    row = await scene.row()
    row.handle_by = MONDAY.date() + timedelta(days=12)
    await world.session.flush()
    await worker(world, start + timedelta(days=16))
    assert await steps(world, chair, "handling_to_review") == []
    await worker(world, start + timedelta(days=19))
    assert await steps(world, chair, "handling_to_review") == ["passed_on"]
    row.state = HandlingState.in_review
    await world.session.flush()
    await worker(world, start + timedelta(days=40))
    assert await steps(world, operator, "handling_to_review") == []
    assert (await mails(world.session, (await world.session.get_one(User, operator)).email)) == []


def test_a_kind_has_one_ladder_and_ballots_have_theirs() -> None:
    ladders = {key[0]: {one.ladder for one in tasks} for key, tasks in declared().items()}
    assert all(len(one) == 1 for one in ladders.values())
    assert {kind for kind, [one] in ladders.items() if one is Ladder.ballot} == {
        "vote_to_cast",
        "revocation_to_vote",
        "network_decision_to_vote",
    }
