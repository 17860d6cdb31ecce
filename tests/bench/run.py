"""Runs the benchmark: contenders take turns, several rounds, and only the ratios inside one run mean anything."""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("PUUMERKKI_SECRET", "only-for-the-benchmark-" + "0" * 40)
os.environ.setdefault("PUUMERKKI_PUBLIC_URL", "http://bench")
os.environ["PUUMERKKI_ACCESS_TOKEN_MINUTES"] = "60"
os.environ["PUUMERKKI_LOG_LEVEL"] = "error"
os.environ.setdefault("PUUMERKKI_DATA_DIR", str(Path(tempfile.gettempdir()) / f"puumerkki-bench-{os.getuid()}"))

from rich.console import Console
from rich.table import Table

from tests.bench import data, database_time, imports, memory, sizes, telling
from tests.bench.contenders import Contender, Turn, running
from tests.bench.workloads import Line, Workload, workloads

ROOT = Path(__file__).parents[2]
TARGETS = {
    "W1": 0.75,
    "W2": 0.70,
    "W3": 0.65,
    "W4": 5.0,
    "W5a": 0.75,
    "W5b": 0.75,
    "W5c": 0.75,
    "W6a": 0.5,
    "W6b": 0.5,
    "W6c": 0.5,
}
"""Least ratios to the limit; for W4 the greatest."""
P99 = 3.0
SMALL = 1000
SUBMISSIONS_A_SECOND = 1600
"""More than both contenders make together: each application can be submitted once."""
_TIMES = ("p50 ms", "p99 ms", "p99 ratio", "CPU µs", "limit")
console = Console(width=120)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=data.FULL, help="the size; all else grows with it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="how long a turn is")
    parser.add_argument("--only", help="workloads, such as W1,W3; DB: the database's time, and memory; T: telling")
    parser.add_argument("--sizes", action="store_true", help="draw growth from 1,000 to 1,100,000 instead")
    parser.add_argument("--port", type=int, default=8110)
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("The benchmark needs wrk. On Debian or Ubuntu: apt-get install wrk")
    folder = Path(os.environ["PUUMERKKI_DATA_DIR"])
    if given.sizes:
        _write(ROOT / "bench-sizes.json", sizes.measure(folder, console))
        return
    only = set(given.only.split(",")) if given.only else {"DB", "T", *TARGETS}
    results: dict[str, Any] = _served(given, folder, only)
    if "DB" in only:
        results["DB"] = _database(given, folder)
    if "T" in only:
        server = data.prepare(folder, given.organisations)
        results["T"] = asyncio.run(telling.measure(server, data.database_name(given.organisations), console))
    if "W4" in only:
        results["W4"] = _imported(given, folder)
    _write(ROOT / "bench-results.json", results)


def _write(path: Path, results: dict[str, Any]) -> None:
    path.write_text(json.dumps(results, indent=2) + "\n")
    console.print(f"written to {path.name}")


def _served(given: argparse.Namespace, folder: Path, only: set[str]) -> dict[str, Any]:
    server = data.prepare(folder, given.organisations)
    url = server.url(data.database_name(given.organisations))
    if "W6c" in only:
        data.add_drafts(url, SUBMISSIONS_A_SECOND * (given.rounds * given.seconds + 1))
    chosen = [one for one in asyncio.run(workloads(url)) if one.name in only]
    if not chosen:
        return {}
    lines = [line for one in chosen for line in (one.lines if one.for_limit is None else one.for_limit[:1])]
    with (
        running("app", "puumerkki.web.app:create_app", url=url, port=given.port, folder=folder, lines=lines) as app,
        running(
            "limit", "tests.bench.limit:create_limit", url=url, port=given.port + 1, folder=folder, lines=lines
        ) as limit,
    ):
        table = Table("", "what", "app/s", "limit/s", "ratio", "target", *_TIMES)
        results = {}
        for workload in chosen:
            results[workload.name] = _compare(workload, app, limit, given, folder)
            table.add_row(*_row(workload, results[workload.name]))
        console.print(table)
        console.print(f"memory: app {app.memory_mb():.0f} MB, limit {limit.memory_mb():.0f} MB")
        for result in results.values():
            result["memory_mb"] = round(app.memory_mb())
    return results


