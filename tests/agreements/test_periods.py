"""What has ended is not signed into force, what begins later is signed and not in force; a check says all it knows."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from puumerkki.agreements.models import Agreement, AgreementState
from puumerkki.agreements.schemas.agreements import AgreementContent, AgreementTermination
from puumerkki.agreements.service import renewal, signing
from puumerkki.kernel import clock
from tests.factories import World
from tests.personas import Cast, make_cast
from tests.valid_requests.agreements import acting, amended, confirmed, drafted, in_force, proposed, recorded

PUBLIC = AgreementContent(purpose="Kerho.", public=True)


@pytest.fixture
async def cast(world: World) -> Cast:
    return await make_cast(world)


def day(days: int) -> date:
    return clock.today() + timedelta(days=days)


async def listed(cast: Cast, state: str) -> list[str]:
    return [one["id"] for one in (await cast["officer"].get(f"/agreements?state={state}")).json()["items"]]


async def sign(cast: Cast, role: str, found: Agreement) -> dict[str, Any]:
    organisation = cast.city if role == "decider" else cast.association
    given = {"organisation_id": str(organisation.id), "version_number": found.current_version}
    return dict((await cast[role].post(f"/agreements/{found.id}/sign", given)).json())


async def test_a_period_that_has_ended_is_not_signed_into_force(cast: Cast) -> None:
    over = await drafted(cast, starts_on=day(-400), ends_on=day(-1))
    refused = await cast["editor"].post(f"/agreements/{over.id}/propose", if_match=over.version)
    assert refused.json()["code"] == "period_ended"
    late = await proposed(cast, starts_on=day(-400), ends_on=day(0))
    await sign(cast, "signatory", late)
    with clock.fixed(clock.now() + timedelta(days=1)):
        cast.callers["decider"] = await cast.world.again(cast["decider"])
        assert (await sign(cast, "decider", late))["code"] == "period_ended"
    assert (late.state, late.version_in_force) == (AgreementState.proposed, None)
    # an old paper is kept as ended
    old = await recorded(cast, starts_on=day(-800), ends_on=day(-100))
    await confirmed(cast, old)
    assert old.state == AgreementState.ended


async def test_a_period_that_has_begun_holds_from_the_last_signature(cast: Cast) -> None:
    found = await in_force(cast, starts_on=day(-400), ends_on=day(400))
    assert (found.state, found.in_force_on) == (AgreementState.in_force, clock.today())


async def test_what_begins_later_is_signed_and_not_in_force(cast: Cast) -> None:
    found = await in_force(cast, starts_on=day(30), ends_on=day(90), content=PUBLIC)
    assert (found.state, found.in_force_on) == (AgreementState.signed, day(30))
    assert await listed(cast, "in_force") == [] and await listed(cast, "signed") == [str(found.id)]
    assert (await cast["anonymous"].get("/agreements/public")).json()["items"] == []
    [version] = (await cast["officer"].get(f"/agreements/{found.id}/versions")).json()["items"]
    assert version["standing"] == "signed"
    types = [one["type"] for one in (await cast["officer"].get(f"/agreements/{found.id}/timeline")).json()["items"]]
    assert "agreement.signed_by_all" in types and "agreement.came_into_force" not in types
    session = cast.world.session
    assert await renewal.expire_due(session) == 0, "what has not begun does not run out"
    assert await renewal.begin_due(session) == 0
    first = day(30)
    with clock.fixed(datetime(first.year, first.month, first.day, 0, 5, tzinfo=clock.FINLAND)):
        assert await renewal.begin_due(session) == 1
        assert await renewal.begin_due(session) == 0
    await session.flush()
    assert found.state == AgreementState.in_force
    assert len((await cast["anonymous"].get("/agreements/public")).json()["items"]) == 1


async def test_a_paper_that_begins_later_is_signed_until_then(cast: Cast) -> None:
    found = await recorded(cast, starts_on=day(30), ends_on=day(400))
    await confirmed(cast, found)
    assert (found.state, found.in_force_on) == (AgreementState.signed, day(30))


async def verdict(cast: Cast, found: Agreement, number: int = 1) -> dict[str, Any]:
    signatures = (await cast["viewer"].get(f"/agreements/{found.id}")).json()["signatures"]
    token = next(one["credential"] for one in signatures if one["version_number"] == number)
    return dict((await cast["anonymous"].post("/agreements/verify", {"credential": token})).json())


async def test_the_check_says_all_it_knows(cast: Cast) -> None:
    half = await proposed(cast)
    await sign(cast, "signatory", half)
    said = await verdict(cast, half)
    assert (said["valid"], said["standing"], said["unsigned"]) == (True, "open", ["Oulun kaupunki"])
    whole = await in_force(cast)
    said = await verdict(cast, whole)
    assert (said["standing"], said["state"], said["unsigned"], said["ended_on"]) == ("in_force", "in_force", [], None)
    other = await amended(cast)
    for role in ("signatory", "decider"):
        await sign(cast, role, other)
    assert (await verdict(cast, other))["standing"] == "replaced"
    assert (await verdict(cast, other, 2))["standing"] == "in_force"
    given = AgreementTermination(reason="Toiminta päättyy.", ended_on=clock.today())
    actor = await acting(cast, "decider")
    await signing.terminate(
        cast.world.session, actor=actor, agreement_id=whole.id, if_version=whole.version, given=given
    )
    said = await verdict(cast, whole)
    assert (said["state"], said["standing"], said["ended_on"]) == ("terminated", "ended", str(clock.today()))


async def test_who_does_not_write_sees_what_is_signed(cast: Cast) -> None:
    found = await in_force(cast)
    given = {"title": "Salaa valmisteltu", "content": {"purpose": "Muu."}}
    changed = await cast["officer"].patch(f"/agreements/{found.id}", given, if_match=found.version)
    assert (changed.json()["title"], changed.json()["changed"]) == (given["title"], True)
    for role in ("viewer", "signatory", "decider", "owner"):
        seen = (await cast[role].get(f"/agreements/{found.id}")).json()
        assert (seen["title"], seen["content"]["purpose"]) == (
            "Yhteistyö ikäihmisten hyväksi",
            "Kerho kahdesti viikossa.",
        )
        assert (seen["changed"], seen["editable"]) == (False, False)
    assert (await cast["editor"].get(f"/agreements/{found.id}")).json()["title"] == given["title"]
