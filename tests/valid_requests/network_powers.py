"""Endorsements under review, taken back, made to last longer; whom a meeting chose; what a network announces."""

from datetime import date, timedelta

from sqlmodel import col, select

from puumerkki.endorsements.models.revocations import RevocationCause, RevocationWay
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.endorsements.schemas.network_powers import ProlongationGiven, RevocationGiven, ViewGiven
from puumerkki.handlings.models.handlings import Handling, LapseReason
from puumerkki.handlings.service import prolongations, revocations
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel import clock
from puumerkki.meetings.models import ChosenRole, Meeting, MeetingKind, MeetingState, RoleChoice
from puumerkki.networks.models.networks import NetworkChange
from puumerkki.networks.schemas.changes import ChangeAnnounce
from puumerkki.networks.service import changes
from puumerkki.partnerships.models.gate import GatePolicy
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.handlings import actor_of, endorsed, meeting, received


async def proposed(cast: Cast) -> Handling:
    """One whose endorsement two persons may take back at once, since the applicant said that it asks for it."""
    session, handling = cast.world.session, await endorsed(cast)
    given = RevocationGiven(way=RevocationWay.cause, cause=RevocationCause.applicant_asks, reason="Hakija pyytää.")
    lead, editor = await actor_of(cast, "coordinator"), await actor_of(cast, "editor")
    await revocations.propose(session, actor=lead, handling_id=handling.id, if_version=handling.version, given=given)
    await revocations.state_view(
        session, actor=editor, handling_id=handling.id, given=ViewGiven(view="Pyydämme peruuttamista.", asks=True)
    )
    await session.flush()
    return handling


async def prolonging(cast: Cast) -> Handling:
    """One whose endorsement is to last longer."""
    session, handling = cast.world.session, await endorsed(cast)
    given = ProlongationGiven(valid_until=await _later(cast, handling), reason="Päätös viipyy.")
    lead = await actor_of(cast, "coordinator")
    await prolongations.propose(session, actor=lead, handling_id=handling.id, if_version=handling.version, given=given)
    await session.flush()
    return handling


async def _later(cast: Cast, handling: Handling) -> date:
    endorsement = await endorsement_in_force(cast.world.session, handling.id)
    assert endorsement is not None
    return endorsement.valid_until + timedelta(days=30)


def _act(handling: Handling, tail: str, json: object = None, *, by: str) -> Call:
    return Call("POST", f"/handlings/{handling.id}/{tail}", by=by, json=json or {}, if_match=handling.version)


@operation("handlings_propose_revocation")
async def propose_revocation(cast: Cast) -> Call:
    given = {"way": "ballot", "reason": "Hanke muuttui."}
    return _act(await endorsed(cast), "revocations", given, by="coordinator")


@operation("handlings_ask_again")
async def ask_again(cast: Cast) -> Call:
    handling = await received(cast)
    HANDLING.apply("lapse", handling, actor=None)
    handling.lapse_reason = LapseReason.call_over
    await cast.world.session.flush()
    return _act(handling, "ask_again", by="editor")


@operation("handlings_state_view")
async def state_view(cast: Cast) -> Call:
    path = f"/handlings/{(await proposed(cast)).id}/revocation/view"
    return Call("PUT", path, by="editor", json={"view": "Hanke on ennallaan.", "asks": False})


@operation("handlings_confirm_revocation")
async def confirm_revocation(cast: Cast) -> Call:
    return _act(await proposed(cast), "revocation/confirm", by="representative")


@operation("handlings_drop_revocation")
async def drop_revocation(cast: Cast) -> Call:
    return _act(await proposed(cast), "revocation/drop", {"reason": "Asia selvisi."}, by="coordinator")


@operation("handlings_propose_prolongation")
async def propose_prolongation(cast: Cast) -> Call:
    handling = await endorsed(cast)
    given = {"valid_until": (await _later(cast, handling)).isoformat(), "reason": "Päätös viipyy."}
    return _act(handling, "prolongations", given, by="coordinator")


@operation("handlings_confirm_prolongation")
async def confirm_prolongation(cast: Cast) -> Call:
    return _act(await prolonging(cast), "prolongation/confirm", by="representative")


@operation("handlings_drop_prolongation")
async def drop_prolongation(cast: Cast) -> Call:
    return _act(await prolonging(cast), "prolongation/drop", by="coordinator")


async def _named(cast: Cast) -> None:
    """The city's policy names the network."""
    cast.world.session.add(
        GatePolicy(
            authority_id=cast.city.id, network_ids=[cast.network.id], starts_on=clock.today(), published_at=clock.now()
        )
    )
    await cast.world.session.flush()


async def _announced(cast: Cast) -> None:
    await _named(cast)
    await changes.announce_change(
        cast.world.session,
        actor=await actor_of(cast, "coordinator"),
        network_id=cast.network.id,
        if_version=cast.network.version,
        given=ChangeAnnounce(change=NetworkChange.rest, reason="Koordinaattori vaihtuu."),
    )
    await cast.world.session.flush()


@operation("networks_announce_change")
async def announce_change(cast: Cast) -> Call:
    await _named(cast)
    given = {"change": "close", "reason": "Työ on tehty."}
    path = f"/networks/{cast.network.id}/changes"
    return Call("POST", path, by="coordinator", json=given, if_match=cast.network.version)


@operation("networks_drop_change")
async def drop_change(cast: Cast) -> Call:
    await _announced(cast)
    return Call("POST", f"/networks/{cast.network.id}/changes/rest/drop", by="coordinator", json={})


@operation("networks_answer_change")
async def answer_change(cast: Cast) -> Call:
    await _announced(cast)
    path = f"/networks/{cast.network.id}/changes/rest/answers/{cast.city.id}"
    return Call("PUT", path, by="decider", json={"answer": "Muutamme vaatimusta."})


@operation("meetings_record_role_choice")
async def record_role_choice(cast: Cast) -> Call:
    given = {"role": "chair", "principal_id": str(cast["observer"].id)}
    return Call("POST", f"/meetings/{(await meeting(cast)).id}/role-choices", by="secretary", json=given)


@operation("meetings_confirm_role_choice")
async def confirm_role_choice(cast: Cast) -> Call:
    session, recorder, chosen = cast.world.session, cast["secretary"].id, cast["observer"].id
    # nobody who leads is of the member that confirms
    held = Meeting(
        network_id=cast.network.id,
        kind=MeetingKind.meeting,
        state=MeetingState.held,
        title="Vuosikokous",
        starts_at=clock.now(),
        place="Tuira",
    )
    session.add(held)
    await session.flush()
    assert recorder is not None and chosen is not None
    session.add(RoleChoice(meeting_id=held.id, role=ChosenRole.chair, principal_id=chosen, recorded_by=recorder))
    await session.flush()
    choice = (await session.exec(select(RoleChoice).where(col(RoleChoice.meeting_id) == held.id))).one()
    path = f"/meetings/{held.id}/role-choices/{choice.id}/confirm"
    return Call("POST", path, by="representative", json={})
