"""Partner requests and gate policies."""

from datetime import timedelta
from typing import Any

from puumerkki.applications.models.recipients import HandlingState, PartnerRequestState
from puumerkki.kernel import clock
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.partnerships.models.partner_requests import LookAt, PartnerOutcome, PartnerRequest
from tests.partnerships.gate import ended, endorse, handled, policy, rows_of, scene_of
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def arrived(cast: Cast, state: PartnerRequestState | None = None, *, gate: bool = True) -> PartnerRequest:
    """The city's case of an application that has its endorsement; without `state`, as it arrived."""
    scene = await scene_of(cast, gate=gate)
    endorsement = await endorse(cast.world.session, scene.version, scene.network)
    request = scene.request
    if state is not None:
        for row in await rows_of(cast.world.session, request):
            row.endorsement_id, row.endorsement_network_id = endorsement.id, endorsement.network_id
        await cast.world.session.flush()
        request.state = state
        asked = {"asked_at": clock.now().isoformat(), "body": "Mikä on omarahoitus?"}
        request.supplements = [{**asked, "answered_at": None, "answer": None}]
        await cast.world.session.flush()
    return request


def _act(request: PartnerRequest, action: str, by: str, json: Any = None) -> Call:
    path = f"/partner-requests/{request.id}/{action}"
    return Call("POST", path, by=by, json={} if json is None else json, if_match=request.version)


@operation("partner_requests_list")
async def list_partner_requests(cast: Cast) -> Call:
    await arrived(cast, PartnerRequestState.in_preparation)
    return Call("GET", f"/partner-requests?authority={cast.city.id}", by="officer")


@operation("partner_requests_export")
async def export_partner_requests(cast: Cast) -> Call:
    await arrived(cast, PartnerRequestState.in_preparation)
    return Call("GET", f"/partner-requests/export.csv?authority={cast.city.id}", by="officer")


@operation("partner_requests_get")
async def get_partnerarrived(cast: Cast) -> Call:
    request = await arrived(cast, PartnerRequestState.supplement_asked)
    return Call("GET", f"/partner-requests/{request.id}", by="officer")


@operation("partner_requests_list_timeline")
async def list_timeline(cast: Cast) -> Call:
    return Call("GET", f"/partner-requests/{(await arrived(cast)).id}/timeline", by="officer")


@operation("partner_requests_refer")
async def refer(cast: Cast) -> Call:
    arrived = await scene_of(cast)
    arrived.request.state = PartnerRequestState.arrived
    await cast.world.session.flush()
    return _act(arrived.request, "refer_to_network", "officer")


@operation("partner_requests_begin")
async def begin(cast: Cast) -> Call:
    return _act(await arrived(cast), "begin", "officer")


@operation("partner_requests_name_preparer")
async def name_preparer(cast: Cast) -> Call:
    request = await arrived(cast, PartnerRequestState.in_preparation)
    return _act(request, "name_preparer", "officer", {"preparer_id": str(cast["officer"].id)})


@operation("partner_requests_ask_supplement")
async def ask_supplement(cast: Cast) -> Call:
    request = await arrived(cast, PartnerRequestState.in_preparation)
    return _act(request, "ask_supplement", "officer", {"body": "Mikä on omarahoitus?"})


@operation("partner_requests_answer_supplement")
async def answer_supplement(cast: Cast) -> Call:
    request = await arrived(cast, PartnerRequestState.supplement_asked)
    return _act(request, "answer_supplement", "editor", {"body": "Kymmenen prosenttia."})


@operation("partner_requests_close_supplement")
async def close_supplement(cast: Cast) -> Call:
    return _act(await arrived(cast, PartnerRequestState.supplement_asked), "close_supplement", "officer")


@operation("partner_requests_decide")
async def decide(cast: Cast) -> Call:
    request = await arrived(cast, PartnerRequestState.in_preparation)
    given = {
        "outcome": "commitment",
        "contributions": [{"kind": "working_time", "hours": 40, "description": "Ohjaajan työaikaa"}],
        "body": "Hyvinvointilautakunta",
        "decided_on": str(clock.today()),
        "section": "§ 45",
    }
    return _act(request, "decide", "decider", given)


PROPOSED = {
    "outcome": "commitment",
    "contributions": [{"kind": "money", "cents": 1_500_000, "description": "Omarahoitusosuus"}],
    "body": "Hyvinvointilautakunta",
    "decided_on": str(clock.today()),
    "section": "§ 45",
    "reason": "Täydentää kaupungin omaa toimintaa.",
}


@operation("partner_requests_propose_decision")
async def propose(cast: Cast) -> Call:
    return _act(await arrived(cast, PartnerRequestState.in_preparation), "propose", "officer", PROPOSED)


@operation("partner_requests_hand_back_proposal")
async def hand_back(cast: Cast) -> Call:
    proposed = await propose(cast)
    answer = await cast["officer"].post(proposed.path, proposed.json, if_match=proposed.if_match)
    path, given = proposed.path.replace("/propose", "/hand_back"), {"reason": "Summa ei vastaa hakemusta."}
    return Call("POST", path, by="decider", json=given, if_match=answer.json()["version"])


