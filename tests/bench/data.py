"""A database of all Finland's size: the demo world, and in bulk what grows, cloned from it with invented names."""

import asyncio
import time
from pathlib import Path

import httpx
import psycopg

from puumerkki.demo import Stage, build_world
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import migrate
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.reference.loading import load_reference
from puumerkki.web.app import create_app
from tests.bench.bulk import AGREED, BASE, BULK, FORMS, FUNCTIONS, KINDS, WORDS

FULL = 110_000
"""Organisations at the full size; everything else grows with them."""

DRAFT = "Luonnos jätettäväksi"
DRAFTS = """
with base as (
    select a.* from application a join role_grant g on g.scope_id = a.applicant_id
    join app_user u on u.id = g.principal_id and u.email = 'hakija01@demo.example'
    where a.state = 'active' and a.current_version is not null order by a.id limit 1
), made as (
    insert into application
        (id, created_at, updated_at, version, applicant_id, state, title, language, content, private, amount_cents)
    select gen_random_uuid(), now(), now(), 1, applicant_id, 'draft', %(title)s, language, content, private,
        amount_cents
    from base, generate_series(1, %(count)s)
    returning id
)
insert into application_network (application_id, network_id)
select made.id, asked.network_id from made, (
    select n.network_id from application_network n join base on base.id = n.application_id limit 1) asked
"""
"""Drafts that are whole, asked of one network: each can be submitted once."""


def add_drafts(url: str, count: int) -> None:
    """So many applications to submit, in the place of those that are left."""
    with psycopg.connect(url, autocommit=True) as connection:
        left = "select id from application where state = 'draft' and title = %s"
        for table, key in (("application_network", "application_id"), ("application", "id")):
            connection.execute(f"delete from {table} where {key} in ({left})".encode(), [DRAFT])
        connection.execute(DRAFTS.encode(), {"title": DRAFT, "count": count})
        connection.execute("analyze application, application_network")


def prepare(folder: Path, organisations: int) -> local_postgres.LocalServer:
    """A running server whose database `bench_<organisations>` is filled; filled ones are used again."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    server = local_postgres.ensure_running(folder / "data")
    name = database_name(organisations)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            return server
        connection.execute(f'drop database if exists "{name}_new"')
    started = time.monotonic()
    local_postgres.ensure_database(server, f"{name}_new")
    url = server.url(f"{name}_new")
    migrate.upgrade(url)
    asyncio.run(_demo(url))
    fill(url, organisations)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f'alter database "{name}_new" rename to "{name}"')
    print(f"filled {name} in {time.monotonic() - started:.0f} s", flush=True)
    return server


def database_name(organisations: int) -> str:
    """The database of a size."""
    return f"bench_{organisations}"


async def _demo(url: str) -> None:
    engine = make_engine(url, pool_size=3)
    sessions = make_sessions(engine)
    async with sessions() as session:
        await load_reference(session)
        await session.commit()
    app = create_app()
    app.state.sessions = sessions
    app.state.reads = ReadPool(url, size=2)
    app.state.token_reader = TokenReader(sessions)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
        await build_world(Stage(client, sessions))
    await app.state.reads.close()
    await engine.dispose()


def fill(url: str, organisations: int) -> None:
    """Clone in bulk. Foreign keys and triggers are off meanwhile: the rows are made to fit."""
    sizes = {
        "organisations": organisations,
        "networks": max(20, organisations * 2000 // FULL),
        "applications": max(200, organisations * 200_000 // FULL),
        "agreements": max(50, organisations * 20_000 // FULL),
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(FUNCTIONS)
        for statement in BULK:
            filled = statement.format(words=WORDS, kinds=KINDS, forms=FORMS, base=BASE, agreed=AGREED, **sizes)
            connection.execute(filled.encode())
        connection.execute("vacuum analyze")
