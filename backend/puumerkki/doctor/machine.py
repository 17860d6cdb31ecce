"""Whether this machine and what stands around it do their part: mail, files, disk, port."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import aiosmtplib
import httpx
import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from puumerkki.doctor.findings import Finding, fault, ok, warning
from puumerkki.kernel.settings import Settings

SECONDS = 5.0
DISK_WARNS, DISK_FAILS = 2_000_000_000, 300_000_000


async def mail(given: Settings, folder: Path) -> Finding:
    """Whether mail can be handed over."""
    parts = urlsplit(given.mail_url)
    if parts.scheme == "folder":
        target = Path(parts.path) if parts.path else folder / "mail"
        if (refused := await asyncio.to_thread(_unwritable, target)) is not None:
            return fault("mail_server", f"Mail cannot be put into {target}: {refused}.", "Correct its owner or mode.")
        if given.public_url.startswith("https://"):
            return warning(
                "mail_server", f"Mail goes to {target}, to nobody.", "Set PUUMERKKI_MAIL_URL to smtp://… or smtps://…."
            )
        return ok("mail_server", f"Mail goes to {target}.")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        return fault(
            "mail_server", "PUUMERKKI_MAIL_URL names no mail server.", "Set it to smtp://…, smtps://… or folder:/path."
        )
    client = aiosmtplib.SMTP(
        hostname=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 25),
        use_tls=parts.scheme == "smtps",
        timeout=SECONDS,
    )
    try:
        async with client:
            if parts.username:
                await client.login(unquote(parts.username), unquote(parts.password or ""))
    except (aiosmtplib.SMTPException, OSError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return fault(
            "mail_server",
            f"The mail server {parts.hostname} does not take us: {said}",
            "Correct host, port, user and password in PUUMERKKI_MAIL_URL, or start the server.",
        )
    return ok("mail_server", f"The mail server {parts.hostname} takes us.")


async def files(given: Settings, folder: Path) -> Finding:
    """Whether attachments can be written, read and removed."""
    where = given.files_url or str(folder / "files")
    content = uuid4().bytes
    key = f"doctor/{uuid4().hex}"
    if given.files_url is None and await asyncio.to_thread(_is_to_come, folder):
        return ok("files", f"Attachments will be kept in {where}.")
    try:
        store = from_url(given.files_url) if given.files_url else LocalStore(folder / "files", mkdir=True)
        await obstore.put_async(store, key, content)
        found = bytes(await (await obstore.get_async(store, key)).bytes_async())
        await obstore.delete_async(store, key)
    except (BaseError, OSError, ValueError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        return fault(
            "files",
            f"Attachments cannot be kept in {where}: {said}",
            "Correct the folder's owner and mode, or PUUMERKKI_FILES_URL and its credentials.",
        )
    if found != content:
        return fault("files", f"{where} gives back other bytes than it was given.", "Use another store.")
    return ok("files", f"Attachments are kept in {where}.")


async def disk(_: Settings, folder: Path) -> Finding:
    """Whether the data folder has room."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    what = f"{free / 1e9:.1f} GB are free on the disk of {folder}."
    if free < DISK_WARNS:
        made = fault if free < DISK_FAILS else warning
        return made("disk", what, "Make room, or set PUUMERKKI_DATA_DIR to a larger disk.")
    return ok("disk", what)


async def port(given: Settings, _: Path) -> Finding:
    """Whether our server, nobody, or a stranger listens."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(given.host, given.host)
    address = f"{given.host}:{given.port}"
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            answer = await client.get(f"http://{host}:{given.port}/api/v1/health")
        said = answer.json()
        # what stands still in the background is said of the worker's loops
        known = said.get("status") == "ok" or said.get("code") == "loop_stopped" if isinstance(said, dict) else False
        ours = answer.status_code in (200, 503) and known
    except httpx.ConnectError:
        return ok("port", f"Nobody listens on {address}: the server is not running, the port is free.")
    except (httpx.HTTPError, ValueError):
        ours = False
    if not ours:
        return fault(
            "port",
            f"Something on {address} does not answer as Puumerkki in health does.",
            "If it is another program, set PUUMERKKI_PORT; if it is ours, look at its log.",
        )
    return ok("port", f"Puumerkki answers on {address}.")


def _unwritable(folder: Path) -> str | None:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        handle, name = tempfile.mkstemp(prefix=".doctor-", dir=there)
    except OSError as error:
        return error.strerror or str(error)
    os.close(handle)
    os.unlink(name)
    return None


def _is_to_come(folder: Path) -> bool:
    """Whether the first start can make this folder; looking at it does not."""
    return not folder.exists() and _unwritable(folder) is None
