"""Delivery by SMTP: refusals for good and for now, a server that dies, two workers, and what stands on the message."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiosmtplib
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, jobs, mail
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.mail import Envelope, OutboxMessage, OutboxTrouble
from puumerkki.kernel.mail.delivery import GIVE_UP_AFTER, LONGEST_WAIT
from puumerkki.kernel.mail.models import BounceKind, MailAddress
from puumerkki.kernel.mail.return_path import message_of, return_path
from puumerkki.kernel.mail.statuses import refusal
from puumerkki.kernel.settings import get_settings
from tests.mail_servers import MailServer, dying, sent_to, served
from tests.ports import free_port

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:{}\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"


@pytest.fixture
async def committed(committed_database: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = make_engine(committed_database, pool_size=4)
    sessions = make_sessions(engine)
    jobs.use_sessions(sessions)
    yield sessions
    await engine.dispose()


async def _write(session: AsyncSession, to: str = "a@example.org", **envelope: Any) -> OutboxMessage:
    known = {one.id for one in (await session.exec(select(OutboxMessage))).all()}
    await mail.send(
        session,
        to=to,
        package="puumerkki.organisations",
        template="organisation_confirmed",
        language="fi",
        envelope=Envelope(**{"reason": mail.Reason.concerned, "root": None} | envelope),
        name="Äijö",
        organisation="Järjestö ry",
        networks="",
        link=mail.link("fi", "organisations/1"),
    )
    [made] = [one for one in (await session.exec(select(OutboxMessage))).all() if one.id not in known]
    return made


async def _planned(session: AsyncSession) -> list[Any]:
    query = "select scheduled_at from procrastinate_jobs where task_name = 'mail.deliver' order by id"
    return list((await (await session.connection()).execute(text(query))).scalars().all())


async def test_what_stands_on_a_message(session: AsyncSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUUMERKKI_MAIL_FROM", "Puumerkki <puumerkki@example.fi>")
    monkeypatch.setenv("PUUMERKKI_MAIL_BOUNCES", "bounces@example.fi")
    address = "https://example.fi/api/v1/notices/unsubscribe?of=" + "a" * 90
    calendar = CALENDAR.format("CANCEL")
    row = await _write(
        session,
        sender="Oulun verkosto\nhttps://evil.example",
        root="handling 1",
        reason="asked",
        unsubscribe=address,
        calendar=calendar,
    )
    other = await _write(session, root="handling 1")
    with served(MailServer()) as server:
        assert await mail.deliver(session, row.id) and await mail.deliver(session, other.id)
    first, second = server.letters
    message = first.message
    assert message["Message-ID"] == f"<{row.id.hex}@testserver>"
    assert message["From"] == '"Oulun verkosto evil .example (Puumerkki)" <puumerkki@example.fi>'
    assert message["Auto-Submitted"] == "auto-generated" and message["Date"].datetime is not None
    assert message["X-Puumerkki-Reason"] == "asked" and message["Content-Language"] == "fi"
    assert message["List-Unsubscribe"] == f"<{address}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["References"] == message["In-Reply-To"] == second.message["References"]
    assert first.sender == return_path(row.id) and message_of(first.sender) == row.id
    parts = {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}
    assert list(parts) == ["text/plain", "text/html", "text/calendar"]
    assert parts["text/plain"].get_content().replace("\r\n", "\n") == row.body
    assert parts["text/html"].get_content().replace("\r\n", "\n") == row.html
    assert parts["text/calendar"].get_content() == calendar and parts["text/calendar"].get_param("method") == "CANCEL"
    assert second.message["From"] == "Puumerkki <puumerkki@example.fi>"
    assert "List-Unsubscribe" not in second.message and second.message["X-Puumerkki-Reason"] == "concerned"
    assert "koska olet asiassa mukana." in other.body and "koska" not in row.body


def test_a_calendar_has_a_method_that_mail_knows() -> None:
    with pytest.raises(ValueError, match="METHOD"):
        Envelope(reason="task", root=None, calendar=CALENDAR.format("PUBLISH"))


async def test_a_refusal_for_good_ends_it_and_stops_nobody_else(session: AsyncSession) -> None:
    bad, good = await _write(session, "bad@example.org"), await _write(session, "good@example.org")
    planned = len(await _planned(session))
    with served(MailServer(at_rcpt=lambda one: "550 5.1.1 No such user" if one.startswith("bad") else None)) as server:
        assert not await mail.deliver(session, bad.id)
        assert await mail.deliver(session, good.id)
        assert not await mail.deliver(session, bad.id)
    assert [one.recipients for one in server.letters] == [["good@example.org"]]
    assert bad.failed_at is not None and bad.last_error == "550 5.1.1 No such user" and bad.bounce == BounceKind.hard
    assert len(await _planned(session)) == planned
    assert (await session.get_one(MailAddress, "bad@example.org")).failed_at is not None


async def test_a_refusal_for_now_is_tried_for_days(session: AsyncSession) -> None:
    row, start, waits = await _write(session), clock.now(), [timedelta(0)]
    with served(MailServer(at_rcpt=lambda _one: "451 4.7.1 Greylisted")):
        at = start
        while row.failed_at is None:
            with clock.fixed(at):
                row.attempts += 1  # as the job does
                assert not await mail.deliver(session, row.id)
            assert row.last_error == "451 4.7.1 Greylisted" and row.trouble == OutboxTrouble.message
            waits.append((await _planned(session))[-1] - at if row.failed_at is None else timedelta(0))
            at += waits[-1]
    assert waits[1] == timedelta(seconds=2) and max(waits) == LONGEST_WAIT
    assert timedelta(days=3) < at - start < GIVE_UP_AFTER and len(waits) < 50
    assert row.bounce is None, "greylisting says nothing of the address"


async def test_what_was_put_off_goes_out_later(session: AsyncSession) -> None:
    row = await _write(session)
    with served(MailServer(at_data=lambda: "452 4.3.1 Full")):
        assert not await mail.deliver(session, row.id)
        assert (row.trouble, row.sent_at) == (OutboxTrouble.server, None)
    with sent_to(free_port()):
        assert not await mail.deliver(session, row.id)
        assert row.trouble == OutboxTrouble.server and "onnect" in (row.last_error or "")
    with served(MailServer()) as server:
        assert await mail.deliver(session, row.id)
    assert len(server.letters) == 1 and (row.trouble, row.last_error) == (None, None)


async def test_a_try_is_counted_whatever_comes_of_it(committed: async_sessionmaker[AsyncSession]) -> None:
    async with committed() as session:
        row = await _write(session)
        await session.commit()
    with served(MailServer(at_data=lambda: "451 Later")):
        for _ in range(2):
            await mail.deliver_mail(str(row.id))
    with sent_to(free_port()), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUUMERKKI_MAIL_BOUNCES", "bounces@example.org")
        patch.delenv("PUUMERKKI_SECRET")
        get_settings.cache_clear()
        with pytest.raises(RuntimeError):
            await mail.deliver_mail(str(row.id))
    async with committed() as session:
        found = await session.get_one(OutboxMessage, row.id)
        assert (found.attempts, found.last_error, found.sent_at) == (3, "451 Later", None)


@pytest.mark.parametrize("after_yes", [True, False])
async def test_a_server_that_dies_gets_one_double_at_most(session: AsyncSession, after_yes: bool) -> None:
    row = await _write(session)
    async with dying(after_yes=after_yes) as taken:
        assert await mail.deliver(session, row.id) is after_yes
        if not after_yes:
            assert await mail.deliver(session, row.id)
        assert not await mail.deliver(session, row.id)
    assert [one["Message-ID"] for one in taken] == [f"<{row.id.hex}@testserver>"] * (1 if after_yes else 2)


async def test_two_workers_send_it_once(committed: async_sessionmaker[AsyncSession]) -> None:
    async with committed() as session:
        ids = [(await _write(session, f"{number}@example.org")).id for number in range(5)]
        await session.commit()
    with served(MailServer()) as server:
        await asyncio.gather(*(mail.deliver_mail(str(one)) for one in ids for _ in range(3)))
    assert sorted(one.recipients[0][0] for one in server.letters) == list("01234")


@pytest.mark.parametrize(
    ("at", "code", "said", "permanent", "trouble", "bounce"),
    [
        ("rcpt", 550, "5.1.1 unknown", True, "message", "hard"),
        ("rcpt", 550, "no such user", True, "message", "hard"),
        ("rcpt", 556, "5.1.10 takes no mail", True, "message", "hard"),
        ("rcpt", 552, "5.2.2 full", True, "message", "soft"),
        ("rcpt", 554, "5.7.1 relay access denied", True, "message", None),
        ("rcpt", 550, "5.1.8 bad sender", True, "message", "soft"),
        ("rcpt", 451, "4.7.1 greylisted", False, "message", None),
        ("rcpt", 452, "4.2.2 full", False, "message", "soft"),
        ("rcpt", 421, "4.3.2 closing", False, "server", None),
        ("rcpt", 530, "5.7.0 authentication required", False, "server", None),
        ("data", 554, "5.7.1 spam", True, "message", None),
        ("data", 554, "5.1.1 unknown", True, "message", "hard"),
        ("data", 550, "no", True, "message", None),
        ("data", 451, "4.3.0 later", False, "server", None),
        ("mail", 550, "5.1.8 who are you", False, "server", None),
    ],
)
def test_what_answers_mean(at: str, code: int, said: str, permanent: bool, trouble: str, bounce: str | None) -> None:
    error: Exception
    if at == "rcpt":
        error = aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(code, said, "a@example.org")])
    elif at == "data":
        error = aiosmtplib.SMTPDataError(code, said)
    else:
        error = aiosmtplib.SMTPSenderRefused(code, said, "b@example.org")
    found = refusal(error)
    assert (found.permanent, found.trouble, found.bounce) == (permanent, trouble, bounce)


def test_a_return_path_cannot_be_guessed_or_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUUMERKKI_MAIL_BOUNCES", "bounces@example.fi")
    get_settings.cache_clear()
    row = OutboxMessage(recipient="a@example.org", subject="", body="", language="fi")
    path = return_path(row.id)
    assert len(path.split("@")[0]) <= 64 and path.startswith("bounces+") and path.endswith("@example.fi")
    assert message_of(path) == message_of(f"To: <{path.upper()}>") == row.id
    for place in range(len("bounces+"), path.index("@")):
        letter = "a" if path[place] != "a" else "b"
        assert message_of(path[:place] + letter + path[place + 1 :]) is None
    monkeypatch.setenv("PUUMERKKI_SECRET", "another-secret-of-this-test-" + "1" * 20)
    get_settings.cache_clear()
    assert message_of(path) is None
    monkeypatch.undo()
    get_settings.cache_clear()
