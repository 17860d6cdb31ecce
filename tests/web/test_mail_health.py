"""The health check and the doctor say that mail does not go out: not for one address's sake."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.doctor import Level, work
from puumerkki.doctor.findings import Installation
from puumerkki.kernel import clock
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.mail import OutboxMessage, OutboxTrouble
from puumerkki.kernel.settings import get_settings
from tests.factories import World

NOW = clock.now()


@pytest.mark.parametrize(
    ("given", "waits", "code"),
    [
        ({}, timedelta(hours=1), "mail_failing"),
        ({"trouble": OutboxTrouble.server}, timedelta(hours=1), "mail_failing"),
        ({"trouble": OutboxTrouble.message}, timedelta(hours=1), None),
        ({"trouble": OutboxTrouble.server}, timedelta(minutes=5), None),
        ({"sent_at": NOW}, None, None),
        ({"failed_at": NOW, "trouble": OutboxTrouble.server}, None, None),
        ({"due_at": NOW + timedelta(hours=1)}, None, None),
    ],
)
async def test_mail_that_waits(world: World, given: dict[str, Any], waits: timedelta | None, code: str | None) -> None:
    moment = NOW - (waits or timedelta(hours=1))
    row = OutboxMessage(recipient="a@example.org", subject="", body="", language="fi", created_at=moment, **given)
    world.session.add(row)
    await world.session.flush()
    with clock.fixed(NOW):
        answer = await world.nobody.get("/health")
    if code is not None:
        assert (answer.status_code, answer.json()["code"]) == (503, code)
        assert answer.json()["since"] == moment.isoformat()
    else:
        assert answer.status_code == 200
        since = answer.json()["mail_waits_since"]
        assert since == (moment.isoformat().replace("+00:00", "Z") if waits else None)
    assert (await world.nobody.get("/health/serving")).status_code == 200


@pytest.mark.parametrize(
    ("given", "level", "said"),
    [
        ({"trouble": OutboxTrouble.server, "last_error": "421 Closing"}, Level.fault, "said: 421 Closing"),
        ({}, Level.fault, "1 mails wait, the oldest for 60 minutes."),
        ({"trouble": OutboxTrouble.message, "last_error": "451 Greylisted"}, Level.ok, "1 mails are tried again"),
        (
            {"trouble": OutboxTrouble.message, "last_error": "550 No", "failed_at": NOW},
            Level.warning,
            "given up: 550 No",
        ),
        ({"trouble": OutboxTrouble.message, "last_error": "address_failing", "failed_at": NOW}, Level.ok, "No mail"),
        ({"last_error": "550 No", "failed_at": NOW - timedelta(days=2)}, Level.ok, "No mail"),
        ({"sent_at": NOW}, Level.ok, "No mail"),
    ],
)
async def test_what_the_doctor_says(session: AsyncSession, given: dict[str, Any], level: Level, said: str) -> None:
    moment = NOW - timedelta(hours=1)
    session.add(
        OutboxMessage(recipient="a@example.org", subject="", body="", language="fi", created_at=moment, **given)
    )
    await session.flush()
    nothing = Installation(settings=get_settings(), folder=None, url="", owner_url="", secret=None)  # type: ignore[arg-type]
    with clock.fixed(NOW):
        found = await work.outbox(await driver_connection(session), nothing)
    assert found.level == level and said in found.what
