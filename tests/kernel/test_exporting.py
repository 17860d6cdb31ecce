"""Exports of the event log: whoever has one can check it, and whatever is changed in it is found."""

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785

from puumerkki.kernel.crypto.keys import KeyPurpose, keys_of
from puumerkki.kernel.eventlog.export_verification import lookup, verify_export
from puumerkki.kernel.eventlog.exporting import EVENTS, KEYS, MANIFEST, SEALS, NothingToExport, export
from puumerkki.kernel.eventlog.sealing import EventSeal
from puumerkki.kernel.settings import get_settings
from tests.kernel.test_sealing import Log, log, two_seals

__all__ = ["log"]


async def jwks(log: Log) -> list[dict[str, str]]:
    async with log.sessions() as session:
        return [one.public_jwk for one in await keys_of(session, KeyPurpose.seals)]


async def exported(log: Log, folder: Path, *, first: int = 1, last: int | None = None) -> Path:
    target = folder / f"export-{first}-{last}"
    await export(
        log.app,
        target,
        issuer=get_settings().public_url,
        jwks=await jwks(log),
        first_seal=first,
        last_seal=last,
    )
    return target


async def codes(folder: Path, *heads: str, keys: list[dict[str, str]] | None = None) -> set[str]:
    known = None if keys is None else lookup({"keys": keys})
    return {one.code for one in (await verify_export(folder, keys=known, kept_heads=heads)).findings}


def inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_an_export_holds_the_sealed_events_and_can_be_checked_alone(log: Log, tmp_path: Path) -> None:
    first, second = await two_seals(log)
    await log.write(2)
    folder = await exported(log, tmp_path)
    report = await verify_export(folder, keys=lookup({"keys": await jwks(log)}), kept_heads=[first.head, second.head])
    assert (report.findings, report.seals, report.sealed) == ([], 2, 10)
    lines = [json.loads(line) for line in gzip.decompress((folder / EVENTS).read_bytes()).splitlines()]
    assert [one["position"] for one in lines] == list(range(1, 11)), "what is not sealed is not in it"
    again = await exported(log, tmp_path / "again")
    assert (again / MANIFEST).read_bytes() == (folder / MANIFEST).read_bytes(), "the same events make the same files"


async def test_some_seals_alone(log: Log, tmp_path: Path) -> None:
    first, second = await two_seals(log)
    await log.write(3)
    third = await log.seal()
    middle = await exported(log, tmp_path, first=2, last=2)
    assert await codes(middle, second.head) == set()
    assert await codes(middle, first.head) == await codes(middle, third.head) == {"seals_removed"}


async def test_what_cannot_be_exported_leaves_no_folder(log: Log, tmp_path: Path) -> None:
    with pytest.raises(NothingToExport):
        await exported(log, tmp_path)
    await two_seals(log)
    for first, last in ((3, None), (1, 3), (2, 1)):
        with pytest.raises(NothingToExport):
            await exported(log, tmp_path, first=first, last=last)
    await exported(log, tmp_path)
    with pytest.raises(NothingToExport, match="there already"):
        await exported(log, tmp_path)
    assert inside(tmp_path) == ["export-1-None"]
    await log.tamper("delete from event where id = (select event_id from event_position where position = 8)")
    with pytest.raises(NothingToExport, match="position 8"):
        await exported(log, tmp_path, first=2)


async def test_an_export_that_was_cut_off_is_made_anew(log: Log, tmp_path: Path) -> None:
    await two_seals(log)

    def stop(position: int) -> None:
        raise KeyboardInterrupt

    target = tmp_path / "export"
    keys = await jwks(log)
    with pytest.raises(KeyboardInterrupt):
        await export(log.app, target, issuer="http://testserver", jwks=keys, progress=stop)
    assert not target.exists()
    await export(log.app, target, issuer="http://testserver", jwks=keys)
    assert await codes(target) == set()
    assert not target.with_name("export.partial").exists()


def rewrite(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join(change(lines)), mtime=0))


