"""Archiving of the event log: nothing leaves the database before a checked export holds it, and it stays checkable."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

import puumerkki
from puumerkki.access.actor import ANONYMOUS
from puumerkki.activity.feed import position_unknown, read_feed
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Invalid
from puumerkki.kernel.eventlog import archiving
from puumerkki.kernel.eventlog.auditing import Finding, Report, verify_database
from puumerkki.kernel.eventlog.export_verification import lookup
from puumerkki.kernel.eventlog.exporting import EVENTS, KEYS, NothingToExport
from puumerkki.kernel.eventlog.sealing import EventArchive, sealed_at
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref
from puumerkki.wiring import REMEMBERED
from tests.kernel.test_exporting import confess, exported, inside, jwks
from tests.kernel.test_partitions import names
from tests.kernel.test_sealing import Log, log
from tests.kernel.test_sequencer import placed, tell

__all__ = ["log"]

LATER = datetime(2029, 5, 1, tzinfo=UTC)
NEW_YEAR = date(2028, 1, 1)


async def years(log: Log) -> UUID:
    """Five events of 2026 under one seal, three of 2027 and two of 2028 under the next; the first one's subject."""
    with clock.fixed(datetime(2026, 6, 1, tzinfo=UTC)):
        first = await tell(log.app)
        await placed(log.app, 1)
        await log.write(4)
        await log.seal()
    with clock.fixed(datetime(2027, 6, 1, tzinfo=UTC)):
        await log.write(3)
    with clock.fixed(datetime(2028, 6, 1, tzinfo=UTC)):
        await log.write(2)
        await log.seal()
    return first


async def archive(
    log: Log, folder: Path, before: date = NEW_YEAR, *, remember: tuple[str, ...] = ("test.told",)
) -> EventArchive | None:
    with clock.fixed(LATER):
        return await archiving.archive(
            log.owner,
            folder,
            before=before,
            issuer=get_settings().public_url,
            jwks=await jwks(log),
            keys=lookup({"keys": await jwks(log)}),
            remember=remember,
        )


async def verify(log: Log, folder: Path | None = None, *heads: str) -> Report:
    keys, issuer = lookup({"keys": await jwks(log)}), get_settings().public_url
    findings: list[Finding] = []
    archived = None
    if folder is not None:
        findings, archived = await archiving.check_archives(log.app, folder, keys, issuer)
    report = await verify_database(log.app, keys, issuer, archived=archived, kept_heads=heads)
    report.findings[:0] = findings
    return report


async def codes(log: Log, folder: Path | None = None) -> set[str]:
    return {one.code for one in (await verify(log, folder)).findings}


async def kept(log: Log) -> int:
    row = await (await log.app.execute("select count(*) from event")).fetchone()
    assert row is not None
    return int(row[0])


async def test_old_years_leave_the_database_and_can_still_be_checked(log: Log, tmp_path: Path) -> None:
    await years(log)
    made = await archive(log, tmp_path)
    assert made is not None
    assert (made.first_seal, made.last_seal, made.first_position, made.last_position) == (1, 2, 1, 10)
    assert made.partitions == ["event_p2026", "event_p2027"]
    assert not {"event_p2026", "event_p2027"} & set(await names(log.app))
    assert await kept(log) == 2, "what lies under the last seal, but in a later year, stays too"
    await log.write(2)
    third = await log.seal()
    alone, with_archives = await verify(log, None, third.head), await verify(log, tmp_path, third.head)
    assert (alone.findings, alone.archived, alone.sealed, alone.seals) == ([], 10, 2, 3)
    assert (with_archives.findings, with_archives.archived, with_archives.sealed) == ([], 0, 12)
    assert await archive(log, tmp_path) is None


