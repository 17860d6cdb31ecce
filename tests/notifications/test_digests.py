"""Mails of what happened: when each leaves, what is left out, and how one stops them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.roles import Role
from puumerkki.identity.models import User
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage
from puumerkki.kernel.mail.words import write
from puumerkki.kernel.tells import NoticeRow, Pace, Tell
from puumerkki.notifications import hours, unsubscribing
from puumerkki.notifications.models import Channel, Notice, NoticeChoice
from puumerkki.notifications.service.channels import Wishes, channel_of
from puumerkki.notifications.service.mailing import mail_due
from tests.factories import World
from tests.message_catalogues import LANGUAGES
from tests.notifications.people import follow_all, mails
from tests.notifications.test_mailing import NOON, at
from tests.notifications.test_task_rows import raise_need
from tests.notifications.test_tells import agree, begun
from tests.personas import Cast, make_cast

TUESDAY, MONDAY = NOON.replace(day=1, month=12, hour=8, minute=1), NOON.replace(day=7, month=12, hour=8, minute=1)


@pytest.fixture
async def cast(world: World) -> Cast:
    with clock.fixed(NOON):
        return await make_cast(world)


async def mailed(cast: Cast, person_id: UUID) -> list[OutboxMessage]:
    user = await cast.world.session.get_one(User, person_id)
    return await mails(cast.world.session, user.email)


async def agreed(cast: Cast, *titles: str) -> list[UUID]:
    """Needs that the network agreed on at noon, as the feed tells it."""
    with at(NOON):
        needs = [await raise_need(cast, title=title) for title in titles]
        await begun(cast)
        for need in needs:
            await agree(cast, need)
        await follow_all(cast.world.session)
    return needs


async def due(cast: Cast, moment: datetime) -> None:
    with at(moment):
        await mail_due(cast.world.session)


async def test_a_member_hears_on_monday_and_who_leads_the_next_morning(cast: Cast) -> None:
    other = await cast.world.person((Role.coordinator, cast.network.id))
    await agreed(cast, "Kuljetukset", "Seura")
    for moment in (NOON + timedelta(hours=1), TUESDAY - timedelta(minutes=2)):
        await due(cast, moment)
        assert await mailed(cast, other.person_id) == []
    await due(cast, TUESDAY)
    await due(cast, TUESDAY + timedelta(hours=1))
    [one] = await mailed(cast, other.person_id)
    assert one.subject == "Kooste 1.12.2026: 2 uutta tapahtumaa"
    assert "Tarve todettiin yhteiseksi: Kuljetukset" in one.body and "/fi/to/need.agreed/need/" in one.body
    assert await mailed(cast, cast["representative"].person_id) == []
    await due(cast, MONDAY)
    assert len(await mailed(cast, cast["representative"].person_id)) == 1
    assert len(await mailed(cast, other.person_id)) == 1


async def test_what_one_chose_at_the_time_of_sending_counts(cast: Cast) -> None:
    other = await cast.world.person((Role.coordinator, cast.network.id))
    await agreed(cast, "Kuljetukset")
    with at(NOON):
        caller = await cast.world.again(other)
        assert (await caller.put("/notice-choices/networks", {"channel": "weekly"})).status_code == 200
    await due(cast, TUESDAY)
    assert await mailed(cast, other.person_id) == []
    await due(cast, MONDAY)
    assert len(await mailed(cast, other.person_id)) == 1


@pytest.mark.parametrize("how", ["seen", "left", "muted", "network", "unsubscribed"])
async def test_what_is_not_to_be_told_any_more_is_not_mailed(cast: Cast, how: str) -> None:
    session, other = cast.world.session, await cast.world.person((Role.coordinator, cast.network.id))
    [need] = await agreed(cast, "Kuljetukset")
    with at(NOON):
        caller = await cast.world.again(other)
        if how == "seen":
            await caller.post("/notices/seen", {})
        elif how == "left":
            for grant in await session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == other.id)):
                await session.delete(grant)
            await session.flush()
        elif how == "muted":
            assert (await caller.put(f"/notice-exceptions/need/{need}", {"channel": "bell"})).status_code == 200
        elif how == "network":
            path = f"/notice-exceptions/network/{cast.network.id}"
            assert (await caller.put(path, {"channel": "bell"})).status_code == 200
        else:
            await caller.post(f"/unsubscribe/{unsubscribing.token(other.person_id)}")
    await due(cast, TUESDAY)
    assert await mailed(cast, other.person_id) == []
    [row] = await session.exec(select(Notice).where(col(Notice.principal_id) == other.id))
    assert row.dropped_at is not None


async def test_one_click_unsubscribes_once_and_looking_changes_nothing(cast: Cast) -> None:
    session, other = cast.world.session, await cast.world.person((Role.coordinator, cast.network.id))
    await agreed(cast, "Kuljetukset")
    await due(cast, TUESDAY)
    [one] = await mailed(cast, other.person_id)
    assert one.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = one.headers["List-Unsubscribe"].strip("<>").partition("/api/v1")[2]

    async def chosen() -> list[tuple[str, str]]:
        found = await session.exec(select(NoticeChoice).where(col(NoticeChoice.principal_id) == other.id))
        return [(one.row, one.channel) for one in found]

    for method in ("GET", "HEAD"):
        shown = await cast.world.nobody.request(method, path)
        assert shown.status_code == 200 and shown.headers["content-type"].startswith("text/html"), method
        assert await chosen() == []
    for _ in range(2):
        form = {"content-type": "application/x-www-form-urlencoded"}
        sent = await cast.world.nobody.request("POST", path, content=b"List-Unsubscribe=One-Click", headers=form)
        assert sent.status_code == 200, sent.text
        assert await chosen() == [("events", "bell")]
    forged = unsubscribing.token(uuid4())
    changed = path[:-1] + ("A" if path[-1] != "A" else "B")
    for wrong in (f"/unsubscribe/{forged}", changed[:-3] + "xxx", "/unsubscribe/x"):
        assert (await cast.world.nobody.post(wrong)).status_code == 404, wrong
        looked = await cast.world.nobody.get(wrong)
        assert looked.status_code == (200 if forged in wrong else 404), "whose it is, looking does not say"


async def test_mails_of_tasks_cannot_be_unsubscribed_from(cast: Cast) -> None:
    with at(NOON):
        await begun(cast)
        await raise_need(cast)
        await follow_all(cast.world.session)
        await mail_due(cast.world.session)
    [one] = await mailed(cast, cast["coordinator"].person_id)
    assert "List-Unsubscribe" not in one.headers


async def test_an_office_is_written_to_on_weekdays(cast: Cast) -> None:
    session = cast.world.session
    other = await cast.world.person((Role.officer, cast.city.id))
    saturday = NOON.replace(day=5, month=12)
    with at(saturday):
        await begun(cast)
        for person, place in ((other, cast.city.id), (cast["representative"], cast.association.id)):
            session.add(
                Notice(
                    principal_id=person.person_id,
                    position=1,
                    kind="organisation.changed",
                    row=NoticeRow.own,
                    step="told",
                    subject_kind="organisation",
                    subject_id=place,
                    created_at=saturday,
                    send_at=saturday,
                )
            )
        await session.flush()
        await mail_due(session)
        rows = (await session.exec(select(Notice).where(col(Notice.kind) == "organisation.changed"))).all()
        assert {one.principal_id: one.dropped_at is None for one in rows} == {
            other.person_id: True,
            cast["representative"].person_id: False,
        }, "what is not true is dropped, but only once it is looked at"


_NEWS = Tell(side="network", roles=(Role.representative,), row=NoticeRow.networks)
_LEADS = Tell(side="network", roles=(Role.coordinator,), row=NoticeRow.networks)
_OWN = Tell(side="applicants", roles=(Role.editor,), row=NoticeRow.own)
_PLACE, _THING = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("tell", "rows", "of", "age", "channel"),
    [
        (_NEWS, {}, {}, 0, "weekly"),
        (_LEADS, {}, {}, 0, "daily"),
        (_OWN, {}, {}, 0, "now"),
        (Tell(side="x", row=NoticeRow.own, pace=Pace.digest), {}, {}, 0, "daily"),
        (Tell(side="x", row=NoticeRow.own, pace=Pace.bell), {"own": "now"}, {}, 0, "bell"),
        (Tell(side="x", row=NoticeRow.own, by_room=True), {"own": "now"}, {}, 0, "bell"),
        (_NEWS, {"networks": "now"}, {}, 0, "now"),
        (_NEWS, {"networks": "now"}, {_PLACE: "bell"}, 0, "bell"),
        (_NEWS, {"events": "bell"}, {_PLACE: "daily"}, 0, "bell"),
        (_NEWS, {}, {_THING: "bell", _PLACE: "daily"}, 0, "bell"),
        (Tell(side="x", row=NoticeRow.urgent), {"events": "bell"}, {_THING: "bell"}, 0, "now"),
        (_OWN, {}, {}, 2, "daily"),
        (_OWN, {}, {}, 8, "bell"),
        (_NEWS, {}, {}, 2, "weekly"),
    ],
)
def test_the_channel_of_what_happened(
    tell: Tell, rows: dict[str, str], of: dict[UUID, str], age: int, channel: str
) -> None:
    wished = Wishes(
        {NoticeRow(row): Channel(one) for row, one in rows.items()}, {key: Channel(one) for key, one in of.items()}
    )
    since = NOON - timedelta(days=age)
    assert channel_of(wished, tell, [_PLACE], thing=_THING, occurred_at=since, now=NOON) == channel


@pytest.mark.parametrize(
    ("moment", "monday", "weekend"),
    [
        ("2026-10-25T12:00", "2026-10-19T08:00", True),
        ("2026-10-26T07:59", "2026-10-19T08:00", True),
        ("2026-10-26T08:00", "2026-10-26T08:00", False),
        ("2027-03-28T12:00", "2027-03-22T08:00", True),
        ("2027-03-29T08:00", "2027-03-29T08:00", False),
    ],
)
def test_mondays_over_both_changes_of_the_clocks(moment: str, monday: str, weekend: bool) -> None:
    given = datetime.fromisoformat(moment).replace(tzinfo=clock.FINLAND).astimezone(UTC)
    assert hours.last_monday(given).astimezone(clock.FINLAND).isoformat()[:16] == monday
    assert hours.weekend(given) == weekend


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tasks", [0, 1, 2])
@pytest.mark.parametrize("news", [0, 1, 2])
def test_the_mail_in_all_languages_and_numbers(language: str, tasks: int, news: int) -> None:
    if not tasks + news:
        return
    title = "מועדון 🎉 " + "ä" * 60
    task: dict[str, Any] = {
        "said": None,
        "line": None,
        "label": "T",
        "title": title,
        "where": ["W"],
        "due": "1.1.2027",
        "late": True,
    }
    event: dict[str, Any] = {
        "said": None,
        "line": None,
        "label": "E",
        "title": title,
        "where": [],
        "at": "1.1.2027",
        "link": "L",
    }
    items = [task | {"reminder": True, "link": "L"} for _ in range(tasks)]
    new = [event | {"count": 1 + one, "case_number": "A1" if one else None} for one in range(news)]
    written = write(
        "puumerkki.notifications",
        "notices",
        language,
        {
            "name": "Aino",
            "subject": None,
            "digest": True,
            "count": tasks,
            "items": items,
            "more": 1,
            "one": items[0] if tasks == 1 and not news else None,
            "news": new,
            "new_count": news,
            "new_more": 2,
            "new_one": new[0] if news == 1 and not tasks else None,
            "today": "1.1.2027",
            "desk": "D",
            "bell": "B",
            "choices": "C",
        },
    )
    assert written.subject and len(written.subject) <= 90 and "\n" not in written.subject
    assert written.text.count("- T: ") == tasks and written.text.count("- E: ") == news
    assert ("B" in written.text.split()) == bool(news) and ("D" in written.text.split()) == bool(tasks)
    assert written.html.count("<li") == tasks + news