def confess(folder: Path) -> None:
    """A cunning hand writes the manifest's digests anew too."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    manifest["files"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in manifest["files"]}
    (folder / MANIFEST).write_bytes(rfc8785.dumps(manifest))


def swapped_head(lines: list[bytes]) -> list[bytes]:
    one, other = (json.loads(line) for line in lines)
    one["head"], other["head"] = other["head"], one["head"]
    return [rfc8785.dumps(one) + b"\n", rfc8785.dumps(other) + b"\n"]


def other_digest(lines: list[bytes]) -> list[bytes]:
    last = json.loads(lines[-1])
    return [*lines[:-1], rfc8785.dumps(last | {"digest": "0" * 64}) + b"\n"]


TAMPERING: list[tuple[str, Callable[[list[bytes]], list[bytes]], str]] = [
    (EVENTS, lambda lines: [lines[0].replace(b"test.told", b"test.tolt"), *lines[1:]], "event_changed"),
    (EVENTS, lambda lines: [*lines[:3], *lines[4:]], "event_missing"),
    (EVENTS, lambda lines: lines[:-1], "event_missing"),
    (EVENTS, lambda lines: [*lines[:3], lines[2], *lines[3:]], "event_added"),
    (EVENTS, lambda lines: [*lines, lines[-1].replace(b'"position":10', b'"position":11')], "event_added"),
    (EVENTS, lambda lines: [lines[1], lines[0], *lines[2:]], "event_changed"),
    (EVENTS, lambda lines: [b"[]\n", *lines[1:]], "event_changed"),
    (EVENTS, lambda lines: [*lines[:-1], lines[-1][:-1]], "file_truncated"),
    (SEALS, lambda lines: lines[1:], "seal_missing"),
    (SEALS, lambda lines: lines[:1], "seal_missing"),
    (SEALS, swapped_head, "head_differs"),
    (SEALS, other_digest, "head_differs"),
    (SEALS, lambda lines: [b" " + lines[0], lines[1]], "seal_changed"),
]


@pytest.mark.parametrize(("name", "change", "code"), TAMPERING)
async def test_tampering_is_found(
    log: Log, tmp_path: Path, name: str, change: Callable[[list[bytes]], list[bytes]], code: str
) -> None:
    await two_seals(log)
    folder = await exported(log, tmp_path)
    rewrite(folder / name, change)
    assert "file_changed" in await codes(folder)
    confess(folder)
    found = await codes(folder)
    assert code in found and "file_changed" not in found


def cut(folder: Path, _: EventSeal) -> None:
    path = folder / EVENTS
    path.write_bytes(path.read_bytes()[:-20])
    confess(folder)


def shorter(folder: Path, second: EventSeal) -> None:
    """The last seal and its events taken away, and nothing betrays it but a head that was kept."""
    rewrite(folder / EVENTS, lambda lines: lines[: second.first_position - 1])
    rewrite(folder / SEALS, lambda lines: lines[:1])
    manifest = json.loads((folder / MANIFEST).read_bytes()) | {"last_seal": 1}
    (folder / MANIFEST).write_bytes(rfc8785.dumps(manifest))
    confess(folder)


def spaced(folder: Path, _: EventSeal) -> None:
    path = folder / MANIFEST
    path.write_bytes(json.dumps(json.loads(path.read_bytes()), indent=1).encode())


def other_issuer(folder: Path, _: EventSeal) -> None:
    path = folder / MANIFEST
    path.write_bytes(rfc8785.dumps(json.loads(path.read_bytes()) | {"issuer": "https://other.example"}))


DAMAGE: list[tuple[Callable[[Path, EventSeal], object], str]] = [
    (cut, "file_truncated"),
    (shorter, "seals_removed"),
    (spaced, "manifest_changed"),
    (other_issuer, "head_differs"),
    (lambda folder, _: (folder / MANIFEST).write_bytes(b"{"), "manifest_changed"),
    (lambda folder, _: (folder / MANIFEST).unlink(), "file_missing"),
    (lambda folder, _: (folder / EVENTS).unlink(), "file_missing"),
    (lambda folder, _: (folder / EVENTS).write_bytes(b"no gzip"), "file_changed"),
    (lambda folder, _: (folder / "more.txt").write_text("?"), "file_unknown"),
    (lambda folder, _: (folder / KEYS).write_text("[]"), "keys_unreadable"),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGE)
async def test_damage_is_found(
    log: Log, tmp_path: Path, damage: Callable[[Path, EventSeal], object], code: str
) -> None:
    _, second = await two_seals(log)
    folder = await exported(log, tmp_path)
    damage(folder, second)
    assert code in await codes(folder, second.head)


async def test_a_log_signed_with_other_keys_shows_against_the_issuers_own(log: Log, tmp_path: Path) -> None:
    await two_seals(log)
    folder = await exported(log, tmp_path)
    assert await codes(folder, keys=await jwks(log)) == set()
    assert await codes(folder, keys=[]) == {"head_unsigned"}
