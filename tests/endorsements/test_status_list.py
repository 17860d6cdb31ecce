"""The status lists: what is set in them, and which ones are not believed."""

import base64
import gzip
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, select
from typer.testing import CliRunner

from puumerkki.cli import app as command
from puumerkki.endorsements.credential import Verdict, sign_credential, verify_credential
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.status_list import BITS, build_claims, encode, scattered
from puumerkki.kernel import clock
from puumerkki.kernel.crypto.credentials import key_lookup, moment, retirements
from puumerkki.kernel.crypto.keys import KeyPurpose, SigningKey, current_key, open_key
from puumerkki.kernel.crypto.signed_tokens import generate_key, public_jwk
from puumerkki.kernel.eventlog.events import EventPosition, EventRow
from puumerkki.kernel.eventlog.sealing import seal_events
from puumerkki.kernel.key_rotation import compromise_key, revoke_key, rotate_key
from tests.factories import World
from tests.handlings.scene import make_scene

ISSUER = "http://testserver"
LIST = f"{ISSUER}/api/v1/status-lists/1"


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def _bits(token: str) -> bytes:
    encoded = _claims(token)["credentialSubject"]["encodedList"]
    assert encoded[0] == "u" and "=" not in encoded
    return gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))


async def _endorsed(world: World) -> tuple[Any, Endorsement, str, list[dict[str, Any]]]:
    scene = await make_scene(world)
    number = await scene.to_endorsed()
    endorsement = (await world.session.exec(select(Endorsement).where(col(Endorsement.number) == number))).one()
    keys = (await world.nobody.get("/.well-known/jwks.json")).json()["keys"]
    return scene, endorsement, endorsement.credential, keys


