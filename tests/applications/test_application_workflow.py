"""The application's own workflow: every state, action and role, and what blocks a submission."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from puumerkki.access.permissions import P
from puumerkki.applications.workflow.applicants import ForApplicants
from puumerkki.calls.models import CallState, FundingCall
from puumerkki.filings.models import Filing
from puumerkki.handlings.models.handlings import Ballot, Handling
from puumerkki.kernel import clock
from puumerkki.networks.models.networks import MemberState, NetworkState, Rulebook, RulebookAcceptance
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from tests.applications.drafts import draft, submitted
from tests.factories import World
from tests.personas import CALLERS, Cast, make_cast

MAY = {
    ("submit", "draft"): "editor",
    ("submit", "active"): "editor",
    ("withdraw", "active"): "owner",
    ("close", "active"): "editor",
    ("continue", "active"): "editor",
    ("continue", "closed"): "editor",
}
"""The whole table: who may take which action in which state."""
HOLDERS = {"submit": "editor", "withdraw": "owner", "close": "editor", "continue": "editor"}
ALSO = {"continue": "owner"}
"""An administrator writes, too."""
IN_THE_ASSOCIATION = ("viewer", "editor", "owner", "signatory")
STATES = ("draft", "active", "withdrawn", "closed")


async def _in_state(cast: Cast, state: str) -> dict[str, Any]:
    if state == "draft":
        return await draft(cast)
    made = await submitted(cast)
    path = f"/applications/{made['id']}"
    if state == "withdrawn":
        return dict((await cast["owner"].post(f"{path}/withdraw", if_match=made["version"])).json())
    if state == "closed":
        return dict((await cast["editor"].post(f"{path}/close", if_match=made["version"])).json())
    change = {"content": {"goals": "Uusi tavoite"}}
    return dict((await cast["editor"].patch(path, change, if_match=made["version"])).json())


@pytest.mark.parametrize("state", STATES)
async def test_every_action_and_role(world: World, state: str) -> None:
    cast = await make_cast(world)
    made = await _in_state(cast, state)
    assert made["state"] == state
    for action, holder in HOLDERS.items():
        path = f"/applications/{made['id']}/{action}"
        for role in CALLERS:
            if role in (holder, ALSO.get(action)):
                continue
            expected = 403 if role in IN_THE_ASSOCIATION else 404
            if role not in (*IN_THE_ASSOCIATION, "outsider", "operator") and state != "draft":
                expected = 403
            if role == "anonymous":
                expected = 401
            answer = await cast[role].post(path, if_match=made["version"])
            assert answer.status_code == expected, (action, role, answer.text)
    for action, holder in HOLDERS.items():
        fresh = await _in_state(cast, state)
        offered = (await cast[holder].get(f"/applications/{fresh['id']}")).json()["available_actions"]
        answer = await cast[holder].post(f"/applications/{fresh['id']}/{action}", if_match=fresh["version"])
        if (action, state) in MAY:
            assert answer.status_code in (200, 201), (action, answer.text)
            assert {"action": action, "allowed": True, "blocked_by": None} in offered
        else:
            assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state"), action
            assert action not in {one["action"] for one in offered}


async def _inactive_network(cast: Cast, _made: dict[str, Any]) -> None:
    cast.network.state = NetworkState.dormant


async def _no_member(cast: Cast, _made: dict[str, Any]) -> None:
    cast.association_member.state = MemberState.left


async def _not_accepted(cast: Cast, _made: dict[str, Any]) -> None:
    found = await cast.world.session.exec(
        select(RulebookAcceptance).where(col(RulebookAcceptance.member_id) == cast.association_member.id)
    )
    for one in found.all():
        await cast.world.session.delete(one)


async def _more_required(cast: Cast, _made: dict[str, Any]) -> None:
    book = (await cast.world.session.exec(select(Rulebook).where(col(Rulebook.network_id) == cast.network.id))).one()
    book.rule = {**book.rule, "required_parts": ["budget"]}


def _with_call(**more: Any) -> Callable[[Cast, dict[str, Any]], Awaitable[None]]:
    async def prepare(cast: Cast, made: dict[str, Any]) -> None:
        now = clock.now()
        days = {"opens_at": now - timedelta(days=2), "closes_at": now + timedelta(days=2)}
        call = FundingCall(
            **{"funder_id": cast.city.id, "names": {"fi": "Haku"}, "state": CallState.published} | days | more
        )
        cast.world.session.add(call)
        await cast.world.session.flush()
        await _change(cast, made, {"call_id": str(call.id)})

    return prepare


async def _change(cast: Cast, made: dict[str, Any], change: dict[str, Any]) -> None:
    answer = await cast["editor"].patch(f"/applications/{made['id']}", change, if_match=made["version"])
    assert answer.status_code == 200, answer.text
    made["version"] = answer.json()["version"]


async def _call_that_closed(cast: Cast, made: dict[str, Any]) -> None:
    await _with_call()(cast, made)
    call = (await cast.world.session.exec(select(FundingCall))).one()
    call.closes_at = clock.now() - timedelta(days=1)


async def _without_partner(cast: Cast, made: dict[str, Any]) -> None:
    await _with_call(partner_required=True)(cast, made)
    await _change(cast, made, {"authorities": []})


BLOCKS: dict[str, Callable[[Cast, dict[str, Any]], Awaitable[None]]] = {
    "network_not_active": _inactive_network,
    "not_a_member": _no_member,
    "rules_not_accepted": _not_accepted,
    "incomplete": _more_required,
    "call_closed": _call_that_closed,
    "legal_form_excluded": _with_call(legal_forms=["foundation"]),
    "partner_required": _without_partner,
    "amount_out_of_bounds": _with_call(max_cents=1_000),
}


@pytest.mark.parametrize("code", list(BLOCKS))
async def test_what_blocks_a_submission(world: World, code: str) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    await BLOCKS[code](cast, made)
    await world.session.flush()
    path = f"/applications/{made['id']}"
    offered = (await cast["editor"].get(path)).json()["available_actions"]
    assert offered == [{"action": "submit", "allowed": False, "blocked_by": code}]
    answer = await cast["editor"].post(f"{path}/submit", if_match=made["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
    assert (await cast["editor"].get(f"{path}/versions")).json()["items"] == []


async def test_a_missing_part_is_named(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast, content={"goals": "Vain tavoite"})
    answer = await cast["editor"].post(f"/applications/{made['id']}/submit", if_match=made["version"])
    assert answer.json()["missing"] == [
        "purpose",
        "target_groups",
        "methods",
        "duration",
        "partners",
        "complements",
        "cooperation",
    ]


async def test_a_call_that_closed_meanwhile_stops_no_mending(world: World) -> None:
    cast = await make_cast(world)
    made = await draft(cast)
    await _with_call()(cast, made)
    sent = await cast["editor"].post(f"/applications/{made['id']}/submit", if_match=made["version"])
    assert sent.status_code == 200, sent.text
    call = (await world.session.exec(select(FundingCall))).one()
    call.closes_at = clock.now() - timedelta(days=1)
    await world.session.flush()
    made["version"] = sent.json()["version"]
    await _change(cast, made, {"content": {"goals": "Mieluummin näin"}})
    again = await cast["editor"].post(f"/applications/{made['id']}/submit", if_match=made["version"])
    assert again.status_code == 200, again.text


async def test_nothing_changed_and_a_further_network(world: World) -> None:
    cast = await make_cast(world)
    second = await world.network("Toinen verkosto")
    await world.member(second, cast.association)
    made = await submitted(cast)
    path = f"/applications/{made['id']}"
    same = await cast["editor"].post(f"{path}/submit", if_match=made["version"])
    assert (same.status_code, same.json()["code"]) == (409, "nothing_changed")
    await _change(cast, made, {"network_ids": [str(cast.network.id), str(second.id)]})
    again = await cast["editor"].post(f"{path}/submit", if_match=made["version"])
    assert again.status_code == 200, again.text
    assert [one["handling"]["state"] for one in again.json()["networks"]] == ["received", "received"]


async def test_an_open_ballot_holds_the_version(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    await _change(cast, made, {"content": {"goals": "Kesken äänestyksen"}})
    handling = (await world.session.exec(select(Handling))).one()
    book = (await world.session.exec(select(Rulebook).where(col(Rulebook.network_id) == cast.network.id))).one()
    world.session.add(
        Ballot(
            handling_id=handling.id,
            rulebook_id=book.id,
            version_number=1,
            rule=book.rule,
            opened_at=clock.now(),
            closes_at=clock.now() + timedelta(days=1),
        )
    )
    await world.session.flush()
    answer = await cast["editor"].post(f"/applications/{made['id']}/submit", if_match=made["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "ballot_open")


async def test_a_filing_on_its_way_holds_the_application_open(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    world.session.add(Filing(application_id=UUID(made["id"]), funder_id=cast.city.id))
    await world.session.flush()
    answer = await cast["editor"].post(f"/applications/{made['id']}/close", if_match=made["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "filings_open")


async def test_a_withdrawal_ends_handlings_and_requests(world: World) -> None:
    cast = await make_cast(world)
    made = await submitted(cast)
    path = f"/applications/{made['id']}"
    assert (await world.session.exec(select(Handling.state))).all() == ["received"]
    answer = await cast["owner"].post(f"{path}/withdraw", if_match=made["version"])
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn"), answer.text
    assert (await world.session.exec(select(Handling.state))).all() == ["withdrawn"]
    assert (await world.session.exec(select(PartnerRequest.state))).all() == ["withdrawn"]
    ended = await cast["editor"].patch(path, {"title": "X"}, if_match=answer.json()["version"])
    assert (ended.status_code, ended.json()["code"]) == (409, "application_ended")


async def test_for_applicants_asks_every_applicant(world: World) -> None:
    cast = await make_cast(world)

    class Neighbour:
        def may(self, permission: Any, on: UUID | None = None) -> bool:
            return on == cast.neighbour.id and permission == P.applications_submit

    either = ForApplicants(Neighbour(), cast.network.id, (cast.association.id, cast.neighbour.id))
    assert either.may(P.applications_submit, cast.network.id)
    assert not either.may(P.applications_withdraw, cast.network.id)
    assert not either.may(P.applications_submit, cast.city.id)
