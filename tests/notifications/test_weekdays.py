"""Who is written to on weekdays only, and what the next digest would say."""

from datetime import timedelta

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.notifications.models import Notice, OpenTask
from puumerkki.notifications.service.mailing import mail_due
from puumerkki.notifications.service.weekdays import rests
from tests.notifications.people import follow_all, open_tasks
from tests.notifications.test_digests import TUESDAY, agreed, cast, due, mailed
from tests.notifications.test_mailing import NOON, at
from tests.notifications.test_task_rows import raise_need
from tests.notifications.test_tells import agree, begun
from tests.personas import Cast

__all__ = ["cast"]


async def test_weekdays_only_by_choice_but_a_vote_that_would_be_lost(cast: Cast) -> None:
    session, coordinator = cast.world.session, cast["coordinator"]
    saturday = NOON.replace(day=5, month=12)
    with at(saturday):
        await begun(cast)
        caller = await cast.world.again(coordinator)
        assert (await caller.get("/notice-choices")).json()["weekdays_only"] is False
        chosen = await caller.put("/notice-days", {"weekdays_only": True})
        assert chosen.json()["weekdays_only"] is True and chosen.json()["weekdays_by_default"] is False
        await raise_need(cast, title="Kuljetukset")
        await follow_all(session)
        await mail_due(session)
        assert await mailed(cast, coordinator.person_id) == []
        [task] = await open_tasks(session)
        task.kind, task.due_on = "vote_to_cast", saturday.date() + timedelta(days=1)
        await session.flush()
        exempt = select(Notice.id).outerjoin(OpenTask, col(OpenTask.id) == col(Notice.task_id)).where(~rests())
        assert len((await session.exec(exempt)).all()) >= 1
        task.due_on = saturday.date() + timedelta(days=2)
        await session.flush()
        own = col(Notice.principal_id) == coordinator.person_id
        assert (await session.exec(exempt.where(own))).all() == []
        task.kind = "need_agreement"
        await session.flush()
    with at(saturday + timedelta(days=2)):
        await mail_due(session)
    assert len(await mailed(cast, coordinator.person_id)) == 1
    assert (await caller.put("/notice-days", {"weekdays_only": None})).json()["weekdays_by_default"] is True


async def test_an_officer_may_choose_every_day(cast: Cast) -> None:
    other = await cast.world.person((Role.officer, cast.city.id))
    shown = (await other.get("/notice-choices")).json()
    assert (shown["weekdays_only"], shown["weekdays_by_default"]) == (True, True)
    assert (await other.put("/notice-days", {"weekdays_only": False})).json()["weekdays_only"] is False


async def test_the_next_digest_is_shown_as_it_will_be_and_looking_changes_nothing(cast: Cast) -> None:
    other = await cast.world.person((Role.coordinator, cast.network.id))
    with at(NOON):
        caller = await cast.world.again(other)
        nothing = {"day": "2026-12-01", "subject": None, "items": [], "more": 0}
        others = {"monday": "2026-12-07", "next_week": 0, "shown_only": 0}
        assert (await caller.get("/next-digest")).json() == nothing | others
    await agreed(cast, "Kuljetukset", "Seura")
    session = cast.world.session
    with at(NOON + timedelta(hours=1)):
        rows = [one.model_dump() for one in (await session.exec(select(Notice).order_by(col(Notice.id)))).all()]
        caller = await cast.world.again(other)
        shown = (await caller.get("/next-digest")).json()
        session.expire_all()
        assert rows == [one.model_dump() for one in (await session.exec(select(Notice).order_by(col(Notice.id)))).all()]
    await due(cast, TUESDAY)
    [one] = await mailed(cast, other.person_id)
    assert shown["subject"] == one.subject
    assert [each["text"] for each in shown["items"]] == [line[2:] for line in one.body.split("\n") if line[:2] == "- "]
    for each in shown["items"]:
        assert all(detail in one.body for detail in each["details"]) and f"/fi/{each['path']}\n" in one.body


async def test_what_comes_later_or_by_no_mail_is_counted(cast: Cast) -> None:
    """Nothing in the next digest is no fault where it comes on Monday or is shown in the service only."""
    reader = cast["representative"].person_id
    await agreed(cast, "Kuljetukset", "Seura")
    with at(NOON + timedelta(hours=1)):
        caller = await cast.world.again(cast["representative"])
        shown = (await caller.get("/next-digest")).json()
        assert (shown["subject"], shown["next_week"], shown["shown_only"]) == (None, 2, 0)
        assert (await caller.put("/notice-choices/networks", {"channel": "bell"})).status_code == 200
    with at(NOON + timedelta(hours=2)):
        need = await raise_need(cast, title="Kahvila")
        await agree(cast, need)
        await follow_all(cast.world.session)
        caller = await cast.world.again(cast["representative"])
        shown = (await caller.get("/next-digest")).json()
        assert (shown["next_week"], shown["shown_only"]) == (2, 1), reader


async def test_what_was_seen_is_in_no_preview_and_is_dropped_only_by_the_mail(cast: Cast) -> None:
    other = await cast.world.person((Role.coordinator, cast.network.id))
    await agreed(cast, "Kuljetukset")
    with at(NOON + timedelta(hours=1)):
        caller = await cast.world.again(other)
        assert (await caller.post("/notices/seen", {})).status_code == 204
        assert (await caller.get("/next-digest")).json()["subject"] is None
        found = await cast.world.session.exec(select(Notice).where(col(Notice.principal_id) == other.person_id))
        assert [one.dropped_at for one in found] == [None]
