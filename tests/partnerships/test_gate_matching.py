"""Which of an authority's policies concern an application, and why: by its frozen groups, areas and calls."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from puumerkki.calls.models import FundingCall
from puumerkki.kernel import clock
from puumerkki.kernel.collation import sort_key
from puumerkki.organisations.models.organisations import Organisation, Sector
from puumerkki.partnerships.queries.gate_matching import concerns
from puumerkki.reference.models import Area, AreaKind, Classification, Scheme
from tests.factories import OULU, World
from tests.partnerships.gate import policy


async def _area(world: World, name: str, parent: Area | None = None, *, municipality: str = OULU) -> Area:
    made = Area(
        municipality_code=municipality,
        kind=AreaKind.district,
        names={"fi": name},
        sort_key=sort_key(name),
        parent_id=parent.id if parent else None,
    )
    world.session.add(made)
    await world.session.flush()
    return made


async def _call(world: World, city: Organisation) -> FundingCall:
    call = FundingCall(
        funder_id=city.id,
        names={"fi": "Haku"},
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(days=30),
    )
    world.session.add(call)
    await world.session.flush()
    return call


async def test_which_policies_concern_an_application_and_why(world: World) -> None:
    session, today = world.session, clock.today()
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    network = await world.network()
    tuira = await _area(world, "Tuira")
    part, elsewhere = await _area(world, "Välivainio", tuira), await _area(world, "Kaakkuri")
    block = await _area(world, "Kortteli", part)
    far = await _area(world, "Keskusta", municipality="091")
    call, other_call = await _call(world, city), await _call(world, city)
    wider = select(Classification.parent_code).where(
        col(Classification.scheme) == Scheme.target_group, col(Classification.code) == "KR1.1"
    )
    parent_group = (await session.exec(wider)).one()

    async def cause(said: dict[str, Any], **named: Any) -> str | None:
        areas = named.pop("area_ids", [part.id])
        application = await world.application(
            await world.organisation(), authorities=[city], call_id=call.id, area_ids=areas
        )
        version = await world.version(application, **named)
        made = await policy(world, city, network, **said)
        found = await concerns(session, authority_id=city.id, version=version, day=today)
        return next((one.cause for one in found if one.policy.id == made.id), None)

    for said, named in (
        ({}, {}),
        ({"target_groups": ["KR1.1"]}, {}),
        ({"target_groups": [parent_group]}, {}),
        ({"area_ids": [part.id]}, {}),
        ({"area_ids": [elsewhere.id, tuira.id]}, {}),
        ({"call_ids": [call.id]}, {}),
        ({"target_groups": ["KR1.1"], "area_ids": [part.id], "call_ids": [call.id]}, {}),
        ({"ends_on": today}, {}),
    ):
        assert await cause(said, **named) == "named", said
    for said, named in (
        ({"target_groups": ["KR1.1"]}, {"target_groups": [parent_group]}),
        ({"area_ids": [block.id]}, {}),
        ({"area_ids": [part.id]}, {"area_ids": [tuira.id]}),
    ):
        assert await cause(said, **named) == "wider", said
    for said, named in (
        ({"target_groups": ["KR1.1"]}, {"target_groups": []}),
        ({"area_ids": [part.id]}, {"area_ids": []}),
        ({"area_ids": [part.id]}, {"area_ids": [far.id]}),
        ({"target_groups": ["KR1.1"], "area_ids": [block.id]}, {"target_groups": []}),
    ):
        assert await cause(said, **named) == "missing", said
    for said in (
        {"target_groups": ["KR2"]},
        {"area_ids": [elsewhere.id]},
        {"call_ids": [other_call.id]},
        {"target_groups": ["KR1.1"], "area_ids": [elsewhere.id]},
        {"starts_on": today + timedelta(days=1)},
        {"starts_on": today - timedelta(days=2), "ends_on": today - timedelta(days=1)},
    ):
        assert await cause(said) is None, said


@pytest.mark.parametrize("what", ["target_groups", "area_ids"])
async def test_the_working_copy_says_nothing(world: World, what: str) -> None:
    """What applicants change after the version does not change what concerns it."""
    city = await world.organisation("Oulun kaupunki", sector=Sector.municipality)
    tuira = await _area(world, "Tuira")
    application = await world.application(await world.organisation(), authorities=[city], area_ids=[tuira.id])
    version = await world.version(application)
    await policy(world, city, await world.network(), target_groups=["KR1.1"], area_ids=[tuira.id])
    if what == "area_ids":
        application.area_ids = [(await _area(world, "Kaakkuri")).id]
    else:
        application.content = {**application.content, "target_groups": ["KR2"]}
    await world.session.flush()
    found = await concerns(world.session, authority_id=city.id, version=version, day=clock.today())
    assert [one.cause for one in found] == ["named"]
