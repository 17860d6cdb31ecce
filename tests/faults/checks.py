"""What must hold after every trouble and in the end; what is broken is told in words."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import httpx
from psycopg import AsyncConnection

from puumerkki.kernel.crypto.signed_tokens import load_public_key
from puumerkki.kernel.eventlog.auditing import verify_database
from puumerkki.kernel.settings import get_settings
from puumerkki.wiring.invariants import broken
from tests.faults.actors import Ledger

SHOWN = 10
PAGE = 500
Checks = Counter[str]


async def always(connection: AsyncConnection[Any], checks: Checks) -> list[str]:
    """The gate, electorates and votes, numbers, positions, and the chain of seals: at any moment."""
    found = [f"{one.code}: {one.message} {one.what}" for one in await broken(connection)]
    checks["gate, votes, numbers, positions"] += 1
    known = await connection.execute("select kid, public_jwk from signing_key where purpose = 'seals'")
    keys = {kid: load_public_key(jwk) for kid, jwk in await known.fetchall()}
    report = await verify_database(connection, keys.get, get_settings().public_url)
    checks["seal chain"] += 1
    return found + [f"{one.code}: {one.message} {one.first}–{one.last}" for one in report.findings]


async def in_the_end(
    connection: AsyncConnection[Any], ledger: Ledger, letters: dict[str, list[str]], followed: list[int], checks: Checks
) -> list[str]:
    """What was promised to people, held against what is there, once all work is done."""
    found = list(ledger.odd)
    checks["answers"] += ledger.requests
    for what, select, promised in (
        ("application", "select title from application where title like 'Hanke %'", ledger.applications),
        ("comment", "select body from comment where body like 'Huomio %'", ledger.comments),
        ("invitation", "select email from app_user where state = 'invited'", ledger.invitations),
        ("mail", "select recipient from mail_outbox", ledger.invitations),
    ):
        there = Counter(await _column(connection, select))
        found += _kept(what, promised, there)
        checks["promises kept, nothing made twice"] += len(promised)
    found += await _votes(connection, ledger, checks)
    found += await _imports(connection, ledger, checks)
    found += await _mails(connection, letters, checks)
    found += await _feed(connection, followed, checks)
    return found


def _kept(what: str, promised: dict[str, bool], there: Counter[str]) -> Iterable[str]:
    lost = [name for name, acknowledged in promised.items() if acknowledged and not there[name]]
    twice = [name for name, count in there.items() if count > 1]
    yield from (f"lost: the {what} {name} was acknowledged" for name in lost[:SHOWN])
    yield from (f"doubled: the {what} {name}" for name in twice[:SHOWN])


async def _votes(connection: AsyncConnection[Any], ledger: Ledger, checks: Checks) -> list[str]:
    """A vote that was acknowledged is there, unless its member stood aside later."""
    rows = await (
        await connection.execute(
            "select b.handling_id::text, v.member_id::text from ballot b join vote v on v.ballot_id = b.id"
            " union select b.handling_id::text, r.member_id::text from ballot b join recusal r on r.ballot_id = b.id"
        )
    ).fetchall()
    checks["acknowledged votes"] += len(ledger.votes)
    return [f"lost: the vote of {vote}" for vote in sorted(ledger.votes - {(one[0], one[1]) for one in rows})[:SHOWN]]


async def _imports(connection: AsyncConnection[Any], ledger: Ledger, checks: Checks) -> list[str]:
    """Each file is in wholly, or not at all, as its job says."""
    there = set(await _column(connection, "select association_register_number from organisation"))
    states = dict(
        await (await connection.execute("select file_name, state::text from import_job")).fetchall()
    )  # by names that nobody gave twice
    found = []
    for name, (job, numbers) in ledger.imports.items():
        count, state = len(there.intersection(numbers)), states.get(name)
        if job is not None and state is None:
            found.append(f"lost: the import {name}")
        if count not in (0, len(numbers)) or (count > 0) != (state == "succeeded"):
            found.append(f"half: the import {name} is {state}, {count} of {len(numbers)} rows are in")
        if job is not None and state not in ("succeeded", "failed"):
            found.append(f"unfinished: the import {name} is {state}")
    checks["imports whole or not at all"] += len(ledger.imports)
    return found


async def _mails(connection: AsyncConnection[Any], letters: dict[str, list[str]], checks: Checks) -> list[str]:
    """Each message reached the mail server, and nothing that was not written here. A repeat has the same Message-ID."""
    rows = await (await connection.execute("select id, recipient, sent_at from mail_outbox")).fetchall()
    written = {id_.hex: recipient for id_, recipient, _ in rows}
    found = [f"mail not marked as sent: {id_}" for id_, _, sent_at in rows if sent_at is None][:SHOWN]
    found += [f"mail never arrived: {id_}" for id_ in set(written) - set(letters)][:SHOWN]
    found += [f"mail out of nowhere: {id_}" for id_ in set(letters) - set(written)][:SHOWN]
    found += [
        f"mail to somebody else: {id_}"
        for id_, recipients in letters.items()
        if set(recipients) != {written.get(id_, recipients[0])}
    ][:SHOWN]
    checks["mails once"] += len(written)
    return found


async def _feed(connection: AsyncConnection[Any], followed: list[int], checks: Checks) -> list[str]:
    """Every event that was committed has its one place; who followed all along saw each once, in order."""
    [(events, places, distinct)] = await (
        await connection.execute(
            "select (select count(*) from event), count(*), count(distinct event_id) from event_position"
        )
    ).fetchall()
    checks["events in the feed"] += events
    found = []
    if not events == places == distinct:
        found.append(f"feed: {events} events, {places} places of {distinct} events")
    there = await _column(connection, "select position from event_position order by position")
    if followed != there:
        found.append(f"feed: the follower saw {len(followed)} places, not those {len(there)} that there are")
    return found


async def followers(
    client: httpx.AsyncClient, ledger: Ledger, tokens: dict[str, str | None], checks: Checks
) -> list[str]:
    """Who followed the feed by the API saw exactly what a reader from the beginning sees now."""
    found = []
    for name, token in tokens.items():
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        anew: list[int] = []
        after, last = 0, -1
        while after != last:
            last = after
            answer = await client.get("/api/v1/events", params={"after": after, "limit": PAGE}, headers=headers)
            page = answer.raise_for_status().json()
            anew += [one["position"] for one in page["items"]]
            after = page["next_after"]
        seen = ledger.followed.get(name, [])
        checks["events followed by the API"] += len(anew)
        if len(set(seen)) != len(seen):
            found.append(f"feed: {name} saw {len(seen) - len(set(seen))} events twice")
        if missed := sorted(set(anew) - set(seen)):
            found.append(f"feed: {name} missed {len(missed)} events, such as {missed[:SHOWN]}")
        if more := sorted(set(seen) - set(anew)):
            found.append(f"feed: {name} saw {len(more)} events that are not there, such as {more[:SHOWN]}")
    return found


async def _column(connection: AsyncConnection[Any], select: str) -> list[Any]:
    return [row[0] for row in await (await connection.execute(select.encode())).fetchall()]
