"""The programs that are measured, each a process of its own with one worker."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.workloads import Line, Workload

ROOT = Path(__file__).parents[2]
LUA = Path(__file__).with_name("requests.lua")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Turn:
    """What one turn of wrk gave. Times in microseconds; `cpu_us` is the program's own time for a request."""

    requests: int
    per_second: float
    errors: int
    p50_us: int
    p99_us: int
    cpu_us: float


@dataclass(frozen=True)
class Contender:
    """A running program."""

    name: str
    process: subprocess.Popen[bytes]
    port: int

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mb(self) -> float:
        """Resident memory now, the greatest so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

    def turn(self, workload: Workload, lines: Path, *, seconds: int, seed: int) -> Turn:
        """One run of wrk."""
        before = self.cpu_seconds()
        command = ["wrk", "-t1", f"-c{workload.connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(LUA)]
        env = os.environ | {"BENCH_LINES_TSV": str(lines), "BENCH_SEED": str(seed)}
        ran = subprocess.run(
            [*command, f"http://127.0.0.1:{self.port}"], env=env, capture_output=True, text=True, check=False
        )
        found = next((line for line in ran.stdout.splitlines() if line.startswith("RESULT")), None)
        if found is None:
            raise SystemExit(f"wrk failed on {self.name}: {ran.stdout}{ran.stderr}")
        requests, duration, errors, p50, p99 = map(int, found.split()[1:])
        cpu = (self.cpu_seconds() - before) * 1e6 / max(1, requests)
        return Turn(requests, requests * 1e6 / duration, errors, p50, p99, cpu)


@contextmanager
def running(name: str, target: str, *, url: str, port: int, folder: Path, lines: list[Line]) -> Iterator[Contender]:
    """Start a program and wait until it answers."""
    kept = folder / "lines.json"
    kept.write_text(json.dumps([asdict(line) for line in lines]))
    env = os.environ | {"DATABASE_URL": url, "BENCH_LINES": str(kept), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "uvicorn", target, "--factory", "--port", str(port), "--loop", "uvloop"]
    log = (folder / f"{name}.log").open("wb")
    process = subprocess.Popen(
        [*command, "--http", "httptools", "--no-access-log", "--log-level", "warning"],
        env=env,
        stdout=log,
        stderr=log,
    )
    try:
        _wait(process, port, lines[0], folder / f"{name}.log")
        yield Contender(name, process, port)
    finally:
        process.terminate()
        process.wait()
        log.close()


def _wait(process: subprocess.Popen[bytes], port: int, line: Line, log: Path) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1{line.path}", headers={"Authorization": f"Bearer {line.token}"}
    )
    while process.poll() is None:
        try:
            with urllib.request.urlopen(request):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"it did not start: {log.read_text()[-2000:]}")
