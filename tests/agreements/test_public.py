"""The public list: what all parties signed to be seen by anybody, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest

from puumerkki.agreements.models import Agreement
from puumerkki.agreements.schemas.agreements import AgreementContent, AgreementSign, AgreementTermination
from puumerkki.agreements.service import proposing, signing
from puumerkki.kernel import clock
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import acting, drafted, in_force, proposed


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def content(cast: Cast, **more: Any) -> AgreementContent:
    puts = [
        {"organisation_id": cast.city.id, "kind": "money", "cents": 500, "budget_line": "3410"},
        {"organisation_id": cast.association.id, "kind": "volunteers", "hours": 40, "year": 2027},
    ]
    given = {"purpose": "Kerho.", "target_groups": ["KR1.1"], "contributions": puts, "public": True}
    return AgreementContent.model_validate(given | more)


CONTACT = {"name": "Virpi Valmistelija", "email": "virpi@city.example"}


async def shown(cast: Cast, asked: str = "") -> list[str]:
    answer = await cast.world.nobody.get(f"/agreements/public?{asked}")
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["items"]]


async def status(cast: Cast, found: Agreement) -> int:
    return (await cast.world.nobody.get(f"/agreements/public/{found.id}")).status_code


async def write(cast: Cast, found: Agreement, given: dict[str, Any]) -> None:
    seen = (await cast["officer"].get(f"/agreements/{found.id}")).json()
    answer = await cast["officer"].patch(f"/agreements/{found.id}", given, if_match=seen["version"])
    assert answer.status_code == 200, answer.text


async def test_anybody_sees_the_facts_of_what_is_in_force(cast: Cast) -> None:
    contacts = [CONTACT | {"organisation_id": str(cast.city.id)}]
    found = await in_force(cast, title="Kerho", content=content(cast), contacts=contacts, ends_on=clock.today())
    await write(cast, found, {"title": "Toinen nimi", "content": {"purpose": "Muutettu."}})
    assert await shown(cast) == ["Kerho"]
    answer = await cast.world.nobody.get(f"/agreements/public/{found.id}")
    body = answer.json()
    assert (body["title"], body["purpose"], body["state"], body["version_number"]) == ("Kerho", "Kerho.", "in_force", 1)
    assert [one["id"] for one in body["parties"]] == [str(cast.association.id), str(cast.city.id)]
    year = clock.today().year
    assert sorted(body["amounts"], key=lambda one: one["cents"]) == [
        {"organisation_id": str(cast.association.id), "year": 2027, "cents": 0, "hours": 40},
        {"organisation_id": str(cast.city.id), "year": year, "cents": 500, "hours": 0},
    ]
    for hidden in ("Virpi", "virpi@", "3410", "Toinen nimi", "Muutettu", "contacts", "editor"):
        assert hidden not in answer.text


async def test_nobody_learns_of_any_other(cast: Cast) -> None:
    private = await in_force(cast, title="Ei julkinen", content=content(cast, public=None))
    refused = await in_force(cast, title="Kielletty", content=content(cast, public=False))
    waiting = await proposed(cast, title="Ehdotettu", content=content(cast))
    draft = await drafted(cast, title="Luonnos", content=content(cast))
    assert await shown(cast) == []
    for one in (private, refused, waiting, draft):
        assert await status(cast, one) == 404
        assert (
            await status(cast, one) == (await cast.world.nobody.get(f"/agreements/public/{cast.city.id}")).status_code
        )
    assert (await cast.world.nobody.get(f"/agreements/{private.id}")).status_code in (401, 404)


async def test_all_parties_decide_whether_it_is_public(cast: Cast) -> None:
    found = await in_force(cast, title="Kerho", content=content(cast, public=None))
    for public in (True, None):
        await write(cast, found, {"content": {"public": public}})
        before = await shown(cast)
        await cast.world.session.refresh(found)
        acts = await acting(cast, "officer")
        await proposing.propose(
            cast.world.session, actor=acts, agreement_id=found.id, if_version=found.version, given=None
        )
        for role, organisation in (("signatory", cast.association), ("decider", cast.city)):
            assert await shown(cast) == before, "one signature of two changes nothing"
            given = AgreementSign(organisation_id=organisation.id, version_number=found.current_version or 0)
            await signing.sign(cast.world.session, actor=await acting(cast, role), agreement_id=found.id, given=given)
            await cast.world.session.flush()
        assert await shown(cast) == (["Kerho"] if public else [])
        assert await status(cast, found) == (200 if public else 404)


async def test_the_list_narrows_and_holds_what_runs(cast: Cast) -> None:
    await in_force(cast, title="Kerho kylällä", content=content(cast))
    ended = await in_force(cast, title="Muu", kind="partnership", content=content(cast, target_groups=["KR3"]))
    assert await shown(cast, "theme=KR3") == await shown(cast, "kind=partnership") == ["Muu"]
    assert await shown(cast, "q=KERHO") == ["Kerho kylällä"]
    assert len(await shown(cast, f"organisation={cast.city.id}")) == 2
    assert await shown(cast, f"organisation={cast.neighbour.id}") == []
    given = AgreementTermination(reason="Toiminta päättyy.", ended_on=clock.today() + timedelta(days=1))
    await signing.terminate(
        cast.world.session, actor=await acting(cast, "decider"), agreement_id=ended.id, if_version=ended.version,
        given=given,
    )  # fmt: skip
    await cast.world.session.flush()
    assert await shown(cast) == ["Kerho kylällä"]
    body = (await cast.world.nobody.get(f"/agreements/public/{ended.id}")).json()
    assert (body["state"], body["ends_on"]) == ("terminated", str(given.ended_on))
