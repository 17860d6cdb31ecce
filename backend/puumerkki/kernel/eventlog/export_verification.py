"""Checks an export of the event log without a database or a network: every byte of it."""

import gzip
import json
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import rfc8785

from puumerkki.kernel.crypto.signed_tokens import KeyLookup, load_public_key
from puumerkki.kernel.eventlog.auditing import ChainCheck, Form, Report
from puumerkki.kernel.eventlog.exporting import EVENTS, FILES, FORMAT, KEYS, MANIFEST, SEALS, digest_of, seal_as_json
from puumerkki.kernel.eventlog.sealing import BEGINNING, EventSeal

LONGEST = 16 * 1024 * 1024
"""So long may a line be: what is longer is none of ours, and would fill the memory."""


class Unreadable(Exception):
    """A file that is not what the format says. `code` as in a finding."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Export:
    """An export that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _manifest(folder / MANIFEST)
        self._pending: Form | None = None
        self._events = _lines(folder / EVENTS)

    def keys(self) -> KeyLookup:
        """The public keys that lie beside. Whoever wants certainty takes them from the issuer."""
        try:
            return lookup(json.loads((self.folder / KEYS).read_bytes()))
        except (OSError, ValueError, RecursionError):
            raise Unreadable("keys_unreadable", f"{KEYS} is no set of public keys.") from None

    def seals(self) -> Iterator[EventSeal]:
        """The seals, in the order of the file."""
        for line in _lines(self.folder / SEALS):
            yield _seal(line)

    async def forms(self, last: int) -> AsyncIterator[Form]:
        """The events that come next, up to a position."""
        while (form := self._pending or self._next()) is not None:
            self._pending = form
            if form[0] > last:
                return
            self._pending = None
            yield form

    def _next(self) -> Form | None:
        line = next(self._events, None)
        if line is None:
            return None
        try:
            position = json.loads(line)["position"]
        except (ValueError, TypeError, KeyError, RecursionError):
            position = None
        if not isinstance(position, int) or isinstance(position, bool):
            raise Unreadable("event_changed", f"A line of {EVENTS} is no event.")
        return position, line


def lookup(jwks: Any) -> KeyLookup:
    """The keys of a JWKS by their ids; members that we do not know are passed over. Raises ValueError."""
    if not isinstance(jwks, dict) or not isinstance(jwks.get("keys"), list):
        raise ValueError("no set of keys")
    found = [load_public_key(one) for one in jwks["keys"] if isinstance(one, dict)]
    known = {one.kid: one for one in found}
    return known.get


async def verify_export(
    folder: Path, *, keys: KeyLookup | None = None, kept_heads: Sequence[str] = (), issuer: str | None = None
) -> Report:
    """Check an export. `keys`: those of the issuer, fetched from it; otherwise those in the export are believed."""
    report = Report()
    try:
        export = Export(folder)
        _check_files(export, report)
        chain = ChainCheck(report, keys or export.keys(), issuer or export.manifest["issuer"])
        await _check_chain(export, chain, report)
        for head in kept_heads:
            chain.check_kept(head)
    except Unreadable as error:
        report.add(error.code, str(error))
    return report


def _check_files(export: Export, report: Report) -> None:
    for name in FILES:
        path = export.folder / name
        if not path.is_file():
            raise Unreadable("file_missing", f"{name} is missing.")
        if digest_of(path) != export.manifest["files"][name]:
            report.add("file_changed", f"{name} is not the file that was exported.")
    for path in sorted(export.folder.iterdir()):
        if path.name not in (*FILES, MANIFEST):
            report.add("file_unknown", f"{path.name} does not belong to the export.")


async def _check_chain(export: Export, chain: ChainCheck, report: Report) -> None:
    wanted, last = export.manifest["first_seal"], 0
    numbers: list[int] = []
    for seal in export.seals():
        if not numbers:
            if seal.number == 1 and (seal.previous != BEGINNING or seal.first_position != 1):
                report.add("seal_unlinked", "The first seal does not begin at the beginning.")
            chain.begin_before(seal)
        numbers.append(seal.number)
        await chain.seal(seal, export.forms(seal.last_position))
        last = seal.last_position
    if not numbers or numbers[0] != wanted or numbers[-1] != export.manifest["last_seal"]:
        report.add("seal_missing", f"Not the seals {wanted} to {export.manifest['last_seal']} that the manifest names.")
    async for position, _ in export.forms(2**63):
        report.add("event_added", "An event lies behind the last seal.", position, max(position, last))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        raw = path.read_bytes()
        found: dict[str, Any] = json.loads(raw)
        exact = rfc8785.dumps(found) == raw
    except FileNotFoundError:
        raise Unreadable("file_missing", f"{path.name} is missing: this is no export.") from None
    except (OSError, ValueError, RecursionError, rfc8785.CanonicalizationError):
        raise Unreadable("manifest_changed", f"{path.name} cannot be read.") from None
    whole = isinstance(found, dict) and set(found) == {"format", "issuer", "first_seal", "last_seal", "files"}
    if not whole or not exact or found["format"] != FORMAT or not isinstance(found["issuer"], str):
        raise Unreadable("manifest_changed", f"{path.name} is not as this program writes it ({FORMAT}).")
    if not isinstance(found["files"], dict) or set(found["files"]) != set(FILES):
        raise Unreadable("manifest_changed", f"{path.name} names other files.")
    return found


def _lines(path: Path) -> Iterator[bytes]:
    """The lines of a compressed file, without their ends, one after the other."""
    try:
        with gzip.open(path, "rb") as opened:
            while line := opened.readline(LONGEST):
                if not line.endswith(b"\n"):
                    raise Unreadable("file_truncated", f"{path.name} ends in the middle of a line.")
                yield line[:-1]
    except EOFError:
        raise Unreadable("file_truncated", f"{path.name} is cut off.") from None
    except (OSError, zlib.error):
        raise Unreadable("file_changed", f"{path.name} cannot be read.") from None


def _seal(line: bytes) -> EventSeal:
    try:
        said = json.loads(line)
        seal = EventSeal(
            number=int(said["number"]),
            first_position=int(said["first_position"]),
            last_position=int(said["last_position"]),
            previous=bytes.fromhex(said["previous"]),
            digest=bytes.fromhex(said["digest"]),
            sealed_at=datetime.fromisoformat(said["sealed_at"]),
            kid=str(said["kid"]),
            head=str(said["head"]),
        )
        exact = rfc8785.dumps(seal_as_json(seal)) == line
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        exact = False
    if not exact:
        raise Unreadable("seal_changed", f"A line of {SEALS} is no seal.")
    return seal
