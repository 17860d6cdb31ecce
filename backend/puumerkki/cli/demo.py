"""`demo`: a lively world to look at, on this machine."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Annotated

import httpx
import psycopg
import typer
from rich.table import Table
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.cli.installation import console, fail, load_facts, owner_url, prepare, session_of
from puumerkki.cli.serving import require_free_port, run
from puumerkki.demo import PASSWORD, Stage, build_world
from puumerkki.identity.models import User
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import migrate
from puumerkki.kernel.db import libpq_url, make_engine, make_sessions, transaction
from puumerkki.kernel.embedded_postgres.server_host import default_data_dir
from puumerkki.kernel.eventlog.sequencer import sequence_events
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.settings import Settings
from puumerkki.notifications.service.following import show_lately
from puumerkki.web.app import create_app

DOMAIN = "@demo.example"
SHOWN = 14
NEWS_DAYS = 14


def demo(
    reset: Annotated[bool, typer.Option(help="Throw the demo's data away and start over.")] = False,
    serve: Annotated[bool, typer.Option(help="Serve it, too.")] = True,
) -> None:
    """Load a believable world (once) and serve it with its own embedded database."""
    if os.environ.get("DATABASE_URL"):
        raise fail("The demo has a database of its own: unset DATABASE_URL, or use `puumerkki serve`.")
    os.environ.setdefault("PUUMERKKI_LOG_LEVEL", "warning")
    settings = prepare(data_dir=_folder())
    if serve:
        require_free_port(settings)
    ready = (settings.data_dir or _folder()) / "demo-ready"
    if reset or not ready.exists():
        _throw_away(settings)
        asyncio.run(_build(settings))
        ready.write_text(f"{PASSWORD}\n")
    asyncio.run(_say_who(settings))
    console.print(f"[bold]http://{settings.host}:{settings.port}/docs[/]  mails go to {settings.data_dir}/mail")
    if serve:
        run(settings)


def _folder() -> Path:
    return default_data_dir() / "demo"


def _throw_away(settings: Settings) -> None:
    """The owner empties the database; the files and mails of the demo go, too."""
    assert settings.data_dir is not None
    (settings.data_dir / "demo-ready").unlink(missing_ok=True)
    with psycopg.connect(owner_url(settings), autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
        connection.execute("grant usage on schema public to public")
    migrate.upgrade(owner_url(settings))
    for name in ("files", "mail"):
        shutil.rmtree(settings.data_dir / name, ignore_errors=True)


async def _build(settings: Settings) -> None:
    """Make the world in this process, through the API. Interrupted, it begins anew next time."""
    await load_facts(settings)
    assert settings.database_url is not None
    engine = make_engine(settings.database_url, pool_size=3)
    app = create_app()
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(settings.database_url, size=2)
    app.state.token_reader = TokenReader(app.state.sessions)
    try:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=settings.public_url) as client:
            with console.status("Making a world: municipalities, networks, needs, applications …"):
                await build_world(Stage(client, app.state.sessions))
        await _show_notices(settings, app.state.sessions)
    finally:
        await app.state.reads.close()
        await engine.dispose()


async def _show_notices(settings: Settings, sessions: async_sessionmaker[AsyncSession]) -> None:
    """What happened lately stands in people's notices; nobody is mailed of it."""
    url = libpq_url(settings.database_url or "")
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while await sequence_events(connection):
            pass
    async with transaction(sessions) as session:
        await show_lately(session, days=NEWS_DAYS)


async def _say_who(settings: Settings) -> None:
    async with session_of(settings) as session:
        statement = select(User).where(col(User.email).endswith(DOMAIN)).order_by(col(User.created_at))
        people = (await session.exec(statement)).all()
    table = Table("sign in as", "who", title=f"The password of all is {PASSWORD}")
    for person in people[:SHOWN]:
        table.add_row(person.email, person.name)
    table.add_row("…", f"and {len(people) - SHOWN} more")
    console.print(table)
