"""`python -m tests.faults --minutes 5`: kills, restarts and shortages under a load of people, and what must hold."""

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("PUUMERKKI_SECRET", "only-for-fault-tests-" + "0" * 40)
os.environ.setdefault("PUUMERKKI_PUBLIC_URL", "http://testserver")
os.environ["PUUMERKKI_ACCESS_TOKEN_MINUTES"] = "60"
os.environ["PUUMERKKI_LOG_LEVEL"] = "error"

from rich.console import Console
from rich.table import Table

from tests.faults.run import LEAST_KILLS_A_MINUTE, Report, run

DISK_MEGABYTES = 600
console = Console(width=120)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--api-processes", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="keep the logs")
    given = parser.parse_args()
    console.print(f"seed {given.seed}")
    folder = Path(tempfile.mkdtemp(prefix="puumerkki-faults-", dir="/tmp"))
    folder.chmod(0o755)
    os.environ["PUUMERKKI_DATA_DIR"] = str(folder / "data")
    try:
        with small_disk(folder / "database") as disk:
            if disk is None:
                console.print("[bold yellow]SKIPPED: disk full. It needs root and leave to mount a tmpfs.[/]")
            report = asyncio.run(
                run(
                    folder,
                    seed=given.seed,
                    seconds=given.minutes * 60,
                    disk=disk,
                    tell=console.print,
                    api_processes=given.api_processes,
                )
            )
    finally:
        if given.keep:
            console.print(f"logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    show(report)
    too_few = report.trouble.kills < LEAST_KILLS_A_MINUTE * given.minutes
    if too_few:
        console.print("[bold red]Too few kills: the machine is too slow for this to show anything.[/]")
    sys.exit(1 if report.broken or too_few else 0)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A file system of its own for the database, so small that it can be filled; None where we may not mount."""
    folder.mkdir()
    options = f"size={DISK_MEGABYTES}m,mode=755"
    mounted = (
        shutil.which("mount")
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False
        ).returncode
    )
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def show(report: Report) -> None:
    """The report."""
    ledger, letters = report.ledger, report.letters
    repeats = sum(len(recipients) - 1 for recipients in letters.taken.values())
    table = Table("what", "count", title=f"Faults in {report.seconds:.0f} s")
    for name, count in sorted(report.trouble.happened.items()):
        table.add_row(name, str(count))
    table.add_row("[bold]kills[/]", f"[bold]{report.trouble.kills}[/]", end_section=True)
    for name, count in sorted(report.ended_by_themselves.items()):
        table.add_row(f"{name} ended by itself, started again", str(count))
    table.add_row("requests", str(ledger.requests))
    table.add_row("retries", str(ledger.retries))
    for status, count in sorted(ledger.answers.items()):
        table.add_row(f"answers {status}", str(count))
    for name, count in sorted(ledger.done.items()):
        table.add_row(f"done: {name}", str(count))
    table.add_row("mails put off", str(letters.refused))
    table.add_row("mails repeated with the same Message-ID", str(repeats), end_section=True)
    for name, count in sorted(report.checks.items()):
        table.add_row(f"checked: {name}", str(count))
    table.add_row("[bold]broken[/]", f"[bold]{len(report.broken)}[/]")
    console.print(table)
    for one in report.broken:
        console.print(f"[red]✗[/] {one}", highlight=False)


if __name__ == "__main__":
    main()
