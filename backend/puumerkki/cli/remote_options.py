"""Which installation elsewhere a command is about, and who asks it: the options before the command."""

import ipaddress
import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

import typer

from puumerkki.cli.installation import fail
from puumerkki.cli.remote import Server

CLIENT_ID = "PUUMERKKI_CLIENT_ID"
SECRET = "PUUMERKKI_CLIENT_SECRET"
ELSEWHERE = ("import", "undo-import")
"""The commands that go on elsewhere, too."""


def choose_server(
    context: typer.Context,
    server: Annotated[
        str | None, typer.Option(help="The address of an installation elsewhere, for import and undo-import.")
    ] = None,
    client_id: Annotated[
        UUID | None, typer.Option(envvar=CLIENT_ID, help="The service account that asks there.")
    ] = None,
    email: Annotated[str | None, typer.Option(help="The person who asks there, instead of a service account.")] = None,
    secret_file: Annotated[
        Path | None,
        typer.Option(help=f"A file with the secret or password; otherwise {SECRET}, or it is asked for."),
    ] = None,
) -> None:
    """Networks of municipalities, wellbeing services counties and associations."""
    if server is None:
        if email is not None or secret_file is not None:
            raise fail("--email and --secret-file go with --server.")
        return
    if context.invoked_subcommand not in ELSEWHERE:
        raise fail(f"--server goes with {' and '.join(ELSEWHERE)}.")
    account = email or client_id
    if account is None:
        raise fail(f"Say who asks: --client-id or {CLIENT_ID} for a service account, --email for a person.")
    chosen = Server(_checked(server), account, _secret(secret_file, account))
    context.call_on_close(chosen.close)
    context.obj = chosen


def _checked(url: str) -> str:
    """The address without a slash at its end; http goes to this machine only, since the token would go in clear."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise fail("--server takes the address that people open in the browser, such as https://puumerkki.example.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise fail("--server takes the address alone, without a name, a secret or anything behind it.")
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise fail(f"{url} is not encrypted: everybody on the way could read the secret. Use https.")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _secret(file: Path | None, account: UUID | str) -> str:
    """Never from the command's line, which others on the machine see."""
    if file is not None:
        try:
            found = file.read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise fail(f"{file} cannot be read: {error}") from None
    elif SECRET in os.environ:
        found = os.environ[SECRET].strip()
    elif sys.stdin.isatty():
        found = getpass(f"Secret of {account}: ").strip()
    else:
        raise fail(f"No secret: put it into {SECRET}, or into a file and name that with --secret-file.")
    if not found:
        raise fail("The secret is blank.")
    return found
