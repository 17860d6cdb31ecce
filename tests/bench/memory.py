"""The memory of a process that was asked for thousands of different shapes; run by itself, it is that process."""

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import httpx

from puumerkki.identity.tokens import TokenReader
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.web.app import ROUTERS, create_app
from puumerkki.web.warming import build_reads

REQUESTS = 10_000


def memory_mb(url: str, paths: list[tuple[str, str]]) -> float:
    """The resident memory of such a process, in megabytes. `paths`: what is asked for, each with a token."""
    tokens = sorted({token for _, token in paths})
    asked = [(path, tokens.index(token)) for path, token in paths]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.memory"],
        env=os.environ | {"BENCH_URL": url},
        input=json.dumps([tokens, asked]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(ran.stdout)


async def _ask(url: str, tokens: list[str], paths: list[tuple[str, int]]) -> None:
    engine = make_engine(url, pool_size=2)
    app = create_app()
    app.state.sessions = make_sessions(engine)
    app.state.reads = reads = ReadPool(url, size=2)
    app.state.token_reader = TokenReader(app.state.sessions)
    gc.collect()
    gc.freeze()
    await build_reads((route for router in ROUTERS for route in router.routes), reads)
    gc.collect()
    gc.freeze()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
        for number in range(REQUESTS):
            path, token = paths[number % len(paths)]
            answer = await client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {tokens[token]}"})
            answer.raise_for_status()
    await reads.close()
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(_ask(os.environ["BENCH_URL"], *json.load(sys.stdin)))
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    sys.stdout.write(str(pages * resource.getpagesize() / 2**20))
