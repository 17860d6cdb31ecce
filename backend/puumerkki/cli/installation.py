"""What every command needs first: where the data lie, the secret, a database that is up to date."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki import wiring
from puumerkki.kernel import logs, migrate
from puumerkki.kernel.crypto.keys import KeyState, keys_of, open_key
from puumerkki.kernel.crypto.signed_tokens import KeyUnsealError
from puumerkki.kernel.db import make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.embedded_postgres.server_host import LocalPostgresError, default_data_dir
from puumerkki.kernel.settings import Settings, get_settings
from puumerkki.reference.loading import load_reference

console = Console(stderr=True)


def fail(message: str) -> typer.Exit:
    """Print what is wrong; raise the result."""
    console.print(f"[bold red]{message}[/]", highlight=False)
    return typer.Exit(1)


def read_settings() -> Settings:
    """The settings; a wrong one ends the command with its name and what is expected."""
    try:
        return get_settings()
    except ValidationError as error:
        wrong = "; ".join(f"PUUMERKKI_{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())
        raise fail(wrong) from None


def _set(name: str, value: str) -> None:
    """Settings are read from the environment only, by this process and those that it starts."""
    os.environ[name] = value
    get_settings.cache_clear()


def prepare(*, data_dir: Path | None = None) -> Settings:
    """Settings whose database can be used. Without DATABASE_URL the embedded server is started and migrated."""
    settings = read_settings()
    folder = settings.data_dir or data_dir or default_data_dir()
    _set("PUUMERKKI_DATA_DIR", str(folder))
    if settings.database_url is None:
        _embedded(folder, settings)
    elif settings.secret is None:
        raise fail(
            "PUUMERKKI_SECRET is not set. Choose 32 random characters or more and keep them: they seal the keys."
        )
    settings = read_settings()
    logs.configure()
    wiring.connect()
    return settings


def _embedded(folder: Path, settings: Settings) -> None:
    try:
        server = local_postgres.ensure_running(folder)
        local_postgres.ensure_database(server)
    except LocalPostgresError as error:
        raise fail(str(error)) from None
    if settings.secret is None:
        _set("PUUMERKKI_SECRET", _kept_secret(folder / "secret"))
    _set("PUUMERKKI_MIGRATION_DATABASE_URL", server.url())
    _set("DATABASE_URL", server.url(user=local_postgres.APP))
    if not migrate.is_current(server.url()):
        with console.status("Preparing the database …"):
            migrate.upgrade(server.url())
            asyncio.run(load_facts(read_settings()))


def _kept_secret(file: Path) -> str:
    """The secret of an installation with an embedded database, made on its first start."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def owner_url(settings: Settings) -> str:
    """The URL that migrations use."""
    url = settings.migration_database_url or settings.database_url
    assert url is not None
    return url


def require_current(settings: Settings) -> None:
    """End the command where the database has not been migrated."""
    try:
        current = migrate.is_current(owner_url(settings))
    except OperationalError as error:
        raise fail(f"The database cannot be reached: {str(error.orig).splitlines()[0]}") from None
    if not current:
        raise fail("The database is older than this program. Run `puumerkki migrate` first.")


@asynccontextmanager
async def session_of(settings: Settings) -> AsyncIterator[AsyncSession]:
    """One transaction on the application's database."""
    assert settings.database_url is not None
    engine = make_engine(settings.database_url, pool_size=2)
    try:
        async with transaction(make_sessions(engine)) as session:
            yield session
    finally:
        await engine.dispose()


async def require_keys(settings: Settings) -> None:
    """End the command where the secret is not the one that the signing keys were sealed with."""
    async with session_of(settings) as session:
        for key in await keys_of(session):
            if key.state is KeyState.current:
                try:
                    open_key(key)
                except KeyUnsealError as error:
                    raise fail(str(error)) from None


async def load_facts(settings: Settings) -> None:
    """Municipalities and classifications, as the package carries them."""
    async with session_of(settings) as session:
        await load_reference(session)
