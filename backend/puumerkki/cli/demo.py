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
from sqlmodel import col, select

from puumerkki.cli.installation import console, fail, load_facts, owner_url, prepare
from puumerkki.cli.serving import run
from puumerkki.identity.models import User
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import migrate
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.reads import ReadPool
from puumerkki.kernel.server_host import default_data_dir
from puumerkki.kernel.settings import Settings, get_settings
from puumerkki.web.app import create_app
from puumerkki.wiring.demo import PASSWORD, Stage, build_world

DOMAIN = "@demo.example"
SHOWN = 14


def demo(
    reset: Annotated[bool, typer.Option(help="Throw the demo's data away and start anew.")] = False,
    serve: Annotated[bool, typer.Option(help="Serve it, too.")] = True,
) -> None:
    """Load a believable world (once) and serve it with its own embedded database."""
    if os.environ.get("DATABASE_URL"):
        raise fail("The demo has a database of its own: unset DATABASE_URL, or use `puumerkki serve`.")
    settings = prepare(data_dir=_folder())
    if reset:
        _throw_away(settings)
    asyncio.run(_load(settings))
    console.print(f"[bold]http://{settings.host}:{settings.port}/docs[/]  mails go to {settings.data_dir}/mail")
    if serve:
        run(settings)


def _folder() -> Path:
    return default_data_dir() / "demo"


def _throw_away(settings: Settings) -> None:
    """The owner empties the database; the files and mails of the demo go, too."""
    with psycopg.connect(owner_url(settings), autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
        connection.execute("grant usage on schema public to public")
    migrate.upgrade(owner_url(settings))
    assert settings.data_dir is not None
    for name in ("files", "mail"):
        shutil.rmtree(settings.data_dir / name, ignore_errors=True)


async def _load(settings: Settings) -> None:
    await load_facts(settings)
    assert settings.database_url is not None
    engine = make_engine(settings.database_url, pool_size=3)
    sessions = make_sessions(engine)
    reads = ReadPool(settings.database_url, size=2)
    await reads.open()
    try:
        async with sessions() as session:
            known = (await session.exec(select(User).where(col(User.email).endswith(DOMAIN)))).all()
        if known:
            _say_who([(user.email, user.name) for user in known])
            return
        app = create_app()
        app.state.sessions, app.state.reads, app.state.token_reader = sessions, reads, TokenReader(sessions)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=get_settings().public_url) as client:
            stage = Stage(client, sessions)
            with console.status("Making a world: municipalities, networks, needs, applications …"):
                await build_world(stage)
        _say_who([(person.email, person.what) for person in stage.people])
    finally:
        await reads.close()
        await engine.dispose()


def _say_who(people: list[tuple[str, str]]) -> None:
    table = Table("sign in as", "who", title=f"Password of all: {PASSWORD}")
    for email, what in people[:SHOWN]:
        table.add_row(email, what)
    console.print(table)
