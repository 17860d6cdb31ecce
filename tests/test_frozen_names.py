"""Names that are sealed or published stay as they are, whatever the code calls the same thing: `frozen_names.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from puumerkki import wiring
from puumerkki.agreements import credential as signature
from puumerkki.endorsements import credential, status_list
from puumerkki.endorsements.credential import CredentialContent
from puumerkki.endorsements.errors.conditions import NoEndorsement
from puumerkki.endorsements.events.conditions import SEALED_REASONS, ClaimFell
from puumerkki.handlings.service import fallen_claims
from puumerkki.kernel import clock, jobs, subjects
from puumerkki.kernel.crypto.keys import KeyPurpose
from puumerkki.kernel.crypto.signed_tokens import generate_key, read_claims
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.subjects import Ref
from puumerkki.worker import partitions, periodic
from scripts import frozen_names
from tests.conftest import owner_url

FROZEN = tomllib.loads((Path(__file__).parent / "frozen_names.toml").read_text(encoding="utf-8"))


def _keys(claims: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in claims.items():
        yield f"{before}{name}"
        if isinstance(value, dict):
            yield from _keys(value, f"{before}{name}.")


def test_each_event_type_and_each_key_of_its_data_is_the_one_written_down() -> None:
    assert frozen_names.event_keys() == FROZEN["events"]


def test_each_code_in_an_event_is_one_of_those_written_down() -> None:
    assert frozen_names.event_values() == FROZEN["values"]


def test_why_a_claim_fell_is_sealed_by_the_former_names() -> None:
    """The reasons of today, of which tables and answers speak, and those that events have always had."""
    of = {"subject": Ref("handling", UUID(int=1))}
    sealed = set(FROZEN["values"]["handling.claim_fell.reason"])
    for today, former in SEALED_REASONS.items():
        assert ClaimFell.because(today, **of).data() == {"reason": former}
        assert former in sealed and today not in sealed
    assert ClaimFell.because("refused", **of).data() == {"reason": "refused"}
    assert {fallen_claims.ENDORSEMENT_ENDED, NoEndorsement.code} == set(SEALED_REASONS)


def test_what_is_new_is_added_and_nothing_goes() -> None:
    """`make generate` on a file that lacks a type, a key and a value, and has of each one that the code lost."""
    text = (
        'jobs = ["a"]\n[events]\n# why\n"vote.cast" = ["ballot_id"]\n"vote.gone" = ["former"]\n'
        '"vote.standing_stated" = ["ballot_id", "former"]\n\n[values]\n"vote.gone.how" = ["loud"]\n'
        '"ballot.opened.purpose" = ["former", "give"]\n'
    )
    made = frozen_names.completed(text)
    read = tomllib.loads(made)
    gone = {"events": {"vote.gone": ["former"]}, "values": {"vote.gone.how": ["loud"]}}
    assert read["events"] == FROZEN["events"] | gone["events"] | {
        "vote.standing_stated": ["ballot_id", "former", "member_id", "stands"]
    }
    assert read["values"] == FROZEN["values"] | gone["values"] | {"ballot.opened.purpose": ["former", "give", "revoke"]}
    assert read["jobs"] == ["a"] and '# why\n"vote.cast"' in made
    assert list(read["events"]) == sorted(read["events"])
    assert frozen_names.completed(made) == made


def test_events_of_a_lively_world_have_these_names_only(server: local_postgres.LocalServer, demo_world: str) -> None:
    """What lists bring in is written by statements of their own, beside the classes."""
    with psycopg.connect(owner_url(server, demo_world)) as connection:
        rows = connection.execute(
            "select distinct type, key from event left join lateral jsonb_object_keys(data) key on true"
        ).fetchall()
        coded = connection.execute(
            "select distinct type || '.' || key, code from event, jsonb_each(data) given(key, value),"
            " lateral jsonb_path_query(value, '$[*] ? (@.type() == \"string\")') said,"
            " lateral (select said #>> '{}') as text_of(code) where type || '.' || key = any(%s)",
            (list(FROZEN["values"]),),
        ).fetchall()
    assert {(kind, key) for kind, key in rows if key is not None and key not in FROZEN["events"][kind]} == set()
    assert len(rows) > 50 and len(coded) > 20
    assert {(name, code) for name, code in coded if code not in FROZEN["values"][name]} == set()


def test_subjects_jobs_and_purposes_of_keys_have_the_names_written_down() -> None:
    wiring.connect()
    assert sorted(subjects.subjects()) == FROZEN["subject_kinds"]
    assert partitions and periodic, "whose jobs are listed too"
    own = [name for name, task in jobs.app.tasks.items() if task.func.__module__.startswith("puumerkki.")]
    assert sorted(own) == FROZEN["jobs"]
    assert sorted(KeyPurpose) == FROZEN["key_purposes"]


def _credentials() -> Iterator[tuple[str, Mapping[str, Any]]]:
    url, one, other = "https://puumerkki.example", UUID(int=1), UUID(int=2)
    content = CredentialContent(
        number="X-1",
        application_id=one,
        version=1,
        network_id=other,
        network_name="Verkosto",
        applicants=["Yhdistys"],
        title="Hanke",
        digest="0",
        conditions=[],
        issued_at=clock.now(),
        valid_until=date(2030, 1, 1),
        status_index=0,
    )
    yield "endorsement", credential.build_claims(content, public_url=url)
    yield "status_list", status_list.build_claims("u", url=url, issuer=url, now=clock.now())
    signed = signature.sign(
        generate_key()[0],
        public_url=url,
        agreement_id=one,
        version=1,
        title="Sopimus",
        signed_digest="0",
        party_id=other,
        party_name="Kunta",
        signed_at=clock.now(),
        ends_on=date(2030, 1, 1),
    )
    yield "signature", read_claims(signed)


def test_the_claims_of_credentials_have_the_names_written_down() -> None:
    found = {name: {"type": claims["type"], "claims": list(_keys(claims))} for name, claims in _credentials()}
    assert found == FROZEN["credentials"]
