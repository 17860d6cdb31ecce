"""An amendment under way is taken back: what is in force stays so, and nothing of the amendment counts any more."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from puumerkki.agreements.document import document
from puumerkki.agreements.document_labels import WORDS
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.queries.agreements import version
from puumerkki.agreements.queries.versions import withdrawals
from puumerkki.kernel.eventlog.events import EventRow
from tests.factories import Client, World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import amended, in_force, proposed

REASON = {"reason": "Sovittiin, että hinnasto odottaa."}


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


async def seen(by: Client, found: Agreement) -> dict[str, Any]:
    return dict((await by.get(f"/agreements/{found.id}")).json())


async def act(by: Client, found: Agreement, action: str, given: Any = None) -> Any:
    answer = await by.post(f"/agreements/{found.id}/{action}", given, if_match=(await seen(by, found))["version"])
    return answer.json()


async def standings(by: Client, found: Agreement) -> dict[int, str]:
    listed = (await by.get(f"/agreements/{found.id}/versions")).json()["items"]
    return {one["number"]: one["standing"] for one in listed}


async def sign(by: Client, found: Agreement, organisation: Any, number: int) -> Any:
    given = {"organisation_id": str(organisation.id), "version_number": number}
    return (await by.post(f"/agreements/{found.id}/sign", given)).json()


async def to_sign(by: Client) -> int:
    return [one["kind"] for one in (await by.get("/tasks")).json()["items"]].count("agreement_to_sign")


def offered(agreement: dict[str, Any], action: str) -> tuple[bool, str | None]:
    [one] = [one for one in agreement["available_actions"] if one["action"] == action]
    return one["allowed"], one["blocked_by"]


async def test_what_is_in_force_stays_and_the_amendment_counts_for_nothing(cast: Cast) -> None:
    found = await amended(cast)
    await sign(cast["decider"], found, cast.city, 2)
    assert (await to_sign(cast["signatory"]), await standings(cast["viewer"], found)) == (1, {1: "in_force", 2: "open"})

    back = await act(cast["editor"], found, "withdraw", REASON)
    assert (back["state"], back["current_version"], back["version_in_force"]) == ("in_force", 1, 1)
    assert (back["changed"], back["sign_for"], back["content"]["evaluation"]) == (True, [], "Kysely vuosittain.")
    assert [await to_sign(cast[role]) for role in ("signatory", "decider")] == [0, 0]
    assert (await sign(cast["signatory"], found, cast.association, 2))["code"] == "nothing_to_sign"
    assert await standings(cast["viewer"], found) == {1: "in_force", 2: "withdrawn"}
    newest = (await cast["officer"].get(f"/agreements/{found.id}/versions")).json()["items"][0]
    assert (newest["withdrawal"]["reason"], newest["withdrawal"]["withdrawn_for_organisation_id"]) == (
        REASON["reason"], str(cast.association.id),
    )  # fmt: skip
    kept = [one["version_number"] for one in (await seen(cast["officer"], found))["signatures"]]
    assert kept == [1, 1, 2], "the signature stays in the history"

    told = select(EventRow).where(col(EventRow.type) == "agreement.amendment_withdrawn")
    [event] = (await cast.world.session.exec(told)).all()
    assert (event.tier, event.data, set(event.related)) == (
        "parties", {"version_number": 2}, {cast.association.id, cast.city.id},
    )  # fmt: skip
    for role in ("decider", "registry", "viewer"):
        newest = (await cast[role].get(f"/agreements/{found.id}/timeline")).json()["items"][0]
        assert newest["type"] == "agreement.amendment_withdrawn"
    assert (await cast["outsider"].get(f"/agreements/{found.id}/timeline")).status_code == 404


async def test_the_next_one_takes_the_next_number_and_is_signed_anew(cast: Cast) -> None:
    found = await amended(cast)
    await sign(cast["decider"], found, cast.city, 2)
    await act(cast["officer"], found, "withdraw", REASON)
    # the same text may be proposed again: it differs from what is in force
    again = await act(cast["officer"], found, "propose")
    assert (again["current_version"], again["version_in_force"]) == (3, 1)
    assert [await to_sign(cast[role]) for role in ("signatory", "decider")] == [1, 1]
    assert (await sign(cast["signatory"], found, cast.association, 2))["code"] == "newer_version"
    assert (await sign(cast["signatory"], found, cast.association, 3))["version_in_force"] == 1
    assert (await sign(cast["decider"], found, cast.city, 3))["version_in_force"] == 3
    assert await standings(cast["viewer"], found) == {1: "replaced", 2: "withdrawn", 3: "in_force"}


async def test_several_in_a_row(cast: Cast) -> None:
    found = await amended(cast)
    for number in (2, 3):
        given = {"content": {"evaluation": f"Kysely {number}."}}
        fresh = await seen(cast["officer"], found)
        await cast["officer"].patch(f"/agreements/{found.id}", given, if_match=fresh["version"])
        await act(cast["officer"], found, "propose")
    back = await act(cast["officer"], found, "withdraw", REASON)
    assert (back["current_version"], back["version_in_force"]) == (1, 1), (
        "not the version before, which nobody holds to"
    )
    assert await standings(cast["viewer"], found) == {1: "in_force", 2: "replaced", 3: "replaced", 4: "withdrawn"}
    await act(cast["officer"], found, "propose")
    await act(cast["editor"], found, "withdraw", REASON)
    assert (await standings(cast["viewer"], found))[5] == "withdrawn"


async def test_only_an_amendment_that_waits_is_taken_back(cast: Cast) -> None:
    whole = await in_force(cast)
    assert (await act(cast["editor"], whole, "withdraw", REASON))["code"] == "nothing_to_withdraw"
    assert offered(await seen(cast["editor"], whole), "withdraw") == (False, "nothing_to_withdraw")
    first = await proposed(cast)
    assert (await act(cast["editor"], first, "withdraw", REASON))["code"] == "wrong_state"
    found = await amended(cast)
    assert offered(await seen(cast["officer"], found), "withdraw") == (True, None)
    for role in ("viewer", "signatory", "decider", "registry"):
        assert (await act(cast[role], found, "withdraw", REASON))["code"] == "forbidden"
        assert "withdraw" not in [one["action"] for one in (await seen(cast[role], found))["available_actions"]]
    assert (await act(cast["editor"], found, "withdraw", {"reason": "  "}))["status"] == 422
    path, fresh = f"/agreements/{found.id}/withdraw", await seen(cast["editor"], found)
    assert (await cast["editor"].post(path, REASON, if_match=fresh["version"] - 1)).status_code == 412
    assert (await cast["editor"].post(path, REASON)).status_code == 428
    await act(cast["editor"], found, "withdraw", REASON)
    assert (await act(cast["editor"], found, "withdraw", REASON))["code"] == "nothing_to_withdraw"


async def test_what_an_amendment_becomes_when_the_agreement_is_over(cast: Cast) -> None:
    found = await amended(cast)
    ending = {"reason": "Toiminta päättyy.", "ended_on": (await seen(cast["decider"], found))["ends_on"]}
    await act(cast["decider"], found, "terminate", ending)
    assert await standings(cast["viewer"], found) == {1: "ended", 2: "lapsed"}
    assert (await act(cast["editor"], found, "withdraw", REASON))["code"] == "wrong_state"


async def test_the_check_of_a_signature_says_that_it_binds_nobody(cast: Cast) -> None:
    found = await amended(cast)
    await sign(cast["decider"], found, cast.city, 2)
    first, _, last = (await seen(cast["viewer"], found))["signatures"]

    async def check(signature: dict[str, Any]) -> tuple[bool, list[str]]:
        given = {"credential": signature["credential"]}
        verdict = (await cast.world.nobody.post("/agreements/verify", given)).json()
        return verdict["valid"], verdict["problems"]

    assert await check(last) == (True, [])
    await act(cast["editor"], found, "withdraw", REASON)
    assert await check(last) == (False, ["version_withdrawn"])
    assert await check(first) == (True, [])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_the_document_says_who_took_it_back(cast: Cast, language: str) -> None:
    found = await amended(cast)
    await act(cast["editor"], found, "withdraw", REASON)
    kept = await version(cast.world.session, found.id, 2)
    [taken] = (await withdrawals(cast.world.session, found.id)).values()
    made = document(found, kept, target_groups=[], signatures=[], language=language, withdrawal=taken)
    [told] = [one.value for one in made.sections[0].facts if one.name == WORDS[language]["standing"]]
    assert "Vanhusten Ystävät ry" in told and "{" not in told
    assert (await cast["viewer"].get(f"/agreements/{found.id}/versions/2/document.pdf")).status_code == 200


async def test_it_is_for_good(cast: Cast) -> None:
    await act(cast["editor"], await amended(cast), "withdraw", REASON)
    for statement in ("update agreement_withdrawal set reason = ''", "delete from agreement_withdrawal"):
        with pytest.raises(IntegrityError):
            async with cast.world.session.begin_nested():
                await (await cast.world.session.connection()).exec_driver_sql(statement)
