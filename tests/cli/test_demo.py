"""The demo as a newcomer starts it, and the commands of the docs as they stand."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest

from puumerkki.kernel.clock import FINLAND
from puumerkki.kernel.embedded_postgres import local_postgres
from tests.doc_pages import PAGES, blocks, named
from tests.ports import free_port

COMMAND = str(Path(sys.executable).with_name("puumerkki"))
SECONDS = 180
"""So long we wait on the busiest machine; how long it takes is no rule of a test."""
STATES = {
    "applications": {"draft", "active", "withdrawn"},
    "handlings": {"received", "returned", "in_ballot", "in_review", "endorsed", "declined", "withdrawn"},
    "partner-requests": {"referred", "in_preparation", "decided", "withdrawn"},
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A demo in a folder of its own; without the settings that tests use."""
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"puumerkki-demo-{os.getpid()}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PUUMERKKI_", "DATABASE_"))}
    yield {**kept, "PUUMERKKI_DATA_DIR": str(folder), "PUUMERKKI_PORT": str(free_port())}
    local_postgres.stop(folder, "immediate")
    subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.fixture(scope="module")
def demo(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running demo."""
    log = tmp_path_factory.mktemp("demo") / "log"
    with log.open("wb") as output:
        process = subprocess.Popen([COMMAND, "demo"], env=environment, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{environment['PUUMERKKI_PORT']}"
    ends = monotonic() + SECONDS
    while not is_up(address):
        assert process.poll() is None, log.read_text()
        assert monotonic() < ends, log.read_text()
        process_ended(process, within=0.1)
    yield address
    process.send_signal(signal.SIGINT)
    assert process.wait(30) in (0, 130, -signal.SIGINT), log.read_text()


def is_up(address: str) -> bool:
    try:
        return httpx.get(f"{address}/api/v1/health").is_success
    except httpx.TransportError:
        return False


def process_ended(process: subprocess.Popen[bytes], *, within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def test_health_and_docs_answer(demo: str) -> None:
    with httpx.Client(base_url=demo) as client:
        assert (client.get("/api/v1/health")).json()["status"] == "ok"
        assert "swagger" in (client.get("/docs")).text.lower()


FIRST = "docs/first-application.md"
"""The way from a draft to a decision; the pages after it use what it has downloaded."""
RUN = [page for page in PAGES if any(block.language == "sh" and not block.makes for block in blocks(page))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the pages' commands are run, one after the other."""
    return tmp_path_factory.mktemp("pages")


def _lines(page: Path) -> str:
    return "\n".join(block.text for block in blocks(page) if block.language == "sh" and not block.makes)


def _run(lines: str, folder: Path, environment: dict[str, str]) -> str:
    path = f"{Path(COMMAND).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"set -eu\n{lines}"],
        cwd=folder,
        env=environment | {"PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def first(demo: str, environment: dict[str, str], folder: Path) -> str:
    """What the first page's commands print."""
    [page] = [page for page in RUN if named(page) == FIRST]
    return _run(_lines(page), folder, environment)


@pytest.mark.parametrize("page", RUN, ids=named)
def test_the_commands_of_a_page_run_as_they_stand(
    page: Path, first: str, environment: dict[str, str], folder: Path
) -> None:
    if named(page) == FIRST:
        _says(first, re.findall(r"#\s+(.+)$", _lines(page), re.MULTILINE))
    else:
        _run(_lines(page), folder, environment)


def _says(printed: str, said: list[str]) -> None:
    """The words behind the lines are printed one after the other."""
    assert {"409 endorsement_missing", "passed", "letter_of_intent", "valid", "True"} <= set(said)
    at = 0
    for word in " ".join(said).split():
        now = re.sub(r"-20\d\d-", f"-{datetime.now(FINLAND).year}-", word)
        assert now in printed[at:], f"{word} is not printed after: {printed[:at]}"
        at = printed.index(now, at) + len(now)


def test_the_world_has_applications_in_every_state(demo: str) -> None:
    with httpx.Client(base_url=f"{demo}/api/v1") as client:
        for email, lists in (
            ("coordinator.elamankaari", ("handlings",)),
            ("valmistelija.kaupunki", ("partner-requests",)),
        ):
            given = {"email": f"{email}@demo.example", "password": "puumerkki-demo"}
            token = (client.post("/auth/login", json=given)).json()["access_token"]
            for name in lists:
                answer = client.get(f"/{name}?limit=200", headers={"Authorization": f"Bearer {token}"})
                assert STATES[name] <= {item["state"] for item in answer.json()["items"]}
        endorsements = (client.get("/endorsements?limit=200")).json()["items"]
        assert {"valid", "revoked"} <= {endorsement["status"] for endorsement in endorsements}
        assert len((client.get("/organisations?sector=municipality&limit=200")).json()["items"]) == 200


def test_the_world_speaks_three_languages_and_names_public_bodies_in_full(demo: str) -> None:
    with httpx.Client(base_url=f"{demo}/api/v1") as client:
        city = client.get("/organisations?q=Oulu&sector=municipality").json()["items"][0]
        assert city["names"] == {"fi": "Oulun kaupunki", "sv": "Uleåborgs stad", "en": "City of Oulu"}
        stea = client.get("/organisations?q=STEA&sector=state").json()["items"][0]
        networks = client.get("/networks").json()["items"]
        policies = client.get("/gate-policies").json()["items"]
        calls = client.get("/calls").json()["items"]
        texts = [stea["names"], *(one["names"] for one in (*networks, *calls)), *(one["reason"] for one in policies)]
        texts += [client.get(f"/networks/{one['id']}").json()["goals"] for one in networks]
        assert len(texts) >= 9
        assert all(text.keys() == {"fi", "sv", "en"} for text in texts)
        assert {one["language"] for one in client.get("/needs?limit=200").json()["items"]} == {"fi", "sv", "en"}
        for call in calls:
            closes = datetime.fromisoformat(call["closes_at"]).astimezone(FINLAND)
            assert closes.time() == time(16, 15)


def _signed_in(demo: str, who: str) -> httpx.Client:
    given = {"email": f"{who}@demo.example", "password": "puumerkki-demo"}
    token = httpx.post(f"{demo}/api/v1/auth/login", json=given).json()["access_token"]
    return httpx.Client(base_url=f"{demo}/api/v1", headers={"Authorization": f"Bearer {token}"})


def _applied(client: httpx.Client) -> list[dict[str, Any]]:
    """The applications of one's own organisation; as a deputy one reads others', too."""
    [own] = [one["scope_id"] for one in client.get("/me").json()["roles"] if one["role"] == "editor"]
    found: list[dict[str, Any]] = client.get(f"/applications?applicant={own}").json()["items"]
    return found


@pytest.mark.parametrize("who", ["hakija01", "hakija05", "hakija13", "hakija15"])
def test_what_is_applied_for_is_what_the_grant_pays(demo: str, who: str) -> None:
    with _signed_in(demo, who) as client:
        amounts = {}
        for mine in _applied(client):
            if "Iltakahvit" in mine["title"]:
                continue
            seen = client.get(f"/applications/{mine['id']}").json()
            items = seen["content"]["budget"]["items"]
            assert sum(item["cents"] for item in items if item.get("source") is None) == seen["amount_cents"]
            amounts[mine["id"]] = seen["amount_cents"]
        assert amounts
        for id_, amount in amounts.items():
            for filing in client.get(f"/filings?application={id_}").json()["items"]:
                assert filing["granted_cents"] <= filing["applied_cents"] == amount


def _of(client: httpx.Client, path: str, **params: Any) -> Any:
    return client.get(path, params=params).raise_for_status().json()["items"]


@pytest.mark.parametrize("slug", ["elamankaari", "kotona"])
def test_each_network_has_who_the_rules_ask_for(demo: str, slug: str) -> None:
    """Five members or more of different owners, each with a deputy; chair and secretary whom the members chose."""
    with _signed_in(demo, f"coordinator.{slug}") as client:
        [network] = [one["id"] for one in _of(client, "networks") if one["prefix"] == slug.upper()]
        members = _of(client, f"networks/{network}/members", limit=200)
        assert len(members) >= 5
        representatives = [_of(client, f"networks/{network}/members/{one['id']}/people") for one in members]
        assert all({one["role"] for one in speakers} == {"representative", "deputy"} for speakers in representatives)
        everybody = [one["principal_id"] for speakers in representatives for one in speakers]
        assert len(set(everybody)) == len(everybody)
        founding = next(one["id"] for one in _of(client, "meetings", network=network) if "Perustava" in one["title"])
        chosen = client.get(f"meetings/{founding}").json()["role_choices"]
        assert {one["role"] for one in chosen if one["confirmed_at"]} == {"chair", "secretary"}


def test_what_waits_for_others_is_there_to_be_seen(demo: str) -> None:
    """A network's decision that was made and one that is open; an agreement that one party alone has recorded."""
    with _signed_in(demo, "coordinator.elamankaari") as client:
        [network] = [one["id"] for one in _of(client, "networks") if one["prefix"] == "ELAMANKAARI"]
        decided = _of(client, f"networks/{network}/decisions")
        assert {(one["kind"], one["state"]) for one in decided} == {("rulebook", "done"), ("secretary", "open")}
    with _signed_in(demo, "paattaja.kaupunki") as client:
        assert "recorded" in {one["state"] for one in _of(client, "agreements", limit=100)}


def test_the_swedish_application_is_swedish_throughout(demo: str) -> None:
    finnish = re.compile(r"\b(ja|Oulun|kaupunki|Tilat|Palkat|Verkoston)\b")
    with _signed_in(demo, "hakija15") as client:
        [mine] = _applied(client)
        seen = client.get(f"/applications/{mine['id']}").json()
        assert (seen["title"], seen["language"]) == ("Tillsammans på svenska", "sv")
        assert not finnish.search(json.dumps([seen["content"], seen["authorities"][0]["asks"]], ensure_ascii=False))


def test_the_administrator_is_called_so(demo: str) -> None:
    with _signed_in(demo, "paakayttaja") as client:
        me = client.get("/me").json()
        assert (me["name"], [one["role"] for one in me["roles"]]) == ("Päivi Pääkäyttäjä", ["owner"])


def test_a_second_start_keeps_what_is_there(demo: str, environment: dict[str, str]) -> None:
    again = subprocess.run(
        [COMMAND, "demo", "--no-serve"], env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert again.returncode == 0, again.stderr
    assert "operaattori@demo.example" in again.stderr
    with httpx.Client(base_url=f"{demo}/api/v1") as client:
        assert any(
            "Iltakahvit" in endorsement["title"] for endorsement in (client.get("/endorsements")).json()["items"]
        )


def test_a_port_that_is_taken_is_said(environment: dict[str, str], demo: str) -> None:
    done = subprocess.run([COMMAND, "demo"], env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 1
    assert "PUUMERKKI_PORT" in done.stderr