async def test_archives_follow_one_another(log: Log, tmp_path: Path) -> None:
    await years(log)
    await archive(log, tmp_path, date(2027, 1, 1))
    again = await archive(log, tmp_path)
    assert again is not None
    assert (again.number, again.first_seal, again.last_seal, again.partitions) == (2, 2, 2, ["event_p2027"])
    assert await codes(log) == await codes(log, tmp_path) == set()
    with pytest.raises(NothingToExport, match="position 1 "):
        await exported(log, tmp_path / "whole")


async def test_what_is_not_sealed_or_not_past_is_not_archived(log: Log, tmp_path: Path) -> None:
    await years(log)
    with clock.fixed(datetime(2027, 12, 31, tzinfo=UTC)):
        await tell(log.app)
        with pytest.raises(archiving.NotArchivable, match="not come yet"):
            await archiving.archive(log.owner, tmp_path, before=NEW_YEAR, issuer="", jwks=[], keys=lookup({"keys": []}))
    with pytest.raises(archiving.NotArchivable, match="no position"):
        await archive(log, tmp_path)
    await placed(log.app, 1)
    with pytest.raises(archiving.NotArchivable, match="sealed"):
        await archive(log, tmp_path)
    assert (await kept(log), inside(tmp_path)) == (11, [])
    await log.seal()
    assert await archive(log, tmp_path) is not None


async def test_a_changed_log_is_not_archived(log: Log, tmp_path: Path) -> None:
    await years(log)
    await log.tamper("update event set type = 'test.other' where occurred_at < '2027-01-01'")
    with pytest.raises(archiving.NotArchivable, match="does not hold"):
        await archive(log, tmp_path)
    assert await kept(log) == 10


async def test_two_archivers_do_not_disturb_each_other(log: Log, tmp_path: Path) -> None:
    await years(log)
    await log.app.execute("select pg_advisory_lock(%s)", (archiving.LOCK,))
    with pytest.raises(archiving.NotArchivable, match="Somebody else"):
        await archive(log, tmp_path)


