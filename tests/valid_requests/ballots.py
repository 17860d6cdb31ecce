"""Ballots on handlings, and the endorsements that come of them."""

from puumerkki.handlings.schemas.ballots import ConditionAnswer, RecusalGiven, VoteGiven
from puumerkki.handlings.service import ballot_actions, ballots, votes
from puumerkki.kernel import clock
from puumerkki.networks.tally import Choice
from tests.handlings.scene import recorded
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.handlings import actor_of, ballot_version, counted, endorsement_given, in_ballot, voted


@operation("ballots_get_ballot")
async def get_ballot(cast: Cast) -> Call:
    return Call("GET", f"/handlings/{(await in_ballot(cast)).id}/ballot", by="coordinator")


@operation("ballots_cast_vote")
async def cast_vote(cast: Cast) -> Call:
    path = f"/handlings/{(await in_ballot(cast)).id}/ballot/votes/{cast.neighbour_member.id}"
    return Call("PUT", path, by="representative", json={"choice": "for"})


@operation("ballots_declare_recusal")
async def declare_recusal(cast: Cast) -> Call:
    path = f"/handlings/{(await in_ballot(cast)).id}/ballot/recusals/{cast.neighbour_member.id}"
    return Call("PUT", path, by="representative", json={"reason": "Sisarjärjestö."})


@operation("ballots_withdraw_recusal")
async def withdraw_recusal(cast: Cast) -> Call:
    handling, session = await in_ballot(cast), cast.world.session
    await votes.declare_recusal(
        session,
        actor=await actor_of(cast, "representative"),
        handling_id=handling.id,
        member_id=cast.neighbour_member.id,
        given=RecusalGiven(),
    )
    path = f"/handlings/{handling.id}/ballot/recusals/{cast.neighbour_member.id}"
    return Call("DELETE", path, by="representative")


@operation("ballots_close_ballot")
async def close_ballot(cast: Cast) -> Call:
    handling = await voted(cast, Choice.for_)
    version = await ballot_version(cast, handling)
    return Call("POST", f"/handlings/{handling.id}/ballot/close", by="coordinator", json={}, if_match=version)


@operation("ballots_answer_condition")
async def answer_condition(cast: Cast) -> Call:
    handling = await counted(cast, Choice.for_with_conditions, condition="Kuljetukset sovitaan.")
    path = f"/handlings/{handling.id}/ballot/conditions/{cast.neighbour_member.id}"
    version = await ballot_version(cast, handling)
    return Call("POST", path, by="coordinator", json={"taken": True, "when": "before"}, if_match=version)


@operation("ballots_settle_recorded")
async def settle_recorded(cast: Cast) -> Call:
    handling, session = await in_ballot(cast), cast.world.session
    given = VoteGiven.model_validate({"choice": "for"} | recorded())
    lead, member_id = await actor_of(cast, "coordinator"), cast.neighbour_member.id
    await votes.cast_vote(session, actor=lead, handling_id=handling.id, member_id=member_id, given=given)
    ballot = await ballots.newest(session, handling.id)
    assert ballot is not None
    ballot.closes_at = clock.now()
    await session.flush()
    await ballot_actions.close_due_ballots(session)
    version = await ballot_version(cast, handling)
    path = f"/handlings/{handling.id}/ballot/settle_recorded"
    return Call("POST", path, by="representative", json={"confirmed": True}, if_match=version)


@operation("ballots_state_standing")
async def state_standing(cast: Cast) -> Call:
    handling = await counted(cast, Choice.for_with_conditions, condition="Kuljetukset sovitaan.")
    session, member_id = cast.world.session, cast.neighbour_member.id
    await ballot_actions.answer_condition(
        session,
        actor=await actor_of(cast, "coordinator"),
        handling_id=handling.id,
        member_id=member_id,
        if_version=await ballot_version(cast, handling),
        given=ConditionAnswer(taken=False, answer="Ei kuulu tähän."),
    )
    path = f"/handlings/{handling.id}/ballot/votes/{member_id}/standing"
    return Call("PUT", path, by="representative", json={"stands": True})


@operation("endorsements_list_endorsements")
async def list_endorsements(cast: Cast) -> Call:
    await endorsement_given(cast)
    return Call("GET", "/endorsements", by="anonymous")


@operation("endorsements_export_endorsements")
async def export_endorsements(cast: Cast) -> Call:
    await endorsement_given(cast)
    return Call("GET", "/endorsements/export.csv", by="anonymous")


@operation("endorsements_get_endorsement")
async def get_endorsement(cast: Cast) -> Call:
    return Call("GET", f"/endorsements/{(await endorsement_given(cast)).number}", by="anonymous")


@operation("endorsements_get_credential")
async def get_credential(cast: Cast) -> Call:
    return Call("GET", f"/endorsements/{(await endorsement_given(cast)).number}/credential", by="anonymous")


@operation("endorsements_get_certificate")
async def get_certificate(cast: Cast) -> Call:
    return Call("GET", f"/endorsements/{(await endorsement_given(cast)).number}/certificate.pdf", by="anonymous")


@operation("endorsements_get_snapshot")
async def get_snapshot(cast: Cast) -> Call:
    return Call("GET", f"/endorsements/{(await endorsement_given(cast)).number}/snapshot", by="viewer")


@operation("endorsements_get_status_list")
async def get_status_list(cast: Cast) -> Call:
    await endorsement_given(cast)
    return Call("GET", "/status-lists/1", by="anonymous")


@operation("endorsements_get_first_status_list")
async def get_first_status_list(cast: Cast) -> Call:
    await endorsement_given(cast)
    return Call("GET", "/endorsements/status-list", by="anonymous")


@operation("endorsements_verify")
async def verify(cast: Cast) -> Call:
    return Call(
        "POST", "/endorsements/verify", by="anonymous", json={"credential": (await endorsement_given(cast)).credential}
    )
