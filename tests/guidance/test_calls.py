"""What a call asks of who wants to apply: networks, the last useful day of each, for which of one's organisations."""

from datetime import date, timedelta
from typing import Any

from puumerkki.access.roles import Role
from puumerkki.kernel import clock
from puumerkki.needs.models import NeedState
from puumerkki.networks.models.networks import MemberState
from puumerkki.organisations.models.organisations import LegalForm
from tests.applications.drafts import draft
from tests.factories import UNCONFIRMED, Client, World
from tests.partnerships.gate import policy
from tests.personas import make_cast
from tests.valid_requests.applications import make_call
from tests.valid_requests.needs import make_need


async def guidance(caller: Client, call: Any) -> dict[str, Any]:
    answer = await caller.get(f"/next/calls/{call.id}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_last_useful_day_of_a_call_is_that_of_the_draft(world: World) -> None:
    """The call closes on Thursday 31 December; with 14 + 14 days that is Wednesday 2 December."""
    cast = await make_cast(world)
    await world.rulebook(cast.network, handling_days=14, ballot_days=14)
    call = await make_call(cast)
    closes_on = date(clock.today().year + 1, 12, 31)
    call.closes_at = clock.end_of_day(closes_on)
    await world.session.flush()
    made = await draft(cast, call_id=str(call.id))
    shown = await guidance(cast["editor"], call)
    [network] = shown["networks"]
    assert (network["id"], network["days"], network["late"]) == (str(cast.network.id), 28, False)
    step = (await cast["editor"].get(f"/next/application/{made['id']}")).json()["step"]
    assert network["submit_by"] == step["day"]
    assert (shown["closes_on"], step["due_on"]) == (str(closes_on),) * 2
    assert date.fromisoformat(network["submit_by"]) <= closes_on - timedelta(days=29)
    call.closes_at = clock.end_of_day(clock.today() + timedelta(days=20))
    await world.session.flush()
    assert [one["late"] for one in (await guidance(cast["editor"], call))["networks"]] == [True]


async def test_a_draft_without_a_network_has_the_day_of_the_one_that_its_call_demands(world: World) -> None:
    cast = await make_cast(world)
    call = await make_call(cast)
    bare = await draft(cast, call_id=str(call.id), network_ids=[], authorities=[])

    async def of(made: dict[str, Any]) -> tuple[str, str, dict[str, str]]:
        told = (await cast["editor"].get(f"/next/application/{made['id']}")).json()
        return told["step"]["day"], told["step"]["due_on"], {one["name"]: one["standing"] for one in told["stages"]}

    day, closes_on, stages = await of(bare)
    assert (day, stages["network"], "authority" in stages) == (closes_on, "unchosen", False)
    wanted = await world.network("Turvallinen arki")
    await world.rulebook(wanted, handling_days=9, ballot_days=9)
    await policy(world, cast.city, wanted, call_ids=[call.id])
    shown = {one["id"]: one["submit_by"] for one in (await guidance(cast["editor"], call))["networks"]}
    day, _, stages = await of(bare)
    assert day == shown[str(wanted.id)] < closes_on
    assert (stages["network"], stages["authority"]) == ("unchosen", "unchosen")
    # the network that was chosen counts
    await world.rulebook(cast.network, handling_days=3, ballot_days=2)
    chosen = await draft(cast, title="Toinen", call_id=str(call.id))
    shown = {one["id"]: one["submit_by"] for one in (await guidance(cast["editor"], call))["networks"]}
    assert (await of(chosen))[0] == shown[str(cast.network.id)] > day


async def test_a_call_with_a_partner_has_an_authority_on_its_way(world: World) -> None:
    cast = await make_cast(world)
    call = await make_call(cast, partner_required=True)
    made = await draft(cast, call_id=str(call.id), authorities=[])
    told = (await cast["editor"].get(f"/next/application/{made['id']}")).json()
    assert {one["name"]: one["standing"] for one in told["stages"]}["authority"] == "unchosen"
    # and its draft names that as missing
    assert (told["step"]["says"], told["step"]["parts"]) == ("draft", ["authorities"])


async def test_a_draft_that_lacks_nothing_names_what_else_is_in_its_way(world: World) -> None:
    cast = await make_cast(world)
    call = await make_call(cast)
    made = await draft(cast, call_id=str(call.id))
    call.closes_at = clock.now() - timedelta(hours=1)
    await world.session.flush()
    step = (await cast["editor"].get(f"/next/application/{made['id']}")).json()["step"]
    assert (step["says"], step["parts"], step["blocked_by"]) == ("draft_blocked", [], "call_closed")


async def test_what_is_required_and_for_which_of_ones_organisations(world: World) -> None:
    cast = await make_cast(world)
    call = await make_call(cast)
    wanted = await world.network("Turvallinen arki")
    await world.rulebook(wanted)
    resting = await world.network("Lepo", decides=False)
    await policy(world, cast.city, wanted, resting, call_ids=[call.id])
    await policy(world, cast.city, await world.network("Muu"), call_ids=[])
    new = await world.organisation("Uusi yhdistys", legal_form=LegalForm.registered_association)
    await world.member(wanted, new, accepts=False)
    who = await world.person((Role.editor, cast.association.id), (Role.editor, new.id))

    async def shown(caller: Client) -> list[tuple[str, list[str], list[tuple[str, str]]]]:
        return [
            (
                one["names"]["fi"],
                [each["fi"] for each in one["required_by"]],
                [(each["names"]["fi"], each["standing"]) for each in one["applicants"]],
            )
            for one in (await guidance(caller, call))["networks"]
        ]

    own, city = cast.association.names["fi"], cast.city.names["fi"]
    assert await shown(who) == [
        ("Turvallinen arki", [city], [("Uusi yhdistys", "rulebook"), (own, "outside")]),
        (cast.network.names["fi"], [], [(own, "ready")]),
    ]
    assert await shown(world.nobody) == [("Turvallinen arki", [city], [])]
    waiting = await world.organisation("Odottaja", **UNCONFIRMED)
    await world.member(wanted, waiting, state=MemberState.invited, accepts=False)
    writes = await world.person((Role.editor, waiting.id))
    assert await shown(writes) == [("Turvallinen arki", [city], [("Odottaja", "unconfirmed")])]
    call.legal_forms = [LegalForm.registered_association]
    cast.association.legal_form = LegalForm.foundation
    await world.session.flush()
    assert await shown(who) == [("Turvallinen arki", [city], [("Uusi yhdistys", "rulebook")])]


async def test_needs_that_the_networks_agreed_on_and_no_draft_of_a_call(world: World) -> None:
    cast = await make_cast(world)
    call = await make_call(cast)
    agreed = await make_need(cast, NeedState.agreed)
    await make_need(cast)
    assert [one["id"] for one in (await guidance(cast["editor"], call))["needs"]] == [str(agreed.id)]
    hidden = await make_call(cast, published=False)
    assert (await cast["outsider"].get(f"/next/calls/{hidden.id}")).status_code == 404
