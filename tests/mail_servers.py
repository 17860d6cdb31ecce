"""Mail servers that answer as they are told."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from puumerkki.kernel.settings import get_settings
from tests.ports import free_port


@dataclass
class Letter:
    """What the server took."""

    sender: str
    recipients: list[str]
    message: EmailMessage


@dataclass
class MailServer:
    """Takes all but what `at_rcpt` (by address) or `at_data` answer otherwise."""

    at_rcpt: Callable[[str], str | None] = lambda _address: None
    at_data: Callable[[], str | None] = lambda: None
    letters: list[Letter] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        answer = self.at_rcpt(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.at_data()
        if answer is None:
            self.letters.append(Letter(envelope.mail_from, envelope.rcpt_tos, read(envelope.original_content)))
        return answer or "250 OK"


def read(content: bytes) -> EmailMessage:
    """A message as a mail program reads it."""
    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


@contextmanager
def served(server: MailServer) -> Iterator[MailServer]:
    """The server on a port of its own, to which mail goes meanwhile."""
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with sent_to(port):
            yield server
    finally:
        controller.stop()


@contextmanager
def sent_to(port: int) -> Iterator[None]:
    """Mail goes to a port of this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUUMERKKI_MAIL_URL", f"smtp://127.0.0.1:{port}")
        get_settings.cache_clear()
        yield
    get_settings.cache_clear()


@asynccontextmanager
async def dying(*, after_yes: bool) -> AsyncIterator[list[EmailMessage]]:
    """A server that is gone once it has a message: after saying yes, or the first time before it could."""
    taken: list[EmailMessage] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            if line[:4] != b"DATA":
                writer.write(b"250 OK\r\n")
                continue
            writer.write(b"354 go on\r\n")
            taken.append(read((await reader.readuntil(b"\r\n.\r\n"))[:-3]))
            if after_yes or len(taken) > 1:
                writer.write(b"250 OK\r\n")
            await writer.drain()
            break
        writer.close()

    port = free_port()
    async with await asyncio.start_server(talk, "127.0.0.1", port):
        with sent_to(port):
            yield taken
