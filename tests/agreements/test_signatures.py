"""A signature is checked with the public keys alone: by function and by command."""

import json
from pathlib import Path
from typing import Any

from sqlmodel import col, select
from typer.testing import CliRunner

from puumerkki.agreements import credential
from puumerkki.cli import app as command
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.credentials import key_lookup
from puumerkki.kernel.crypto.keys import KeyPurpose, SigningKey
from tests.factories import World
from tests.personas import make_cast
from tests.valid_requests.agreements import in_force

PARTIES = ("Vanhusten Ystävät ry", "Oulun kaupunki")


async def _signed(world: World) -> tuple[list[str], bytes, list[dict[str, Any]]]:
    """Both signatures, the bytes that were signed, the public keys."""
    cast = await make_cast(world)
    path = f"/agreements/{(await in_force(cast)).id}"
    signatures = (await cast["viewer"].get(path)).json()["signatures"]
    snapshot = (await cast["viewer"].get(f"{path}/versions/1/snapshot")).content
    keys = (await world.nobody.get("/.well-known/jwks.json")).json()["keys"]
    return [one["credential"] for one in signatures], snapshot, keys


async def test_what_holds_and_what_does_not(world: World) -> None:
    tokens, snapshot, known = await _signed(world)
    keys, now = key_lookup(known), clock.now()
    for token, party in zip(tokens, PARTIES, strict=True):
        checked = credential.verify(token, keys, now=now, snapshot=snapshot)
        assert (checked.valid, checked.party, checked.version, checked.in_period) == (True, party, 1, True)
        assert checked.digest_matches is True
        changed = credential.verify(token, keys, now=now, snapshot=snapshot.replace(b"kahdesti", b"kerran"))
        assert (changed.valid, changed.problems) == (False, ("digest_mismatch",))
        assert credential.verify(token, lambda _: None, now=now).problems == ("token_key_unknown",)
        header, payload, signature = token.split(".")
        assert not credential.verify(f"{header}.{payload}.{signature[::-1]}", keys, now=now).signed
        retired = {str(checked.kid): int(now.timestamp()) - 3600}
        assert credential.verify(token, keys, now=now, retired=retired).problems == ("key_retired",)


async def test_by_command(world: World, tmp_path: Path) -> None:
    tokens, snapshot, keys = await _signed(world)
    (tmp_path / "signature.jwt").write_text(tokens[0])
    (tmp_path / "keys.json").write_text(json.dumps({"keys": keys}))
    (tmp_path / "whole.json").write_bytes(snapshot)
    (tmp_path / "changed.json").write_bytes(snapshot.replace(b"kahdesti", b"kerran"))

    def run(name: str) -> tuple[int, str]:
        files = (tmp_path / one for one in ("signature.jwt", "keys.json", name))
        token, known, version = map(str, files)
        done = CliRunner().invoke(command, ["verify", token, "--keys", known, "--snapshot", version])
        return done.exit_code, done.output

    code, said = run("whole.json")
    assert (code, PARTIES[0] in said, "is the signed one" in said) == (0, True, True)
    code, said = run("changed.json")
    assert (code, "is NOT the signed one" in said, "not valid" in said) == (1, True, True)


async def test_by_anybody_through_the_api(world: World) -> None:
    tokens, snapshot, _ = await _signed(world)
    given = {"credential": tokens[0], "snapshot": snapshot.decode()}
    found = (await world.nobody.post("/agreements/verify", given)).json()
    assert (found["valid"], found["party"], found["digest_matches"]) == (True, PARTIES[0], True)
    changed = given | {"snapshot": snapshot.decode().replace("kahdesti", "kerran")}
    found = (await world.nobody.post("/agreements/verify", changed)).json()
    assert (found["valid"], found["problems"]) == (False, ["digest_mismatch"])
    found = (await world.nobody.post("/agreements/verify", {"credential": "x.y.z"})).json()
    assert (found["valid"], found["signed"], found["party"]) == (False, False, None)


async def test_a_key_that_others_have_proves_only_what_was_sealed_before(world: World) -> None:
    tokens, _, _ = await _signed(world)
    key = (await world.session.exec(select(SigningKey).where(col(SigningKey.purpose) == KeyPurpose.marks))).one()
    key.retired_at = key.compromised_at = clock.now()
    await world.session.flush()
    found = (await world.nobody.post("/agreements/verify", {"credential": tokens[0]})).json()
    assert (found["valid"], found["problems"]) == (False, ["key_compromised"])
