"""Answers that nobody reads yet hold nothing up: not the lines that still come, and not the memory."""

import http.client
import json
import socket
from collections.abc import AsyncIterator
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puumerkki.imports.holding import IN_MEMORY, Held, held
from tests.waiting import until
from tests.web.served import served

LINES = 60_000
LINE = b"x" * 500 + b"\n"
"""No JSON: what is answered is what is counted."""


def test_a_client_may_send_all_before_it_reads(committed_database: str) -> None:
    with served(committed_database) as running:
        token = running.scene("imports_bring_lines").tokens["operator"]
        address = urlsplit(running.url)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
        connection.connect()
        for buffer in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            connection.sock.setsockopt(socket.SOL_SOCKET, buffer, 1 << 16)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
        connection.request("POST", "/api/v1/imports/bulk?kind=organisations", body=LINE * LINES, headers=headers)
        answer = connection.getresponse()
        told = answer.read().splitlines()
        connection.close()
    assert (answer.status, len(told)) == (200, LINES)
    assert json.loads(told[-1])["line"] == LINES


async def test_answers_are_made_while_nobody_reads_them() -> None:
    made: list[int] = []

    async def answers() -> AsyncIterator[bytes]:
        for number in range(20):
            made.append(number)
            yield b"%07d\n" % number * (IN_MEMORY // 80)

    stream = held(answers())
    first = await anext(stream)

    async def all_made() -> bool:
        return len(made) == 20

    await until(all_made)
    whole = first + b"".join([some async for some in stream])
    assert whole == b"".join([b"%07d\n" % number * (IN_MEMORY // 80) for number in range(20)])


async def test_who_leaves_too_much_unread_waits() -> None:
    made: list[int] = []

    async def answers() -> AsyncIterator[bytes]:
        for number in range(50):
            made.append(number)
            yield b"12345"

    stream = held(answers(), most=10)
    assert await anext(stream)
    assert len(made) < 10
    assert len(b"".join([some async for some in stream])) > 200


async def test_what_goes_wrong_is_raised_after_what_was_made() -> None:
    async def answers() -> AsyncIterator[bytes]:
        yield b"one"
        raise ValueError("two")

    stream = held(answers())
    assert await anext(stream) == b"one"
    with pytest.raises(ValueError, match="two"):
        await anext(stream)


@given(st.lists(st.one_of(st.binary(min_size=1, max_size=9), st.none())))
async def test_what_is_taken_is_what_was_put(steps: list[bytes | None]) -> None:
    """None: something is taken, where there is something."""
    between, put, taken = Held(BytesIO()), b"", b""
    for step in steps:
        if step is not None:
            await between.put(step)
            put += step
        elif len(taken) < len(put):
            taken += await between.take()
    await between.end()
    while some := await between.take():
        taken += some
    assert taken == put
