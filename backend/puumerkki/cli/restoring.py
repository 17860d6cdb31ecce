"""`restore-check`: after a backup was restored, and before anybody writes."""

import asyncio
from typing import Any

import typer
from psycopg import AsyncConnection
from sqlmodel import col, select

from puumerkki.cli.auditing import out, seal_keys, show
from puumerkki.cli.installation import prepare, require_current, session_of
from puumerkki.discussions.models import Attachment
from puumerkki.kernel import files
from puumerkki.kernel.crypto.keys import keys_of, open_key
from puumerkki.kernel.crypto.signed_tokens import KeyUnsealError
from puumerkki.kernel.db import libpq_url
from puumerkki.kernel.eventlog.auditing import Report, verify_database
from puumerkki.kernel.eventlog.sequencer import sequence_events
from puumerkki.kernel.settings import Settings
from puumerkki.notifications.service.following import rebuild
from puumerkki.wiring.invariants import Broken, broken


def restore_check() -> None:
    """After a restore, before the service is started: nothing is lost, and nothing is other than it was.

    Gives the events that the old server had left without a position their places, brings what waits for whom up to
    date without mailing anybody again, checks the event log, the gate,
    numbers and ballots, and says which attachments and keys are missing. Exit code 0: all is well.
    """
    settings = prepare()
    require_current(settings)
    placed, report, found = asyncio.run(check_restored(settings))
    out.print(f"{placed} events were given their places.")
    show(report)
    for one in found:
        out.print(f"[red]✗[/] {one.message} {one.what} [dim]({one.code})[/]")
    if found or not report.whole:
        raise typer.Exit(1)
    out.print("[bold green]The restored data are whole. Start the service.[/]")


async def check_restored(settings: Settings) -> tuple[int, Report, list[Broken]]:
    """How many events were placed, what the log says, and everything else that is not as it must be."""
    assert settings.database_url is not None
    async with await AsyncConnection.connect(libpq_url(settings.database_url), autocommit=True) as connection:
        placed = await _place_tail(connection)
        async with session_of(settings) as session:
            await rebuild(session)
        async with session_of(settings) as session:
            keys = await seal_keys(session)
        report = await verify_database(connection, keys, settings.public_url)
        found = await broken(connection)
    return placed, report, found + await _keys(settings) + await _attachments(settings)


async def _place_tail(connection: AsyncConnection[Any]) -> int:
    count = 0
    while placed := await sequence_events(connection):
        count += placed
    return count


async def _keys(settings: Settings) -> list[Broken]:
    """Keys whose private half this installation's secret does not open."""
    shut = []
    async with session_of(settings) as session:
        for key in await keys_of(session):
            try:
                open_key(key)
            except KeyUnsealError:
                shut.append(Broken("key_shut", "PUUMERKKI_SECRET does not open this key.", f"{key.purpose} {key.kid}"))
    return shut


async def _attachments(settings: Settings) -> list[Broken]:
    """Attachments whose file is not in the store."""
    async with session_of(settings) as session:
        statement = select(col(Attachment.id), col(Attachment.name)).where(col(Attachment.removed_at).is_(None))
        known = (await session.exec(statement)).all()
    return [
        Broken("attachment_missing", "The file of an attachment is missing.", str(id_))
        for id_, _ in known
        if not await files.exists(id_)
    ]
