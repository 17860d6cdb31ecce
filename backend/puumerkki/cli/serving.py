"""`serve`, `worker` and `migrate`."""

import asyncio
import signal
import socket
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from uvicorn.supervisors import ChangeReload, Multiprocess

from puumerkki.cli.installation import console, fail, load_facts, owner_url, prepare, require_current, require_keys
from puumerkki.kernel import migrate
from puumerkki.kernel.memory import settle_memory
from puumerkki.kernel.settings import Settings
from puumerkki.worker import run_worker

CODE = Path(__file__).parents[1]
GRACE_SECONDS = 10
START_SECONDS = 120
"""So long may a process be silent before the one above it ends it: on a busy machine it begins to answer late, and
would be ended and begun anew for ever."""


def serve(
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="API processes; with several, run `puumerkki worker` too.")
    ] = 1,
    fd: Annotated[
        int | None,
        typer.Option(min=0, help="Serve on a socket that is open already: it stays while we restart."),
    ] = None,
    reload: Annotated[
        bool, typer.Option(help="For development: restart when the code changes. Run `puumerkki worker` too.")
    ] = False,
) -> None:
    """Serve the API and the app; with one process, run the jobs in it too."""
    if reload and (workers > 1 or fd is not None):
        raise fail("--reload serves alone: leave out --workers and --fd.")
    settings = prepare()
    require_current(settings)
    asyncio.run(require_keys(settings))
    asyncio.run(load_facts(settings))
    if reload:
        _run_reloading(settings)
    else:
        run(settings, workers=workers, fd=fd)


def _run_reloading(settings: Settings) -> None:
    require_free_port(settings)
    options = server_options(settings) | {"reload": True, "reload_dirs": [str(CODE)], "timeout_graceful_shutdown": 1}
    config = uvicorn.Config("puumerkki.web.app:create_app", factory=True, **options)
    ChangeReload(config, target=uvicorn.Server(config).run, sockets=[config.bind_socket()]).run()


def require_free_port(settings: Settings) -> None:
    """End the command where another program listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise fail(
                f"We cannot listen on {settings.host}:{settings.port}: {error.strerror}. Set PUUMERKKI_PORT to another."
            ) from None


def inherited(fd: int) -> socket.socket:
    """The listening socket that whoever started us holds open."""
    try:
        found = socket.socket(fileno=fd)
        if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return found
        found.detach()
    except OSError:
        pass
    raise fail(f"File descriptor {fd} is not a listening socket. Give --fd one, or leave it out.")


def server_options(settings: Settings) -> dict[str, Any]:
    """How uvicorn serves."""
    return {
        "host": settings.host,
        "port": settings.port,
        "loop": "uvloop",
        "http": "httptools",
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "proxy_headers": True,
        # of others anybody could say whose address it is, and get around the limits of tries
        "forwarded_allow_ips": list(settings.trusted_proxies),
    }


def run(settings: Settings, *, workers: int = 1, fd: int | None = None) -> None:
    """Serve until told to stop."""
    if fd is None:
        require_free_port(settings)
    sockets = None if fd is None else [inherited(fd)]
    options = server_options(settings)
    if workers > 1:
        options |= {"workers": workers, "timeout_worker_healthcheck": START_SECONDS}
        config = uvicorn.Config("puumerkki.web.app:create_app", factory=True, **options)
        Multiprocess(config, sockets=sockets or [config.bind_socket()]).run()
        return
    config = uvicorn.Config("puumerkki.web.app:create_app", factory=True, **options)
    asyncio.run(_serve_one(settings, config, sockets))


async def _serve_one(settings: Settings, config: uvicorn.Config, sockets: list[socket.socket] | None) -> None:
    server = uvicorn.Server(config)
    stop = asyncio.Event()
    assert settings.database_url is not None
    jobs = asyncio.create_task(run_worker(settings.database_url, stop)) if settings.worker_in_server else None
    try:
        await server.serve(sockets)
    finally:
        stop.set()
        if jobs is not None:
            await jobs


def worker() -> None:
    """Run the jobs: mails, deadlines, the change feed's positions."""
    settings = prepare()
    require_current(settings)
    asyncio.run(require_keys(settings))
    settle_memory()
    console.print("The worker runs.")
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    assert settings.database_url is not None
    await run_worker(settings.database_url, stop)


def migrate_database() -> None:
    """Bring the database and the reference data up to date."""
    settings = prepare()
    migrate.upgrade(owner_url(settings))
    asyncio.run(load_facts(settings))
    console.print("The database is up to date.")