@operation("partner_requests_recall")
async def recall(cast: Cast) -> Call:
    return _act(await arrived(cast, PartnerRequestState.in_preparation), "recall", "editor")


NO = {
    "reason": "Määräraha on käytetty.",
    "body": "Hyvinvointilautakunta",
    "decided_on": str(clock.today()),
    "appeal": "Oikaisuvaatimus 14 päivän kuluessa.",
}


@operation("partner_requests_answer_none")
async def answer_none(cast: Cast) -> Call:
    return _act((await scene_of(cast)).request, "answer_none", "decider", NO)


@operation("partner_requests_not_take_up")
async def not_take_up(cast: Cast) -> Call:
    return _act((await scene_of(cast)).request, "not_take_up", "decider", NO)


async def _to_look_at(cast: Cast) -> PartnerRequest:
    request = await arrived(cast, PartnerRequestState.in_preparation)
    request.state, request.outcome = PartnerRequestState.decided, PartnerOutcome.statement
    request.decided_on = clock.today()
    await cast.world.session.flush()
    request.to_look_at, request.to_look_at_since = LookAt.revoked, clock.now()
    await cast.world.session.flush()
    await cast.world.session.refresh(request)
    return request


@operation("partner_requests_keep_decision")
async def keep(cast: Cast) -> Call:
    return _act(await _to_look_at(cast), "keep", "decider")


@operation("partner_requests_reopen")
async def reopen(cast: Cast) -> Call:
    return _act(await _to_look_at(cast), "reopen", "decider")


@operation("partner_requests_bring_under_policy")
async def bring(cast: Cast) -> Call:
    request = (await scene_of(cast, gate=False)).request
    made = await policy(cast.world, cast.city, cast.network)
    return _act(request, "bring", "officer", {"policy_id": str(made.id), "reason": "Koskee kaikkia asukkaita."})


@operation("partner_requests_release_requirement")
async def release(cast: Cast) -> Call:
    made = await policy(cast.world, cast.city, cast.network, target_groups=["KR1.1"])
    scene = await scene_of(cast, gate=False)
    await ended(cast.world.session, made.id)
    [row] = await rows_of(cast.world.session, scene.request)
    given = {"reason": "Vaatimus on päättynyt."}
    return _act(scene.request, f"requirements/{row.id}/release", "officer", given)


@operation("partner_requests_undo_requirement")
async def undo(cast: Cast) -> Call:
    released = await release(cast)
    answer = await cast["officer"].post(released.path, released.json, if_match=released.if_match)
    path = released.path.replace("/release", "/undo")
    return Call("POST", path, by="decider", json=released.json, if_match=answer.json()["version"])


WAIVER = {
    "ground": "law",
    "reason": "Laki edellyttää vastausta.",
    "body": "Hyvinvointijohtaja",
    "decided_on": str(clock.today()),
    "section": "§ 7",
}


@operation("partner_requests_waive_requirement")
async def waive(cast: Cast) -> Call:
    scene = await scene_of(cast)
    await handled(cast.world.session, scene.version, scene.network, state=HandlingState.in_review)
    [row] = await rows_of(cast.world.session, scene.request)
    return _act(scene.request, f"requirements/{row.id}/waive", "decider", WAIVER)


@operation("partner_requests_give_network_view")
async def give_view(cast: Cast) -> Call:
    waived = await waive(cast)
    answer = await cast["decider"].post(waived.path, waived.json, if_match=waived.if_match)
    path = waived.path.replace("/waive", "/network_view")
    given = {"network_id": str(cast.network.id), "view": "Olisimme ehtineet vastata."}
    return Call("POST", path, by="coordinator", json=given, if_match=answer.json()["version"])


async def _policy(cast: Cast) -> GatePolicy:
    return await policy(cast.world, cast.city, cast.network, starts_on=clock.today() + timedelta(days=20))


@operation("gate_policies_list")
async def list_gate_policies(cast: Cast) -> Call:
    await _policy(cast)
    return Call("GET", f"/gate-policies?authority={cast.city.id}", by="anonymous")


@operation("gate_policies_get")
async def get_gate_policy(cast: Cast) -> Call:
    return Call("GET", f"/gate-policies/{(await _policy(cast)).id}", by="anonymous")


@operation("gate_policies_create")
async def create_gate_policy(cast: Cast) -> Call:
    given = {
        "authority_id": str(cast.city.id),
        "network_ids": [str(cast.network.id)],
        "target_groups": ["KR1.1"],
        "reason": {"fi": "Suunnitelmallista ja avointa."},
        "starts_on": str(clock.today()),
        "decided_by_body": "Kaupunginhallitus",
        "decided_on": str(clock.today()),
        "decision_section": "§ 210",
    }
    return Call("POST", "/gate-policies", by="decider", json=given)


@operation("gate_policies_update")
async def update_gate_policy(cast: Cast) -> Call:
    made = await _policy(cast)
    given = {"ends_on": str(made.starts_on)}
    return Call("PATCH", f"/gate-policies/{made.id}", by="decider", json=given, if_match=made.version)


@operation("gate_policies_delete")
async def delete_gate_policy(cast: Cast) -> Call:
    made = await _policy(cast)
    return Call("DELETE", f"/gate-policies/{made.id}", by="decider", if_match=made.version)
