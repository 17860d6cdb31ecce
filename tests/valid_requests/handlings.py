"""Handlings, ballots, the register of endorsements."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from puumerkki.access.actor import Actor, Caller, load_actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.roles import Role
from puumerkki.applications.models.applications import Application
from puumerkki.endorsements.models.conditions import MetWhen
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.queries.endorsements import endorsement_in_force
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.schemas.ballots import ConditionAnswer, VoteGiven
from puumerkki.handlings.schemas.handlings import (
    BallotGiven,
    ConditionGiven,
    DecisionGiven,
    ReadingGiven,
)
from puumerkki.handlings.service import ballot_actions, ballots, conclusions, decisions, review, votes
from puumerkki.handlings.service.handlings import receive_version
from puumerkki.kernel import clock
from puumerkki.meetings.models import Meeting, MeetingAttendance, MeetingKind, MeetingState
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries import rulebook_in_force
from puumerkki.networks.tally import Choice
from tests.handlings.scene import earlier_today
from tests.personas import Cast
from tests.valid_requests import Call, operation


async def actor_of(cast: Cast, role: str) -> Actor:
    """Somebody of the cast, for the services."""
    return await load_actor(cast.world.session, Caller(id=cast[role].id, kind=PrincipalKind.user))


async def received(cast: Cast) -> Handling:
    """A handling of a submitted application."""
    application = await cast.world.application(cast.association, networks=[cast.network], authorities=[cast.city])
    return await _receive(cast, application)


async def _arrive(cast: Cast, application: Application, **changes: Any) -> None:
    version, editor = await cast.world.version(application, **changes), await actor_of(cast, "editor")
    await receive_version(cast.world.session, application=application, version=version, before=None, actor=editor)
    await cast.world.session.flush()


async def _receive(cast: Cast, application: Application) -> Handling:
    await _arrive(cast, application)
    found = await cast["coordinator"].get(f"/handlings?application={application.id}")
    return await cast.world.session.get_one(Handling, UUID(found.json()["items"][0]["id"]))


async def in_review(cast: Cast) -> Handling:
    """One under review, and read."""
    session, lead, handling = cast.world.session, await actor_of(cast, "coordinator"), await received(cast)
    await review.begin_review(session, actor=lead, handling_id=handling.id, if_version=handling.version)
    given = ReadingGiven(read_on=clock.today())
    await session.flush()
    await review.record_reading(session, actor=lead, handling_id=handling.id, if_version=handling.version, given=given)
    await session.flush()
    return handling


async def in_ballot(cast: Cast) -> Handling:
    """One with an open ballot."""
    session, lead, handling = cast.world.session, await actor_of(cast, "coordinator"), await in_review(cast)
    given = BallotGiven()
    await ballot_actions.open_ballot(
        session, actor=lead, handling_id=handling.id, if_version=handling.version, given=given
    )
    await session.flush()
    return handling


async def voted(cast: Cast, choice: Choice, **more: Any) -> Handling:
    """One whose ballot has all votes."""
    session, representative, handling = (
        cast.world.session,
        await actor_of(cast, "representative"),
        await in_ballot(cast),
    )
    given = VoteGiven(choice=choice, **more)
    member_id = cast.neighbour_member.id
    await votes.cast_vote(session, actor=representative, handling_id=handling.id, member_id=member_id, given=given)
    await session.flush()
    return handling


async def counted(cast: Cast, choice: Choice, **more: Any) -> Handling:
    """One whose ballot was closed."""
    session, lead, handling = cast.world.session, await actor_of(cast, "coordinator"), await voted(cast, choice, **more)
    version = await ballot_version(cast, handling)
    await ballot_actions.close_ballot(session, actor=lead, handling_id=handling.id, if_version=version)
    await session.flush()
    return handling


async def ballot_version(cast: Cast, handling: Handling) -> int:
    """The version of the newest ballot."""
    ballot = await ballots.newest(cast.world.session, handling.id)
    assert ballot is not None
    return ballot.version


async def endorsed(cast: Cast) -> Handling:
    """One with an endorsement."""
    session, lead, handling = cast.world.session, await actor_of(cast, "coordinator"), await counted(cast, Choice.for_)
    await conclusions.endorse(session, actor=lead, handling_id=handling.id, if_version=handling.version)
    await session.flush()
    return handling


async def endorsement_given(cast: Cast) -> Endorsement:
    """An endorsement in force."""
    found = await endorsement_in_force(cast.world.session, (await endorsed(cast)).id)
    assert found is not None
    return found


async def meeting(cast: Cast, *others: NetworkMember) -> Meeting:
    """A meeting that the network has held. The neighbour was there, whose people lead, chair and record, and others."""
    held = {"kind": MeetingKind.meeting, "state": MeetingState.held, "title": "Verkoston kokous", "place": "Tuira"}
    made = Meeting(network_id=cast.network.id, starts_at=earlier_today(), **held)
    cast.world.session.add(made)
    await cast.world.session.flush()
    for name in ("coordinator", "chair", "secretary"):
        await cast.world.grant((await actor_of(cast, name)).person_id(), Role.viewer, cast.neighbour.id)
    for one in (cast.neighbour_member, *others):
        cast.world.session.add(MeetingAttendance(meeting_id=made.id, member_id=one.id))
    await cast.world.session.flush()
    return made


async def decided(cast: Cast, *, conditions: tuple[str, ...] = ()) -> tuple[Handling, UUID]:
    """One with a decision recorded by a third member's secretary, which waits for its confirmation; and its id."""
    session, third = cast.world.session, await cast.world.organisation("Kolmas ry")
    member = await cast.world.member(cast.network, third)
    recorder = await cast.world.person((Role.secretary, cast.network.id, third.id))
    secretary = await load_actor(session, Caller(id=recorder.id, kind=PrincipalKind.user))
    handling = await in_review(cast)
    given = DecisionGiven(
        meeting_id=(await meeting(cast, member)).id,
        endorses=True,
        wording="Puollettiin.",
        conditions=[ConditionGiven(text=one, when=MetWhen.before) for one in conditions],
        present_member_ids=[cast.neighbour_member.id, member.id],
    )
    _, decision = await decisions.record_decision(
        session, actor=secretary, handling_id=handling.id, if_version=handling.version, given=given
    )
    await session.flush()
    return handling, decision.id


