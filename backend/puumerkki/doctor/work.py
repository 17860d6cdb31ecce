"""Whether the work in the background goes on: positions, seals, jobs, mail, keys."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import psycopg

from puumerkki.doctor.findings import Finding, Installation, fault, ok, warning
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.signed_tokens import KeyUnsealError, open_private_key
from puumerkki.kernel.loops import PATIENCE
from puumerkki.kernel.mail.state import MAIL_WAITS

Connection = psycopg.AsyncConnection[Any]
START = "Start `puumerkki worker`, or `puumerkki serve` with one process, and look at its log."
POSITION_WAITS = timedelta(seconds=60)
SEAL_WAITS = timedelta(minutes=10)
MAIL_LATELY = timedelta(days=1)
HEARTBEAT = timedelta(seconds=60)


async def _row(connection: Connection, query: str, *values: object) -> tuple[Any, ...]:
    row = await (await connection.execute(query.encode(), values)).fetchone()
    return tuple(row) if row else ()


async def sequencer(connection: Connection, _: Installation) -> Finding:
    """Events reach the feed once they have a position."""
    count, oldest = await _row(
        connection,
        "select count(*), min(event.occurred_at) from event, event_sequence where event_sequence.id = 1"
        " and event.xid >= event_sequence.horizon"
        " and not exists (select from event_position where event_position.event_id = event.id)",
    )
    if oldest is not None and clock.now() - oldest > POSITION_WAITS:
        return fault(
            "sequencer",
            f"{count} events wait for their place in the feed, the oldest for {_age(oldest)}.",
            f"{START} If one runs, a transaction that is left open holds the feed up: see pg_stat_activity.",
        )
    return ok("sequencer", "The feed is up to date.")


async def seals(connection: Connection, _: Installation) -> Finding:
    """What has a position is sealed soon after."""
    count, oldest = await _row(
        connection,
        "select count(*), min(occurred_at) from event_position"
        " where position > (select coalesce(max(last_position), 0) from event_seal)",
    )
    if oldest is not None and clock.now() - oldest > SEAL_WAITS:
        return fault("seals", f"{count} events are not sealed, the oldest for {_age(oldest)}.", START)
    return ok("seals", "The event log is sealed.")


async def worker_loops(connection: Connection, _: Installation) -> Finding:
    """Whether each loop of the worker gets its rounds done: one that stands still says nothing by itself."""
    rows = await (await connection.execute("select name, beat_at, failure from worker_loop order by name")).fetchall()
    late = [
        f"{name} for {_age(since)}" + (f" ({failure})" if failure else "")
        for name, since, failure in rows
        if name in PATIENCE and clock.now() - since > PATIENCE[name]
    ]
    if late:
        return fault(
            "worker_loops",
            f"Work in the background stands still: {', '.join(late)}.",
            f"{START} What ends a loop is logged as loop_interrupted or tick_failed, with its cause.",
        )
    return ok("worker_loops", "The worker's loops get their rounds done.")


async def workers(connection: Connection, _: Installation) -> Finding:
    """Somebody who runs the jobs."""
    (last,) = await _row(connection, "select max(last_heartbeat) from procrastinate_workers")
    if last is None or clock.now() - last > HEARTBEAT:
        since = "No worker runs" if last is None else f"No worker has been heard of for {_age(last)}"
        return fault("workers", f"{since}: mails do not go out, deadlines do not pass.", START)
    return ok("workers", "A worker runs.")


async def stalled_jobs(connection: Connection, _: Installation) -> Finding:
    """Jobs whose worker died over them."""
    (count,) = await _row(
        connection,
        "select count(*) from procrastinate_jobs left join procrastinate_workers as worker on worker.id = worker_id"
        " where status = 'doing' and (worker.id is null or worker.last_heartbeat < %s)",
        clock.now() - HEARTBEAT * 3,
    )
    if count:
        return warning(
            "stalled_jobs",
            f"{count} jobs were begun by workers that are gone.",
            f"A worker takes them up again. {START}",
        )
    return ok("stalled_jobs", "No job is stuck.")


async def failed_jobs(connection: Connection, _: Installation) -> Finding:
    """Jobs that were given up."""
    count, names = await _row(
        connection,
        "select count(*), string_agg(distinct task_name, ', ') from procrastinate_jobs where status = 'failed'",
    )
    if count:
        return warning(
            "failed_jobs",
            f"{count} jobs were given up: {names}.",
            "Look for their names in the worker's log, fix the cause, then retry or delete them.",
        )
    return ok("failed_jobs", "No job was given up.")


async def outbox(connection: Connection, _: Installation) -> Finding:
    """Mails that do not go out: those that wait, and why, then those that were given up."""
    now = clock.now()
    count, oldest, late, said = await _row(
        connection,
        "select count(*), min(moment), count(*) filter (where trouble is distinct from 'message'),"
        " (array_agg(last_error order by moment) filter (where trouble = 'server'))[1]"
        " from (select coalesce(due_at, created_at) as moment, trouble, last_error from mail_outbox"
        " where sent_at is null and failed_at is null) as waiting where moment < %s",
        now - MAIL_WAITS,
    )
    if late:
        because = f" The mail server said: {said}" if said else ""
        return fault(
            "outbox",
            f"{count} mails wait, the oldest for {_age(oldest)}.{because}",
            "See what is said of the worker, of given-up jobs and of the mail server.",
        )
    refused, reasons = await _row(
        connection,
        "select count(*), (array_agg(distinct last_error))[1:3] from mail_outbox"
        " where failed_at > %s and last_error <> 'address_failing'",
        now - MAIL_LATELY,
    )
    if refused:
        return warning(
            "outbox",
            f"{refused} mails of the last day were given up: {'; '.join(reasons)}",
            "Where an address is wrong, whoever manages the people corrects it; else see docs/mail.md.",
        )
    if count:
        return ok("outbox", f"{count} mails are tried again, since the servers of their addresses put them off.")
    return ok("outbox", "No mail waits.")


async def keys(connection: Connection, installation: Installation) -> Finding:
    """Whether the secret opens the keys that sign."""
    rows = await (
        await connection.execute("select kid, purpose, private_sealed from signing_key where retired_at is null")
    ).fetchall()
    if not rows:
        return ok("keys", "There are no keys yet: the first ones are made when needed.")
    secret = installation.secret
    closed = [
        f"{kid} ({purpose})"
        for kid, purpose, sealed in rows
        if secret is None or not await asyncio.to_thread(_opens, bytes(sealed), secret)
    ]
    if closed:
        return fault(
            "keys",
            f"PUUMERKKI_SECRET does not open the keys {', '.join(closed)}: nobody can sign in.",
            "Set the secret that they were sealed with; to change it, run `puumerkki keys reseal`.",
        )
    return ok("keys", "The secret opens the keys that sign.")


def _opens(sealed: bytes, secret: str) -> bool:
    try:
        open_private_key(sealed, secret)
    except KeyUnsealError:
        return False
    return True


def _age(since: datetime) -> str:
    seconds = (clock.now() - since).total_seconds()
    for size, name in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {name}"
    return f"{seconds:.0f} seconds"
