"""A month of a network, hour by hour: who gets which mail when, as one file holds it.

A change of that file is a change of what people hear: `PUUMERKKI_WRITE_MONTH=1 .venv/bin/pytest
tests/notifications/test_a_month.py` writes it anew; read its diff.
"""

import csv
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from puumerkki.identity.models import User
from puumerkki.kernel import clock
from tests.factories import OULU, World
from tests.mail_rules import ill_mails
from tests.notifications import chain
from tests.notifications.chain import VOLUNTEER, Chain, begun

FILE = Path(__file__).with_name("month.csv")
BEGINS = datetime(2026, 10, 12, 9, tzinfo=clock.FINLAND)
"""A Monday. The clocks go back in the night to the 25th."""
DAYS = 33
NUMBER = re.compile(r"\b[A-Z]+[0-9A-F]{12}\b")
"""What a test's network puts before its numbers."""


async def needs(way: Chain) -> None:
    given = {"network_id": way.ids["network"], "municipality_code": OULU, "title": "Seuraa", "description": "Iltaisin."}
    await way.ask("representative", "POST", "/needs", given)


async def meets(way: Chain) -> None:
    given = {"network_id": way.ids["network"], "kind": "meeting", "title": "Verkoston kokous", "place": "Tuira"}
    given["starts_at"] = (clock.now() + timedelta(days=9)).isoformat()
    await way.ask("secretary", "POST", "/meetings", given)


async def talks(way: Chain) -> None:
    given = {"subject_kind": "handling", "subject_id": way.ids["handling"], "audience": "applicants"}
    for body in ("Mistä tila löytyy?", "Kuka avaa ovet?", "Entä kuljetukset?"):
        await way.ask("coordinator", "POST", "/comments", given | {"body": body})


PLAN = {
    (0, 9): chain.invited,
    (0, 15): chain.comes_in,
    (1, 10): chain.confirmed,
    (1, 11): needs,
    (2, 18): chain.answers_the_network,
    (4, 21): chain.let_in,
    (6, 12): chain.accepts_the_rulebook,
    (8, 23): chain.applies,
    (9, 9): meets,
    (10, 10): chain.taken_up,
    (11, 13): talks,
    (12, 16): chain.returned,
    (14, 20): chain.completes_it,
    (15, 9): chain.put_to_the_vote,
    (24, 10): chain.voted,
    (25, 9): chain.endorsed,
    (28, 9): chain.prepared,
    (31, 14): chain.decided,
}
"""Day and hour of Finland, and what happens."""


@pytest.mark.parametrize("killed", [False, True], ids=["undisturbed", "the worker is killed"])
async def test_who_hears_what_when(world: World, killed: bool) -> None:
    way = await begun(world, BEGINS, killed=killed)
    await live_through(way)
    assert await ill_mails(world.session, ("Mistä tila löytyy?", "Iltaisin.")) == []
    heard = await heard_by_all(way)
    if os.environ.get("PUUMERKKI_WRITE_MONTH") and not killed:
        _write(heard)
    assert heard == as_written()


async def live_through(way: Chain) -> None:
    """The month, hour by hour."""
    for (day, hour), step in PLAN.items():
        await way.live(at_hour(day, hour))
        await way.do(step)
    await way.live(at_hour(DAYS, 9))


def at_hour(day: int, hour: int) -> datetime:
    return datetime.combine(BEGINS.date() + timedelta(days=day), BEGINS.time().replace(hour=hour), clock.FINLAND)


async def heard_by_all(way: Chain) -> list[list[str]]:
    """Moment, who (by role), and the subject of each mail, with this run's own numbers left out."""
    who = {VOLUNTEER: "volunteer"}
    for role, caller in way.cast.callers.items():
        if caller.id is not None and (user := await way.world.session.get(User, caller.id)):
            who[user.email] = role
    rows = [
        [one.created_at.astimezone(clock.FINLAND).strftime("%Y-%m-%d %H:%M"), who.get(one.recipient, "?"), one.subject]
        for one in await way.mails()
    ]
    return sorted([*row[:2], NUMBER.sub("VERKOSTO", row[2])] for row in rows)


def _write(rows: list[list[str]]) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([["at", "who", "subject"], *rows])


def as_written() -> list[list[str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))[1:]
