"""How reads grow with the data: the median time of each at four sizes, on one connection."""

import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.web.app import create_app
from tests.bench import data
from tests.bench.workloads import workloads

SIZES = (1_000, 10_000, 110_000, 1_100_000)
REQUESTS = 150


def measure(folder: Path, console: Console) -> dict[str, Any]:
    """Milliseconds by workload and size."""
    found: dict[str, dict[str, float]] = {}
    for size in SIZES:
        server = data.prepare(folder, size)
        for name, median in asyncio.run(_medians(server.url(data.database_name(size)))).items():
            found.setdefault(name, {})[str(size)] = round(median, 2)
    table = Table("ms, median", *(f"{size:,}" for size in SIZES))
    for name, by_size in found.items():
        table.add_row(name, *(f"{by_size[str(size)]:.1f}" for size in SIZES))
    console.print(table)
    return found


async def _medians(url: str) -> dict[str, float]:
    engine = make_engine(url, pool_size=2)
    app = create_app()
    app.state.sessions = make_sessions(engine)
    app.state.reads = ReadPool(url, size=1)
    app.state.token_reader = TokenReader(app.state.sessions)
    medians = {}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
        for workload in await workloads(url):
            if workload.name.startswith("W6"):
                continue
            times = []
            for number in range(REQUESTS):
                line = workload.lines[number % len(workload.lines)]
                started = time.perf_counter()
                answer = await client.get(f"/api/v1{line.path}", headers={"Authorization": f"Bearer {line.token}"})
                times.append((time.perf_counter() - started) * 1000)
                answer.raise_for_status()
            medians[f"{workload.name} {workload.title}"] = statistics.median(times)
    await app.state.reads.close()
    await engine.dispose()
    return medians