async def conditional(cast: Cast) -> Handling:
    """One whose endorsement has an open condition."""
    session, lead = cast.world.session, await actor_of(cast, "coordinator")
    handling = await counted(cast, Choice.for_with_conditions, condition="Kuljetukset sovitaan.")
    await ballot_actions.answer_condition(
        session,
        actor=lead,
        handling_id=handling.id,
        member_id=cast.neighbour_member.id,
        if_version=await ballot_version(cast, handling),
        given=ConditionAnswer(taken=True, when=MetWhen.before),
    )
    await session.flush()
    await conclusions.endorse(session, actor=lead, handling_id=handling.id, if_version=handling.version)
    await session.flush()
    return handling


def act(handling: Handling, action: str, json: Any = None, *, by: str = "coordinator") -> Call:
    return Call("POST", f"/handlings/{handling.id}/{action}", by=by, json=json or {}, if_match=handling.version)


@operation("handlings_list_handlings")
async def list_handlings(cast: Cast) -> Call:
    await received(cast)
    return Call("GET", "/handlings", by="coordinator")


@operation("handlings_get_handling")
async def get_handling(cast: Cast) -> Call:
    return Call("GET", f"/handlings/{(await received(cast)).id}", by="coordinator")


@operation("handlings_list_timeline")
async def list_timeline(cast: Cast) -> Call:
    return Call("GET", f"/handlings/{(await received(cast)).id}/timeline", by="coordinator")


@operation("handlings_begin_review")
async def begin_review(cast: Cast) -> Call:
    return act(await received(cast), "begin_review")


@operation("handlings_return_handling")
async def return_handling(cast: Cast) -> Call:
    return act(await received(cast), "return", {"points": [{"part": "goals", "body": "Montako ihmistä?"}]})


@operation("handlings_record_reading")
async def record_reading(cast: Cast) -> Call:
    return act(await received(cast), "readings", {"read_on": clock.today().isoformat()})


@operation("handlings_open_ballot")
async def open_ballot(cast: Cast) -> Call:
    return act(await in_review(cast), "open_ballot")


@operation("handlings_ask_for_ballot")
async def ask_for_ballot(cast: Cast) -> Call:
    handling = await in_review(cast)
    handling.handle_by = clock.today() - timedelta(days=1)
    await cast.world.session.flush()
    return act(handling, "ask_for_ballot", by="editor")


@operation("handlings_endorse")
async def endorse(cast: Cast) -> Call:
    return act(await counted(cast, Choice.for_), "endorse")


@operation("handlings_decline")
async def decline(cast: Cast) -> Call:
    handling = await counted(cast, Choice.against, reason="Sama palvelu on jo.")
    return act(handling, "decline", {"reason": "Sama palvelu on jo."})


@operation("handlings_record_decision")
async def record_decision(cast: Cast) -> Call:
    given = {
        "meeting_id": str((await meeting(cast)).id),
        "endorses": True,
        "wording": "Puollettiin yksimielisesti.",
        "present_member_ids": [str(cast.neighbour_member.id)],
    }
    return act(await in_review(cast), "record_decision", given, by="secretary")


@operation("handlings_confirm_decision")
async def confirm_decision(cast: Cast) -> Call:
    handling, decision_id = await decided(cast)
    return act(handling, f"decisions/{decision_id}/confirm", by="chair")


@operation("handlings_answer_decision")
async def answer_decision(cast: Cast) -> Call:
    handling, decision_id = await decided(cast)
    await decisions.confirm_decision(
        cast.world.session,
        actor=await actor_of(cast, "chair"),
        handling_id=handling.id,
        decision_id=decision_id,
        if_version=handling.version,
    )
    path = f"/handlings/{handling.id}/decisions/{decision_id}/words/{cast.neighbour_member.id}"
    return Call("PUT", path, by="representative", json={"agrees": False, "reason": "Emme olleet paikalla."})


@operation("handlings_reopen_review")
async def reopen_review(cast: Cast) -> Call:
    book = await rulebook_in_force(cast.world.session, cast.network.id)
    assert book is not None
    book.rule = book.rule | {"method": "no_objection"}
    handling = await counted(cast, Choice.against, reason="Kokouksen asia.")
    return act(handling, "reopen_review", {"reason": "Kokous päättää."})


@operation("handlings_take_new_version")
async def take_new_version(cast: Cast) -> Call:
    handling = await conditional(cast)
    application = await cast.world.session.get_one(Application, handling.application_id)
    await _arrive(cast, application, purpose="Aivan toinen hanke.")
    return act(handling, "take_new_version")
