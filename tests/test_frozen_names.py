"""Names that are sealed or published stay as they are, whatever the code calls the same thing: `frozen_names.toml`."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from puumerkki import wiring
from puumerkki.agreements import credential as signature
from puumerkki.endorsements import credential, status_list
from puumerkki.endorsements.credential import CredentialContent
from puumerkki.kernel import clock, jobs, subjects
from puumerkki.kernel.crypto.keys import KeyPurpose
from puumerkki.kernel.crypto.signed_tokens import generate_key, read_claims
from puumerkki.kernel.embedded_postgres import local_postgres
from puumerkki.kernel.eventlog.events import Event
from puumerkki.worker import partitions, periodic
from tests.conftest import owner_url

FROZEN = tomllib.loads((Path(__file__).parent / "frozen_names.toml").read_text(encoding="utf-8"))
OF_EVERY_EVENT = {one.name for one in fields(Event)}


def _below(of: type[Event]) -> Iterator[type[Event]]:
    for one in of.__subclasses__():
        yield one
        yield from _below(one)


def _keys(claims: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in claims.items():
        yield f"{before}{name}"
        if isinstance(value, dict):
            yield from _keys(value, f"{before}{name}.")


def test_each_event_type_and_each_key_of_its_data_is_the_one_written_down() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for one in _below(Event):
        if one.__module__.startswith("puumerkki.") and "type" in vars(one):
            found[one.type] |= {field.name for field in fields(one)} - OF_EVERY_EVENT
    assert {name: sorted(keys) for name, keys in found.items()} == FROZEN["events"]


def test_events_of_a_lively_world_have_these_names_only(server: local_postgres.LocalServer, demo_world: str) -> None:
    """What lists bring in is written by statements of their own, beside the classes."""
    with psycopg.connect(owner_url(server, demo_world)) as connection:
        rows = connection.execute(
            "select distinct type, key from event left join lateral jsonb_object_keys(data) key on true"
        ).fetchall()
    assert len(rows) > 50
    assert {(kind, key) for kind, key in rows if key is not None and key not in FROZEN["events"][kind]} == set()


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
