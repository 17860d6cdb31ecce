"""`keys`: the keys that sign access tokens and endorsements."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.cli.installation import console, fail, prepare, require_current, session_of
from puumerkki.kernel.clock import FINLAND
from puumerkki.kernel.crypto.keys import KeyPurpose, KeyState, SigningKey, keys_of
from puumerkki.kernel.crypto.signed_tokens import KeyUnsealError
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.key_rotation import compromise_key, reseal, revoke_key, rotate_key
from puumerkki.kernel.settings import get_settings

app = typer.Typer(help="The keys that sign tokens and endorsements: rotate, revoke, seal again.", no_args_is_help=True)
Found = TypeVar("Found")
Kid = Annotated[str, typer.Argument(help="The key's id, as `puumerkki keys list` shows it.")]

_ANY_KID = {"ignore_unknown_options": True}
"""One key in sixty-four has an id that begins with a dash and looks like an option."""


def _in_database(use_case: Callable[[AsyncSession], Awaitable[Found]]) -> Found:
    """One transaction; what is refused ends the command with the reason."""
    settings = prepare()
    require_current(settings)

    async def run() -> Found:
        async with session_of(settings) as session:
            return await use_case(session)

    try:
        return asyncio.run(run())
    except PuumerkkiError as error:
        raise fail(error.message) from None
    except KeyUnsealError as error:
        raise fail(str(error)) from None


@app.command("list")
def list_keys() -> None:
    """Show all keys there ever were, the newest first."""
    table = Table("kid", "signs", "state", "made", "retired", "compromised since", "revoked")
    for key in _in_database(keys_of):
        ends = (key.retired_at, key.compromised_at, key.revoked_at)
        table.add_row(key.kid, key.purpose.value, key.state.value, _moment(key.created_at), *map(_moment, ends))
    Console().print(table)


@app.command("rotate")
def rotate(purpose: Annotated[KeyPurpose, typer.Argument(help="What the key signs.")]) -> None:
    """Begin a new key. The old one signs no more; what it signed stays valid. Servers find it by themselves."""
    key = _in_database(lambda session: rotate_key(session, purpose))
    console.print(f"{key.kid} signs {purpose.value} from now on.")


@app.command("revoke", context_settings=_ANY_KID)
def revoke(kid: Kid, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Let a key verify nothing any more: nothing that it ever signed stays valid."""
    if not yes:
        typer.confirm("Nothing that this key signed will be valid any more, for good. Continue?", abort=True)
    key = _in_database(lambda session: revoke_key(session, kid))
    console.print(f"{kid} is revoked. {_effect(key)}")


@app.command("compromise", context_settings=_ANY_KID)
def compromise(
    kid: Kid,
    since: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"],
            help="From when on others may have had it; Finnish time unless an offset is given.",
        ),
    ],
) -> None:
    """Declare a key compromised. Endorsements that it signed stay valid only if sealed in the event log before that."""
    moment = (since if since.tzinfo is not None else since.replace(tzinfo=FINLAND)).astimezone(UTC)
    key = _in_database(lambda session: compromise_key(session, kid, since=moment))
    console.print(f"{kid} counts as compromised since {_moment(key.compromised_at)}. {_effect(key)}")


@app.command("reseal")
def reseal_keys() -> None:
    """Change the secret: seal the private keys with PUUMERKKI_SECRET, opening them with PUUMERKKI_OLD_SECRET.

    Stop the servers and workers first, or restart them right after: they hold the old secret.
    """
    old = os.environ.get("PUUMERKKI_OLD_SECRET", "")
    if not old:
        raise fail("Set PUUMERKKI_OLD_SECRET to the secret until now, and PUUMERKKI_SECRET to the new one.")
    if not os.environ.get("PUUMERKKI_SECRET"):
        raise fail("Set PUUMERKKI_SECRET to the new secret, of 32 random characters or more.")

    async def run(session: AsyncSession) -> int:
        secret = get_settings().secret
        assert secret is not None
        return await reseal(session, old=old, new=secret.get_secret_value())

    count = _in_database(run)
    console.print(f"{count} keys are sealed with the new secret now. Start servers and workers with it.")


def _effect(key: SigningKey) -> str:
    if key.purpose is KeyPurpose.tokens:
        return "Servers refuse its tokens within seconds; people sign in again by themselves."
    gone = "Endorsements that it signed" if key.state is KeyState.revoked else "Later endorsements"
    return f"{gone} are no longer valid; copies of the key set that others keep do not know it yet."


def _moment(at: datetime | None) -> str:
    return "–" if at is None else at.astimezone(FINLAND).strftime("%Y-%m-%d %H:%M:%S")
