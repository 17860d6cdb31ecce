"""The FastAPI application: rooms' routers, what lies around them, and what lives as long as the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from puumerkki import wiring
from puumerkki.activity.listener import FeedListener
from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel import logs
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.memory import settle_memory
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.kernel.settings import get_settings
from puumerkki.web import dispatch, health, metrics, openapi, problems, spa, well_known
from puumerkki.web.heads import Head
from puumerkki.web.middleware import Authentication, BodyLimit, Faults, RequestLog, SecurityHeaders
from puumerkki.web.stopping import told_of_stop
from puumerkki.web.warming import build_reads

ROUTERS = (health.router, *wiring.ROUTERS, well_known.router)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = get_settings()
    if settings.database_url is None:
        raise RuntimeError("DATABASE_URL is not set; `puumerkki serve` sets it for the embedded database.")
    engine = make_engine(settings.database_url, pool_size=settings.write_pool_size)
    reads = ReadPool(settings.database_url, replica_url=settings.database_read_url, size=settings.read_pool_size)
    app.state.sessions = make_sessions(engine)
    app.state.reads = reads
    app.state.token_reader = TokenReader(app.state.sessions)
    app.state.feed = FeedListener(settings.database_url)
    settle_memory()
    if settings.build_reads:
        await build_reads((route for router in ROUTERS for route in router.routes), reads)
        settle_memory()
    try:
        with told_of_stop(app.state.feed.end):
            yield
    finally:
        await app.state.feed.close()
        await reads.close()
        await engine.dispose()


def create_app() -> FastAPI:
    """The application. Its lifespan opens the database named by the settings; tests put their own into `app.state`."""
    settings = get_settings()
    logs.configure()
    wiring.connect()
    app = FastAPI(
        title="Puumerkki",
        version=openapi.VERSION,
        summary="Networks of municipalities, wellbeing services counties, associations and parishes.",
        lifespan=_lifespan,
        docs_url="/docs",
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
        telemetry={"tracing": False},
    )
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    dispatch.install(app.router, ROUTERS)
    app.add_middleware(Authentication)
    if settings.metrics_token is not None:
        app.add_middleware(metrics.Metrics, token=settings.metrics_token.get_secret_value())
    app.add_middleware(Faults)
    app.add_middleware(BodyLimit, max_bytes=settings.attachment_max_bytes + 100_000)
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.allowed_origins),
            allow_credentials=True,
            allow_methods=["*"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "If-Match",
                "Idempotency-Key",
                "Last-Event-ID",
                "X-Puumerkki",
            ],
            expose_headers=["ETag", "Link", "Location", "Idempotency-Replayed"],
        )
    folder = spa.app_folder()
    if folder is not None:
        app.add_middleware(spa.SinglePageApp, folder=folder, told=spa.told_by(settings))
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Head)
    app.add_middleware(RequestLog)
    openapi.install(app)
    return app
