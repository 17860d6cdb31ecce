"""Mails of what waits: when they leave, what they say, and what is left out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.identity.models import User, UserState
from puumerkki.kernel import clock
from puumerkki.kernel.tells import NoticeRow
from puumerkki.notifications import hours
from puumerkki.notifications.models import Channel, Notice, NoticeChoice, Step
from puumerkki.notifications.service import letters
from puumerkki.notifications.service.facts import facts
from puumerkki.notifications.service.following import sweep
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.notifications.service.telling import remind_of_tasks
from puumerkki.notifications.words import task_words
from puumerkki.wiring import ROOMS
from tests.factories import World
from tests.message_catalogues import LANGUAGES, said
from tests.notifications.people import follow_all, mails, open_tasks, told
from tests.notifications.test_task_rows import raise_need
from tests.personas import Cast, make_cast

SRC = Path(__file__).parents[2] / "frontend" / "src"
NOON = datetime(2026, 11, 30, 12, tzinfo=clock.FINLAND)
AGREE = "Vahvista yhteinen tarve viimeistään 30.12.2026"


@pytest.fixture
async def cast(world: World) -> Cast:
    with clock.fixed(NOON):
        return await make_cast(world)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.fixed(moment):
        yield


async def subjects_of(cast: Cast, person_id: UUID) -> list[str]:
    user = await cast.world.session.get_one(User, person_id)
    return [one.subject for one in await mails(cast.world.session, user.email)]


async def opened(cast: Cast, *titles: str) -> list[UUID]:
    session = cast.world.session
    await sweep(session)
    needs = [await raise_need(cast, title=title) for title in titles]
    await follow_all(session)
    return needs


async def test_one_thing_is_mailed_at_once_by_its_name(cast: Cast) -> None:
    with at(NOON):
        await opened(cast, "Kuljetukset")
        assert await mail_due(cast.world.session) == 1
        assert await mail_due(cast.world.session) == 0
    assert await subjects_of(cast, cast["coordinator"].person_id) == ["Uusi tarve: Kuljetukset"]


async def test_several_are_one_mail_and_the_next_leaves_later(cast: Cast) -> None:
    session, coordinator = cast.world.session, cast["coordinator"].person_id
    with at(NOON):
        await opened(cast, "Kuljetukset", "Ruoka-apu")
        await mail_due(session)
    with at(NOON + timedelta(minutes=5)):
        await raise_need(cast, title="Seura")
        await follow_all(session)
        assert await mail_due(session) == 0
    with at(NOON + timedelta(minutes=16)):
        assert await mail_due(session) == 1
    assert await subjects_of(cast, coordinator) == ["Sinulla on 2 tehtävää", "Uusi tarve: Seura"]


async def test_what_was_done_before_the_mail_left_is_not_in_it(cast: Cast) -> None:
    session = cast.world.session
    with at(NOON.replace(hour=22)):
        caller = await cast.world.again(cast["coordinator"])
        done, _ = await opened(cast, "Kuljetukset", "Seura")
        assert await mail_due(session) == 0, "nothing leaves at night"
        assert (await caller.post(f"/needs/{done}/agree", if_match=1)).status_code == 200
        await follow_all(session)
    with at(NOON + timedelta(hours=20)):
        assert await mail_due(session) == 1
    assert await subjects_of(cast, cast["coordinator"].person_id) == ["Uusi tarve: Seura"]
    dropped = await session.exec(select(Notice).where(col(Notice.dropped_at).is_not(None)))
    assert len(dropped.all()) == 1


async def test_who_left_before_the_mail_gets_none(cast: Cast) -> None:
    session = cast.world.session
    with at(NOON.replace(hour=22)):
        await opened(cast, "Kuljetukset")
        user = await session.get_one(User, cast["coordinator"].person_id)
        user.state = UserState.disabled
        await session.flush()
    with at(NOON + timedelta(hours=20)):
        assert await mail_due(session) == 0
    assert await subjects_of(cast, user.id) == []


async def test_whoever_chose_so_gets_one_mail_in_the_morning(cast: Cast) -> None:
    session, coordinator = cast.world.session, cast["coordinator"]
    with at(NOON):
        assert (await coordinator.put("/notice-choices/tasks", {"channel": "daily"})).status_code == 200
        await opened(cast, "Kuljetukset", "Seura")
        assert await mail_due(session) == 0
    with at(NOON.replace(day=1, month=12, hour=7, minute=59)):
        assert await mail_due(session) == 0
    with at(NOON.replace(day=1, month=12, hour=8, minute=1)):
        assert await mail_due(session) == 1
    assert await subjects_of(cast, coordinator.person_id) == ["Sinulla on 2 tehtävää"]


async def test_what_is_asked_of_somebody_is_never_off(cast: Cast) -> None:
    session, coordinator = cast.world.session, cast["coordinator"]
    with at(NOON):
        for row in ("tasks", "reminders"):
            assert (await coordinator.put(f"/notice-choices/{row}", {"channel": "bell"})).status_code == 422
            # chosen when it could be
            session.add(NoticeChoice(principal_id=coordinator.person_id, row=NoticeRow(row), channel=Channel.bell))
        await opened(cast, "Kuljetukset")
    with at(NOON.replace(day=1, month=12, hour=8, minute=1)):
        assert await mail_due(session) == 1


async def test_reminders_by_the_day_and_anew_where_it_is_moved(cast: Cast) -> None:
    session, owner = cast.world.session, await cast.world.person((Role.owner, cast.association.id))
    day = NOON.date()
    with at(NOON):
        await sweep(session)
        book = await cast.world.rulebook(cast.network)
        book.accept_by = day + timedelta(days=10)
        await session.flush()

    async def on(days: int) -> None:
        with at(NOON + timedelta(days=days)):
            await sweep(session)
            await remind_of_tasks(session)
            await remind_of_tasks(session)
            await session.flush()

    steps: list[list[str]] = []
    for days in (1, 3, 4, 9, 10, 11, 12):
        await on(days)
        steps.append([step for kind, step in await told(session, owner.person_id) if kind == "rulebook_acceptance"])
    assert [len(one) for one in steps] == [1, 2, 2, 3, 3, 4, 4]
    assert set(steps[-1]) == {"opened", "week_before", "day_before", "late"}
    book.accept_by = day + timedelta(days=30)
    await session.flush()
    await on(24)
    assert len([one for one in await told(session, owner.person_id) if one[1] == "week_before"]) == 2


async def test_what_has_no_title_is_named_by_what_is_to_be_done(cast: Cast) -> None:
    session = cast.world.session
    with at(NOON):
        await opened(cast, "Kuljetukset")
        for one in await open_tasks(session):
            one.subject_kind, one.network_id = "gate_policy", None
            line = letters.Line(Notice(principal_id=one.id, task_id=one.id, step=Step.opened), one)
            [said] = letters._told(await facts(session, "fi", [one], []), [line])
            assert said["title"] == ""


async def test_the_links_of_a_mail_lead_to_pages(cast: Cast) -> None:
    with at(NOON):
        await opened(cast, "Kuljetukset")
        await mail_due(cast.world.session)
    user = await cast.world.session.get_one(User, cast["coordinator"].person_id)
    [mailed] = await mails(cast.world.session, user.email)
    assert "/fi/to/need_agreement/need/" in mailed.body and "/fi/profile/notices" in mailed.body


def test_every_kind_has_its_words_and_no_other_is_named() -> None:
    kinds = {task.kind for room in ROOMS for task in room.tasks}
    assert set(task_words()) == kinds
    for room in ROOMS:
        assert set(room.mailed) <= {task.kind for task in room.tasks}, room.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_calls_a_task_as_the_app_does(language: str) -> None:
    labels = [path.read_text("utf-8").partition("\n  tasks: {")[2] for path in SRC.glob("*/*/labels.ts")]
    shown = {
        kind: said(language, message)
        for text in labels
        for kind, message in re.findall(r"\n    (\w+): \{\s*label: msg`([^`]*)`", text.partition("\n  },")[0])
    }
    assert {kind: words[language] for kind, words in task_words().items()} == shown


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ("2026-10-24T21:00", "2026-10-25T08:00"),
        ("2026-10-25T03:30", "2026-10-25T08:00"),
        ("2027-03-27T20:00", "2027-03-28T08:00"),
        ("2027-03-28T06:59", "2027-03-28T08:00"),
        ("2026-11-30T07:00", "2026-11-30T07:00"),
        ("2026-11-30T19:59", "2026-11-30T19:59"),
    ],
)
def test_hours_over_both_changes_of_the_clocks(moment: str, leaves: str) -> None:
    given = datetime.fromisoformat(moment).replace(tzinfo=clock.FINLAND)
    found = hours.opens(given.astimezone(UTC))
    assert found.astimezone(clock.FINLAND).isoformat()[:16] == leaves
    assert hours.last_morning(found) <= found
