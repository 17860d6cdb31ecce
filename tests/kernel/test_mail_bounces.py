"""Mail that came back: whose it is, what it says of the address, once; and what is no such report."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel.ext.asyncio.session import AsyncSession
from typer.testing import CliRunner

from puumerkki.cli import app
from puumerkki.kernel import clock, mail
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.mail import OutboxMessage, addresses
from puumerkki.kernel.mail.bounces import BounceOutcome, read, take
from puumerkki.kernel.mail.composing import message_id
from puumerkki.kernel.mail.models import MailAddress
from puumerkki.kernel.mail.return_path import return_path
from puumerkki.kernel.settings import get_settings
from tests.mail_servers import MailServer, served

REPORT = """Return-Path: <>
To: {to}
From: MAILER-DAEMON@mx.example.org
Subject: Undelivered Mail
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="b"

--b
Content-Type: text/plain

{words}
--b
Content-Type: message/{kind}

Reporting-MTA: dns; mx.example.org

Original-Recipient: rfc822;{original}
Final-Recipient: rfc822; somebody.else@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--b
Content-Type: {quoted_as}

Message-ID: {quoted}
Subject: x

--b--
"""


@pytest.fixture(autouse=True)
def address_for_bounces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUUMERKKI_MAIL_BOUNCES", "bounces@example.fi")
    get_settings.cache_clear()


def _report(
    row: OutboxMessage | None = None,
    *,
    to: str | None = None,
    action: str = "failed",
    status: str = "5.1.1",
    kind: str = "delivery-status",
    original: str = "a@example.org",
    quoted: UUID | None = None,
    quoted_as: str = "text/rfc822-headers",
    words: str = "I am sorry.",
) -> bytes:
    to = to or (return_path(row.id) if row else "postmaster@example.fi")
    said = message_id(quoted) if quoted else "<x@example.org>"
    return REPORT.format(
        to=to,
        action=action,
        status=status,
        kind=kind,
        original=original,
        quoted=said,
        quoted_as=quoted_as,
        words=words,
    ).encode()


async def _row(session: AsyncSession, to: str = "a@example.org", *, identity: bool = False) -> OutboxMessage:
    row = OutboxMessage(recipient=to, subject="x", body="x\n", language="fi", identity=identity)
    session.add(row)
    await session.flush()
    return row


async def test_an_address_that_is_none_is_not_written_to_until_it_is_confirmed(session: AsyncSession) -> None:
    row = await _row(session, "A@Example.org")
    assert await take(session, _report(row)) == BounceOutcome.counted
    assert await take(session, _report(row)) == BounceOutcome.known
    assert await addresses.failing(session, ["a@EXAMPLE.org", "b@example.org"]) == {"a@example.org"}
    late, link, other = await _row(session), await _row(session, identity=True), await _row(session, "b@example.org")
    with served(MailServer()) as server:
        sent = [await mail.deliver(session, one.id) for one in (late, link, other)]
        assert sent == [False, True, True] and late.failed_at is not None and late.last_error == "address_failing"
        await addresses.confirm(session, "A@example.org")
        assert await addresses.failing(session, ["a@example.org"]) == set()
        assert await mail.deliver(session, (await _row(session)).id)
    assert [one.recipients[0] for one in server.letters] == ["a@example.org", "b@example.org", "a@example.org"]
    assert await take(session, _report(link)) == BounceOutcome.counted
    assert await addresses.failing(session, ["a@example.org"]) == set(), "it was sent before the address was confirmed"


async def test_three_in_seventy_two_hours(session: AsyncSession) -> None:
    start = clock.now()
    for hours, fails in ((0, False), (40, False), (73, False), (74, True)):
        with clock.fixed(start + timedelta(hours=hours)):
            row = await _row(session)
            for _ in range(3):
                await take(session, _report(row, status="4.4.7"))
            assert bool(await addresses.failing(session, ["a@example.org"])) is fails, hours


async def test_a_report_that_a_mail_is_late_or_there_counts_nothing(session: AsyncSession) -> None:
    row = await _row(session)
    for action in ("delayed", "delivered", "relayed", "expanded"):
        assert await take(session, _report(row, action=action)) == BounceOutcome.not_failed
    assert row.bounce is None


@pytest.mark.parametrize("quoted_as", ["text/rfc822-headers", "message/rfc822"])
async def test_by_the_message_id_if_it_names_the_recipient(session: AsyncSession, quoted_as: str) -> None:
    row = await _row(session)
    stranger = _report(quoted=row.id, quoted_as=quoted_as, original="b@example.org")
    assert await take(session, stranger) == BounceOutcome.not_ours
    assert await take(session, _report(quoted=row.id, quoted_as=quoted_as, original="A@example.org")) == "counted"


async def test_nobody_makes_an_address_fail_without_its_token(session: AsyncSession) -> None:
    row = await _row(session)
    path = return_path(row.id)
    forged = path.replace(path.split("@")[0][-16:], "a" * 16)
    assert await take(session, _report(to=forged)) == BounceOutcome.not_ours
    assert await take(session, _report(to=f"<{path.upper()}>")) == BounceOutcome.counted


async def test_what_an_address_says_that_somebody_had_before_marks_that_one(session: AsyncSession) -> None:
    row = await _row(session, "old@example.org")
    await take(session, _report(row, original="new@example.org"))
    assert await addresses.failing(session, ["old@example.org", "new@example.org"]) == {"old@example.org"}


async def test_a_report_in_words_only(session: AsyncSession) -> None:
    row = await _row(session)
    plain = _report(row, words="550 5.1.1 <a@example.org>: unknown").replace(
        b"message/delivery-status", b"text/x-other"
    )
    assert await take(session, plain) == BounceOutcome.counted
    known = await session.get_one(MailAddress, "a@example.org")
    assert known.failed_at is not None and known.said == "550 5.1.1 <a@example.org>: unknown"


async def test_other_mail_is_left(session: AsyncSession) -> None:
    row = await _row(session)
    away = (
        f"To: {return_path(row.id)}\nSubject: 550 5.1.1 away\nAuto-Submitted: auto-replied\n\n5.1.1 on holiday".encode()
    )
    for content in (away, b"", b"\xff\x00", _report(row, kind="disposition-notification")):
        assert await take(session, content) == BounceOutcome.no_report
    assert row.bounce is None


@pytest.mark.parametrize(
    ("status", "words", "hard"),
    [("5.2.2", "", False), ("5.7.1", "", False), ("5.1.10", "", True), ("5.0.0", "", False), ("x", "", False)],
)
async def test_what_is_hard(session: AsyncSession, status: str, words: str, hard: bool) -> None:
    row = await _row(session)
    await take(session, _report(row, status=status))
    assert (row.bounce == "hard") is hard


@given(st.binary(max_size=300), st.integers(0, 700), st.integers(0, 60))
def test_whatever_comes_in_is_read(noise: bytes, place: int, cut: int) -> None:
    content = _report(to="x@example.org")
    read(content[:place] + noise + content[place + cut :])


@pytest.fixture
async def kept(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OutboxMessage]:
    monkeypatch.setenv("DATABASE_URL", committed_database)
    get_settings.cache_clear()
    engine = make_engine(committed_database, pool_size=1)
    async with make_sessions(engine)() as session:
        row = await _row(session)
        await session.commit()
    yield row
    await engine.dispose()
    get_settings.cache_clear()


def test_the_command_reads_one_or_a_folder(kept: OutboxMessage, tmp_path: Path) -> None:
    first = CliRunner().invoke(app, ["bounces"], input=_report(kept))
    assert (first.exit_code, first.output) == (0, "counted\n"), first.output
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(_report(kept))
    (tmp_path / "2").write_bytes(b"Subject: hello\n\nhello")
    folder = CliRunner().invoke(app, ["bounces", str(tmp_path), "--remove"])
    assert folder.output == "2: left: no delivery report\n1: counted before\n" and folder.exit_code == 0
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["2"]


def test_the_mail_server_keeps_it_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, kept: OutboxMessage
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    get_settings.cache_clear()
    assert CliRunner().invoke(app, ["bounces"], input=_report(kept)).exit_code == 75