@pytest.mark.parametrize("step", ["export", "verify_export", "_check", "_drop", "in_drop"])
async def test_cut_off_at_any_step_it_can_be_begun_again(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    await years(log)
    with monkeypatch.context() as cutting:

        async def cut_off(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        if step == "in_drop":
            cutting.setattr(archiving, "_NOTE", "select 1 / 0 where %s is null" + " or %s is null" * 6 + " or true")
        else:
            cutting.setattr(archiving, step, cut_off)
        with pytest.raises((KeyboardInterrupt, psycopg.Error)):
            await archive(log, tmp_path)
    assert await kept(log) == 10, "nothing was dropped"
    assert await codes(log) == set()
    made = await archive(log, tmp_path)
    assert made is not None
    assert (await kept(log), await codes(log, tmp_path)) == (2, set())


async def test_an_export_of_an_earlier_try_is_checked_before_anything_is_dropped(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await years(log)
    with monkeypatch.context() as cutting:
        cutting.setattr(archiving, "_drop", None)
        with pytest.raises(TypeError):
            await archive(log, tmp_path)
    events = tmp_path / archiving.folder_name(1, 2) / EVENTS
    events.write_bytes(events.read_bytes()[:-30])
    with pytest.raises(archiving.NotArchivable, match="does not hold"):
        await archive(log, tmp_path)
    assert await kept(log) == 10


async def test_an_event_that_came_meanwhile_stops_the_dropping(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await years(log)
    check = archiving._check

    async def late(*given: object) -> None:
        await check(*given)  # type: ignore[arg-type]
        with clock.fixed(datetime(2027, 3, 1, tzinfo=UTC)):
            await tell(log.app)

    with monkeypatch.context() as between:
        between.setattr(archiving, "_check", late)
        with pytest.raises(archiving.NotArchivable, match="meanwhile"):
            await archive(log, tmp_path)
    assert (await kept(log), await codes(log)) == (11, set())


KEPT_TAMPERING = [
    ("delete from event_position where position = 3", "position_missing"),
    ("delete from event where id = (select event_id from event_position where position = 9)", "event_missing"),
    ("update event_seal set digest = previous where number = 2", "head_differs"),
    ("delete from event_seal where number = 1", "seal_missing"),
]


@pytest.mark.parametrize(("statement", "code"), KEPT_TAMPERING)
async def test_what_stays_in_the_database_is_guarded_without_archives_too(
    log: Log, tmp_path: Path, statement: str, code: str
) -> None:
    await years(log)
    await archive(log, tmp_path)
    await log.tamper(statement)
    assert code in await codes(log)


async def test_changed_archives_are_found(log: Log, tmp_path: Path) -> None:
    await years(log)
    await archive(log, tmp_path, date(2027, 1, 1))
    await archive(log, tmp_path)
    await log.tamper("update event set type = 'test.other' where occurred_at > '2028-01-01'")
    assert (await codes(log), await codes(log, tmp_path)) == (set(), {"event_changed"})
    folder = tmp_path / archiving.folder_name(1, 1)
    folder.rename(tmp_path / "elsewhere")
    assert await codes(log, tmp_path) == {"file_missing"}


async def test_another_export_is_not_the_archive(log: Log, tmp_path: Path) -> None:
    """It is whole and signed, but of other bytes: whoever looks for the archive that was made must be told."""
    await years(log)
    await archive(log, tmp_path)
    folder = tmp_path / archiving.folder_name(1, 2)
    (folder / KEYS).write_bytes(b'{"keys":[]}')
    confess(folder)
    assert await codes(log, tmp_path) == {"archive_differs"}


async def test_a_reader_of_the_feed_is_told_that_it_missed_something(
    log: Log, tmp_path: Path, committed_database: str
) -> None:
    await years(log)
    await archive(log, tmp_path)
    await log.write(1)
    pool = ReadPool(committed_database, size=1)
    try:
        for after in (1, 9):
            with pytest.raises(Invalid) as caught:
                await read_feed(pool, caller=ANONYMOUS, after=after, limit=5)
            assert caught.value.problems == position_unknown().problems
        for after in (0, 10):
            page = await read_feed(pool, caller=ANONYMOUS, after=after, limit=5)
            assert [position for position, _ in page.items] == [11]
    finally:
        await pool.close()


async def test_when_an_archived_event_was_sealed_is_still_known(log: Log, tmp_path: Path) -> None:
    subject = Ref("test", await years(log))
    async with log.sessions() as session:
        before = await sealed_at(session, subject=subject, type="test.told")
    await archive(log, tmp_path)
    async with log.sessions() as session:
        assert await sealed_at(session, subject=subject, type="test.told") == before is not None
        assert await sealed_at(session, subject=subject, type="test.other") is None


def test_every_type_whose_sealing_is_asked_is_kept() -> None:
    asked = set()
    for path in Path(puumerkki.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "sealed_at":
                asked |= {ast.unparse(one.value) for one in node.keywords if one.arg == "type"}
    assert asked == {"EndorsementIssued.type", "EndorsementProlonged.type", "AgreementSigned.type"}, "see archives.py"
    assert REMEMBERED == ("endorsement.issued", "endorsement.prolonged", "agreement.signed")


@pytest.mark.parametrize("statement", ["update {} set number = 9", "delete from {}", "truncate {}"])
async def test_what_was_archived_is_noted_for_good(log: Log, tmp_path: Path, statement: str) -> None:
    await years(log)
    await archive(log, tmp_path)
    for table in ("event_archive", "archived_event"):
        for connection in (log.app, log.owner):
            with pytest.raises(psycopg.Error):
                await connection.execute(statement.replace("number", "position").format(table).encode())


async def test_the_application_archives_nothing(log: Log, tmp_path: Path) -> None:
    await years(log)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await archive(Log(log.app, log.app, log.sessions), tmp_path)
    assert await kept(log) == 10
