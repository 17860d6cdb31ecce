"""`doctor`: what is wrong with an installation and how to fix it."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from puumerkki.doctor import Finding, Level, examine

_SIGNS = {Level.ok: "[green]✓[/]", Level.warning: "[yellow]![/]", Level.fault: "[bold red]✗[/]"}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document, for machines.")] = False,
) -> None:
    """Examine the installation: settings, database, rights, jobs, mail, files. Exit code 1 if something is at fault."""
    findings = asyncio.run(_examined(None if as_json else Console(highlight=False)))
    faults = [one for one in findings if one.level is Level.fault]
    if as_json:
        typer.echo(json.dumps({"healthy": not faults, "findings": [asdict(one) for one in findings]}, indent=2))
    if faults:
        raise typer.Exit(1)


async def _examined(console: Console | None) -> list[Finding]:
    findings = []
    async for one in examine():
        findings.append(one)
        if console is not None:
            _show(console, one)
    return findings


def _show(console: Console, one: Finding) -> None:
    console.print(f"{_SIGNS[one.level]} [dim]{one.code}[/]", end="  ")
    console.print(one.what, markup=False, soft_wrap=True)
    if one.mend is not None:
        console.print(f"    → {one.mend}", markup=False, soft_wrap=True)
