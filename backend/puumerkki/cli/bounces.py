"""`bounces`: mail that came back, as the mail server hands it in."""

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from puumerkki.cli.installation import console, fail, prepare, session_of
from puumerkki.kernel.mail.bounces import BounceOutcome, take
from puumerkki.kernel.settings import Settings

_LARGEST = 30_000_000
_SAID = {
    BounceOutcome.counted: "counted",
    BounceOutcome.known: "counted before",
    BounceOutcome.not_failed: "left: it was not refused",
    BounceOutcome.no_report: "left: no delivery report",
    BounceOutcome.not_ours: "left: about no mail of ours",
}


def bounces(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A folder of messages, or a Maildir. Default: one message from standard input."),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the files of reports that are counted.")] = False,
) -> None:
    """Read delivery reports (RFC 3464) and note the addresses that take no mail. The same report counts once.

    Ends with 75 where the database is away, so that the mail server keeps the message and tries again.
    """
    settings = prepare()
    if folder is not None and not folder.is_dir():
        raise fail(f"{folder} is no folder.")
    try:
        if folder is None:
            told = asyncio.run(_take(settings, sys.stdin.buffer.read(_LARGEST)))
            console.print(_SAID[told])
            return
        for path in _files(folder):
            told = asyncio.run(_take(settings, path.read_bytes()[:_LARGEST]))
            console.print(f"{path.name}: {_SAID[told]}")
            if remove and told in (BounceOutcome.counted, BounceOutcome.known):
                path.unlink()
    except (DBAPIError, OSError) as error:
        console.print(f"{type(error).__name__}: the message was not read; it can be handed in again.")
        raise typer.Exit(os.EX_TEMPFAIL) from None


def _files(folder: Path) -> Iterator[Path]:
    for part in (folder, folder / "new", folder / "cur"):
        if part.is_dir():
            yield from sorted(path for path in part.iterdir() if path.is_file() and not path.name.startswith("."))


async def _take(settings: Settings, content: bytes) -> BounceOutcome:
    async with session_of(settings) as session:
        return await take(session, content)
