"""`verify`: check a puumerkki, or a signature on an agreement, without asking anybody."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from puumerkki.agreements import credential as agreements
from puumerkki.cli.installation import fail
from puumerkki.endorsements.credential import Verdict, verify_credential
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.credentials import key_lookup, retirements

MAX_BYTES = 5_000_000
console = Console()


def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The credential, as downloaded.")],
    keys: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="The issuer's /.well-known/jwks.json, kept earlier.")
    ],
    snapshot: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="The endorsed or signed version, to the byte.")
    ] = None,
    status_list: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A status list, kept earlier.")
    ] = None,
) -> None:
    """Check a puumerkki or a signature offline, with the public key alone. Exit code 0: valid; 1: not valid.

    Whether it was revoked or superseded since is known only as of a status list: `--status-list` takes a copy of the
    address in the credential's `credentialStatus`, not older than a week.
    """
    try:
        found = json.loads(_read(keys))["keys"]
        lookup, retired = key_lookup(found), retirements(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise fail(f"{keys} is not a set of public keys (JWKS).") from None
    token, now = _read(file).decode("utf-8", "replace"), clock.now()
    signed = None if snapshot is None else _read(snapshot)
    checked = agreements.verify(token, lookup, now=now, snapshot=signed, retired=retired)
    if checked.title is not None:
        _show_signature(checked)
        if not checked.valid:
            raise typer.Exit(1)
        return
    verdict = verify_credential(
        token,
        lookup,
        now=now,
        snapshot=signed,
        listed=None if status_list is None else _read(status_list).decode("utf-8", "replace"),
        retired=retired,
    )
    _show(verdict)
    if not verdict.valid:
        raise typer.Exit(1)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise fail(f"{path} is larger than {MAX_BYTES} bytes: it is not what it should be.")
    return path.read_bytes()


def _show(verdict: Verdict) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("puumerkki", verdict.number or "–")
    table.add_row("network", _name(verdict.network))
    table.add_row("signature", "genuine" if verdict.signed else "not genuine")
    table.add_row("within its validity", "yes" if verdict.within_validity else "no")
    matches = {None: "not checked", True: "is the endorsed one", False: "is NOT the endorsed one"}[
        verdict.digest_matches
    ]
    table.add_row("snapshot", matches)
    table.add_row("status", {"unknown": "not checked: no status list"}.get(verdict.status, verdict.status))
    table.add_row("key", verdict.kid or "–")
    if verdict.problems:
        table.add_row("problems", ", ".join(verdict.problems))
    console.print(table)
    console.print("[bold green]valid[/]" if verdict.valid else "[bold red]not valid[/]")


def _show_signature(checked: agreements.Checked) -> None:
    table = Table(show_header=False, box=None)
    table.add_row("agreement", f"{checked.title}, version {checked.version}")
    table.add_row("signed for", checked.party or "–")
    table.add_row("signature", "genuine")
    table.add_row("within the agreement's time", "yes" if checked.in_period else "no")
    matches = {None: "not checked", True: "is the signed one", False: "is NOT the signed one"}[checked.digest_matches]
    table.add_row("snapshot", matches)
    table.add_row("key", checked.kid or "–")
    if checked.problems:
        table.add_row("problems", ", ".join(checked.problems))
    console.print(table)
    console.print("[bold green]valid[/]" if checked.valid else "[bold red]not valid[/]")


def _name(network: object) -> str:
    if isinstance(network, dict):
        return str(network.get("fi") or next(iter(network.values()), "–"))
    return str(network or "–")
