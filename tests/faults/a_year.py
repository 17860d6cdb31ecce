"""A network's year in simulated time: each mail once, at its hour, though the worker is killed in each of its parts.

It begins with the month of `test_a_month.py`, whose file holds for it too, and passes both days on which the clocks
change. `make faults` runs it; `make test` takes the month.
"""

from datetime import date, datetime

import pytest

from puumerkki.kernel import clock
from tests.factories import World
from tests.notifications.chain import Chain, Step, begun
from tests.notifications.test_a_month import BEGINS, as_written, at_hour, heard_by_all, live_through, meets, needs

YEAR = 365
QUIET = (8, 15)
"""At these hours the worker is looked at on days on which nobody does anything: mails of the day are due at eight."""
LATER: dict[tuple[int, int], Step] = {
    (60, 10): needs,
    (100, 9): meets,
    (162, 9): meets,
    (166, 20): needs,
    (167, 9): needs,
    (250, 12): meets,
    (330, 16): needs,
}
"""After the month. The clocks go forward in the night to day 167."""
CHANGES = date(2026, 10, 25), date(2027, 3, 28)
YEARS: list[list[list[str]]] = []
"""Both, where one process takes them: `-n 0`."""


@pytest.mark.parametrize("killed", [False, True], ids=["undisturbed", "the worker is killed"])
async def test_each_mail_comes_once_and_at_its_hour(world: World, killed: bool) -> None:
    way = await begun(world, BEGINS, killed=killed)
    await live_through(way)
    assert await heard_by_all(way) == as_written()
    for (day, hour), step in LATER.items():
        await _pass(way, at_hour(day, hour))
        await way.do(step)
    await _pass(way, at_hour(YEAR, 9))
    heard = await heard_by_all(way)
    assert len({tuple(row) for row in heard}) == len(heard), "somebody heard the same twice"
    assert {at[11:] for at, _, subject in heard if subject.startswith("Kooste")} == {"08:00"}
    for changes in CHANGES:
        assert any(0 <= (date.fromisoformat(at[:10]) - changes).days < 7 for at, *_ in heard), changes
    YEARS.append(heard)
    assert heard == YEARS[0], "a worker that is killed tells what one tells that lives"


async def _pass(way: Chain, until: datetime) -> None:
    """Days go by on which nobody does anything."""
    day = way.now.date().toordinal()
    while day <= until.toordinal():
        for hour in QUIET:
            at = datetime.combine(date.fromordinal(day), until.time().replace(hour=hour), clock.FINLAND)
            if way.now < at < until:
                way.now = at
                await way.compare()
                await way.work()
        day += 1
    way.now = until