async def test_a_list_as_the_standard_asks(world: World) -> None:
    answer = await world.nobody.get("/status-lists/1")
    assert answer.headers["content-type"].split(";")[0] == "application/vc+jwt"
    claims = _claims(answer.text)
    assert claims["id"] == LIST and claims["issuer"] == ISSUER
    assert claims["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    subject = claims["credentialSubject"]
    assert (subject["type"], subject["statusPurpose"], subject["ttl"]) == ("BitstringStatusList", "revocation", 300_000)
    assert claims["validFrom"] < claims["validUntil"]
    assert len(_bits(answer.text)) * 8 == 131_072
    assert (await world.nobody.get("/status-lists/2")).status_code == 404
    for bad in ("0", "16385", "99999999999", "x"):
        assert (await world.nobody.get(f"/status-lists/{bad}")).status_code == 422


@pytest.mark.parametrize("ending", ["revoke", "supersede"])
async def test_an_ended_endorsement_sets_its_bit_alone(world: World, ending: str) -> None:
    scene, _, credential, keys = await _endorsed(world)
    entry = _claims(credential)["credentialStatus"]
    assert entry["statusListCredential"] == LIST and entry["id"] == f"{LIST}#{entry['statusListIndex']}"
    before = _bits((await world.nobody.get("/status-lists/1")).text)
    if ending == "revoke":
        await scene.revoked()
    else:
        await scene.next_version(purpose="Aivan toinen tarkoitus.")
    listed = (await world.nobody.get("/status-lists/1")).text
    place = int(entry["statusListIndex"])
    after = _bits(listed)
    assert int.from_bytes(before, "big") ^ int.from_bytes(after, "big") == 1 << (BITS - 1 - place)
    verdict = verify_credential(credential, key_lookup(keys), now=clock.now(), listed=listed)
    assert (verdict.valid, verdict.status, verdict.problems) == (False, "ended", ("ended",))


async def test_an_expired_endorsement_sets_no_bit(world: World) -> None:
    _, endorsement, _, _ = await _endorsed(world)
    with clock.fixed(clock.now() + timedelta(days=2000)):
        assert not any(_bits((await world.nobody.get("/status-lists/1")).text))
        assert (await world.nobody.get(f"/endorsements/{endorsement.number}")).json()["status"] == "expired"


@pytest.fixture
async def second_list(world: World) -> AsyncIterator[int]:
    """The next endorsement is the sixth of the second list; its place. A sequence is not rolled back, but set back."""
    last = (await world.session.exec(select(sql("last_value from endorsement_status_index")))).one()
    await world.session.exec(select(sql(f"setval('endorsement_status_index', {BITS + 5}, false)")))
    yield scattered(5)
    await world.session.exec(select(sql(f"setval('endorsement_status_index', {last})")))


async def test_endorsements_of_a_further_list(world: World, second_list: int) -> None:
    scene, _, credential, _ = await _endorsed(world)
    assert _claims(credential)["credentialStatus"]["id"] == f"{ISSUER}/api/v1/status-lists/2#{second_list}"
    await scene.revoked()
    assert not any(_bits((await world.nobody.get("/status-lists/1")).text))
    second = await world.nobody.get("/status-lists/2")
    assert _claims(second.text)["id"] == f"{ISSUER}/api/v1/status-lists/2"
    assert int.from_bytes(_bits(second.text), "big") == 1 << (BITS - 1 - second_list)
    assert (await world.nobody.get("/status-lists/3")).status_code == 404


async def test_the_address_of_the_first_release_still_tells(world: World) -> None:
    scene, endorsement, _, _ = await _endorsed(world)
    await scene.revoked()
    listed = (await world.nobody.get("/endorsements/status-list")).text
    assert _claims(listed)["id"] == f"{ISSUER}/api/v1/endorsements/status-list"
    assert int.from_bytes(_bits(listed), "big") == 1 << (BITS - 1 - endorsement.status_index)


async def test_an_unchanged_list_is_not_sent_again(world: World) -> None:
    scene, *_ = await _endorsed(world)
    with clock.fixed(clock.now()):
        first = await world.nobody.get("/status-lists/1")
        assert first.headers["cache-control"] == "public, max-age=60"
        same = await world.nobody.get("/status-lists/1")
        assert same.text == first.text
        headers = {"If-None-Match": first.headers["etag"]}
        kept = await world.client.get("/api/v1/status-lists/1", headers=headers)
        assert (kept.status_code, kept.content, kept.headers["etag"]) == (304, b"", first.headers["etag"])
        await scene.revoked()
        changed = await world.client.get("/api/v1/status-lists/1", headers=headers)
        assert (changed.status_code, changed.headers["etag"] != first.headers["etag"]) == (200, True)
        await rotate_key(world.session, KeyPurpose.marks)
        headers = {"If-None-Match": changed.headers["etag"]}
        assert (await world.client.get("/api/v1/status-lists/1", headers=headers)).status_code == 200


def test_endorsements_are_strewn_over_a_list_each_at_a_place_of_its_own() -> None:
    for block in (0, 3):
        places = [scattered(block * BITS + number) for number in range(BITS)]
        assert set(places) == set(range(block * BITS, (block + 1) * BITS))
        assert places != sorted(places)


async def test_lists_that_are_not_believed(world: World) -> None:
    _, _, credential, _ = await _endorsed(world)
    ours = await current_key(world.session, KeyPurpose.marks)
    token_key = await current_key(world.session, KeyPurpose.tokens)
    stranger, _ = generate_key()
    keys = (await world.nobody.get("/.well-known/jwks.json")).json()["keys"]
    now = clock.now()

    def check(listed: str, at: Any = now, known: Any = None) -> Verdict:
        found = known or keys
        return verify_credential(credential, key_lookup(found), now=at, listed=listed, retired=retirements(found))

    good = build_claims(encode([]), url=LIST, issuer=ISSUER, now=now)

    def changed(subject: dict[str, Any] | None = None, **claims: Any) -> str:
        return sign_credential(
            ours, {**good, **claims, "credentialSubject": {**good["credentialSubject"], **(subject or {})}}
        )

    assert check(changed()).status == "valid"
    short = base64.urlsafe_b64encode(gzip.compress(b"\0" * 100)).rstrip(b"=").decode()
    long_enough = encode([])
    cases = {
        "stranger": (sign_credential(stranger, good), "status_list_signature"),
        "a key for tokens": (sign_credential(token_key, good), "status_list_signature"),
        "nonsense": ("x.y.z", "status_list_signature"),
        "the endorsement itself": (credential, "status_list_other"),
        "other issuer": (changed(issuer="https://other.example"), "status_list_other"),
        "other list": (changed(id=f"{ISSUER}/api/v1/status-lists/2"), "status_list_other"),
        "other purpose": (changed({"statusPurpose": "suspension"}), "status_list_other"),
        "other subject": (changed({"type": "Something"}), "status_list_other"),
        "future": (changed(validFrom=moment(now + timedelta(hours=1))), "status_list_expired"),
        "no end": (changed(validUntil=None), "status_list_expired"),
        "short": (changed({"encodedList": f"u{short}"}), "status_list_damaged"),
        "cut off": (changed({"encodedList": long_enough[:-8]}), "status_list_damaged"),
        "other base": (changed({"encodedList": f"z{long_enough[1:]}"}), "status_list_damaged"),
        "no list": (changed({"encodedList": 5}), "status_list_damaged"),
    }
    for name, (listed, problem) in cases.items():
        verdict = check(listed)
        assert (verdict.valid, verdict.status, verdict.problems) == (False, "unknown", (problem,)), name
    assert check(changed(), now + timedelta(days=6)).status == "valid"
    late = check(changed(), now + timedelta(days=7))
    assert late.problems == ("status_list_expired",)
    ended = [{**public_jwk(ours), "exp": int(now.timestamp()) + 1}]
    later = build_claims(long_enough, url=LIST, issuer=ISSUER, now=now + timedelta(seconds=30))
    assert check(changed(), known=ended).status == "valid"
    assert check(sign_credential(ours, later), known=ended).problems == ("status_list_signature",)


async def test_a_place_beyond_the_list(world: World) -> None:
    _, _, credential, keys = await _endorsed(world)
    ours = await current_key(world.session, KeyPurpose.marks)
    listed = sign_credential(ours, build_claims(encode([]), url=LIST, issuer=ISSUER, now=clock.now()))
    claims = _claims(credential)
    for index in (str(BITS), "-1", "1e3", "٣", "9" * 30):
        claims["credentialStatus"]["statusListIndex"] = index
        verdict = verify_credential(sign_credential(ours, claims), key_lookup(keys), now=clock.now(), listed=listed)
        assert verdict.problems == ("status_list_index",), index


async def test_an_endorsement_begun_after_its_key_was_retired(world: World) -> None:
    _, endorsement, credential, keys = await _endorsed(world)
    retired = {endorsement.kid: int(endorsement.issued_at.timestamp()) - 1}
    verdict = verify_credential(credential, key_lookup(keys), now=clock.now(), retired=retired)
    assert (verdict.valid, verdict.problems) == (False, ("key_retired",))


async def _verdict(world: World, credential: str) -> dict[str, Any]:
    found: dict[str, Any] = (await world.nobody.post("/endorsements/verify", {"credential": credential})).json()
    return found


async def test_endorsements_of_a_rotated_and_of_a_revoked_key(world: World) -> None:
    _, endorsement, credential, _ = await _endorsed(world)
    await rotate_key(world.session, KeyPurpose.marks)
    assert (await _verdict(world, credential))["valid"] is True
    await revoke_key(world.session, endorsement.kid)
    verdict = await _verdict(world, credential)
    assert (verdict["valid"], verdict["problems"]) == (False, ["token_key_unknown"])
    keys = (await world.nobody.get("/.well-known/jwks.json")).json()["keys"]
    assert verify_credential(credential, key_lookup(keys), now=clock.now()).problems == ("token_key_unknown",)


async def test_offline_by_command_with_a_downloaded_list(world: World, tmp_path: Path) -> None:
    scene, _, credential, keys = await _endorsed(world)
    files = {"endorsement": credential, "keys": json.dumps({"keys": keys})}
    files["before"] = (await world.nobody.get("/status-lists/1")).text
    await scene.revoked()
    files["after"] = (await world.nobody.get("/status-lists/1")).text
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    def run(name: str) -> tuple[int, str]:
        given = [str(tmp_path / "endorsement"), "--keys", str(tmp_path / "keys"), "--status-list", str(tmp_path / name)]
        done = CliRunner().invoke(command, ["verify", *given])
        return done.exit_code, done.output

    assert run("before")[0] == 0
    code, said = run("after")
    assert (code, "ended" in said, "not valid" in said) == (1, True, True)
    code, said = run("endorsement")
    assert (code, "status_list_other" in said) == (1, True)


async def test_a_compromised_keys_endorsements_hold_only_if_sealed_before(world: World) -> None:
    _, endorsement, credential, _ = await _endorsed(world)
    begun = clock.now()
    await compromise_key(world.session, endorsement.kid, since=begun)
    unsealed = await _verdict(world, credential)
    assert (unsealed["valid"], unsealed["problems"]) == (False, ["key_compromised"])
    issued = select(EventRow).where(
        col(EventRow.subject_id) == endorsement.id, col(EventRow.type) == "endorsement.issued"
    )
    row = (await world.session.exec(issued)).one()
    world.session.add(EventPosition(position=1, event_id=row.id, occurred_at=row.occurred_at))
    await world.session.flush()
    with clock.fixed(begun + timedelta(minutes=10)):
        assert await seal_events(world.session) is not None
    assert (await _verdict(world, credential))["problems"] == ["key_compromised"]
    ours = (await world.session.exec(select(SigningKey).where(col(SigningKey.kid) == endorsement.kid))).one()
    ours.compromised_at = begun + timedelta(minutes=20)
    await world.session.flush()
    assert (await _verdict(world, credential))["valid"] is True
    claims = _claims(credential)
    claims["validUntil"] = "2099-01-01T00:00:00Z"
    forged = sign_credential(open_key(ours), claims)
    assert (await _verdict(world, forged))["problems"] == ["key_compromised"]