def _database(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The database's own time beside the second limit; how one object's read grows; what a process comes to hold."""
    server = data.prepare(folder, given.organisations)
    url = server.url(data.database_name(given.organisations))
    found = database_time.measure(url, console)
    small = data.prepare(folder, SMALL).url(data.database_name(SMALL))
    growth = database_time.one_object(url) / database_time.one_object(small)
    asked = asyncio.run(workloads(url))
    lines = [line for one in asked if one.name == "W1" for line in one.lines]
    megabytes = memory.memory_mb(url, database_time.shapes(lines))
    console.print(
        f"one object: {growth:.1f} times as long as at {SMALL:,} organisations;"
        f" memory after {memory.REQUESTS:,} requests of different shapes: {megabytes:.0f} MB"
    )
    return found | {"growth_of_one_object": round(growth, 2), "memory_mb": round(megabytes)}


def _compare(
    workload: Workload, app: Contender, limit: Contender, given: argparse.Namespace, folder: Path
) -> dict[str, Any]:
    sent = {one.name: 1 for one in (app, limit)}

    def turn(one: Contender, seconds: int, seed: int) -> Turn:
        tsv = folder / f"{workload.name}-{one.name}.tsv"
        if not sent[one.name] > 1:
            tsv.write_text("".join(_tabbed(line) for line in workload.lines_of(one.name)))
        taken = one.turn(workload, tsv, seconds=seconds, seed=seed if workload.for_limit is None else sent[one.name])
        # those under way at the end have been sent, too
        sent[one.name] += taken.requests + workload.connections
        return taken

    turns: dict[str, list[Turn]] = {"app": [], "limit": []}
    for one in (app, limit):
        turn(one, 1, 0)
    for number in range(given.rounds):
        for one in (app, limit) if number % 2 else (limit, app):
            turns[one.name].append(turn(one, given.seconds, number))
    ours, theirs = turns["app"], turns["limit"]
    errors = sum(turn.errors for turn in ours + theirs)
    if any(turn.requests == 0 for turn in ours + theirs):
        raise SystemExit(f"{workload.name}: a turn of {given.seconds} s ended before the first answer; try --seconds")
    if errors:
        raise SystemExit(f"{workload.name}: {errors} requests failed; see the logs in {folder}")
    return {
        "ratio": round(statistics.median(a.per_second / b.per_second for a, b in zip(ours, theirs, strict=True)), 3),
        "p99_ratio": round(statistics.median(a.p99_us / b.p99_us for a, b in zip(ours, theirs, strict=True)), 2),
        "per_second": round(statistics.median(turn.per_second for turn in ours)),
        "limit_per_second": round(statistics.median(turn.per_second for turn in theirs)),
        "p50_us": round(statistics.median(turn.p50_us for turn in ours)),
        "p99_us": round(statistics.median(turn.p99_us for turn in ours)),
        "cpu_us": round(statistics.median(turn.cpu_us for turn in ours)),
        "limit_cpu_us": round(statistics.median(turn.cpu_us for turn in theirs)),
    }


def _tabbed(line: Line) -> str:
    return "\t".join((line.method, line.path, line.token, line.if_match, line.body)) + "\n"


def _row(workload: Workload, result: dict[str, Any]) -> list[str]:
    good = result["ratio"] >= TARGETS[workload.name]
    quick = result["p99_ratio"] <= P99
    return [
        workload.name,
        workload.title,
        str(result["per_second"]),
        str(result["limit_per_second"]),
        f"[{'green' if good else 'red'}]{result['ratio']:.2f}[/]",
        f"≥ {TARGETS[workload.name]:.2f}",
        f"{result['p50_us'] / 1000:.1f}",
        f"{result['p99_us'] / 1000:.1f}",
        f"[{'green' if quick else 'red'}]{result['p99_ratio']:.1f}[/]",
        str(result["cpu_us"]),
        str(result["limit_cpu_us"]),
    ]


def _imported(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    server = data.prepare(folder, SMALL)
    found = imports.measure(server, data.database_name(SMALL), folder, given.organisations)
    colour = "green" if found.ratio <= TARGETS["W4"] else "red"
    console.print(
        f"W4 import of {given.organisations} organisations: {found.first_seconds:.1f} s,"
        f" [{colour}]{found.ratio:.1f}[/] times COPY ({found.copy_seconds:.1f} s), at most {TARGETS['W4']:g};"
        f" again {found.again_seconds:.1f} s; memory {found.peak_mb:.0f} MB, {found.peak_mb - found.idle_mb:.0f} MB"
        f" above an empty import; {found.events} events"
    )
    return {
        "ratio": round(found.ratio, 2),
        "seconds": round(found.first_seconds, 1),
        "again_seconds": round(found.again_seconds, 1),
        "copy_seconds": round(found.copy_seconds, 1),
        "peak_mb": round(found.peak_mb),
        "above_idle_mb": round(found.peak_mb - found.idle_mb),
    }


if __name__ == "__main__":
    main()
