"""Every state × action × role of the partner request's table, and begin against revoke at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller, Grant, load_actor
from puumerkki.access.permissions import ROLES
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.applications.models.recipients import PartnerRequestState as S
from puumerkki.endorsements.models.endorsements import Endorsement, EndorsementState
from puumerkki.kernel import clock
from puumerkki.kernel.db import make_engine, make_sessions
from puumerkki.kernel.errors import Forbidden, PreconditionFailed
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.workflow import StateConflict
from puumerkki.partnerships.errors.partner_requests import EndorsementMissing
from puumerkki.partnerships.models.gate import GateCause, GateRequirement
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.schemas.partner_requests import BeginGiven
from puumerkki.partnerships.service import partner_actions
from puumerkki.partnerships.service.partner_requests import release_gated
from puumerkki.partnerships.workflow.gate import GateFacts, RowFacts
from puumerkki.partnerships.workflow.partner_requests import (
    PARTNER_REQUEST,
    PartnerCase,
    PartnerRequestFacts,
    endorsements_carry,
)
from tests.factories import World
from tests.partnerships.gate import endorse, request_of, rows_of, scene

OPEN = {S.arrived, S.referred, S.in_preparation, S.supplement_asked}
TABLE: dict[str, tuple[set[S], S | None, set[str]]] = {
    "refer_to_network": ({S.arrived}, S.referred, {"officer", "system"}),
    "begin": ({S.arrived, S.referred}, S.in_preparation, {"officer"}),
    "name_preparer": (OPEN, None, {"officer", "decider"}),
    "ask_supplement": ({S.in_preparation}, S.supplement_asked, {"officer"}),
    "answer_supplement": ({S.supplement_asked}, S.in_preparation, {"editor", "owner"}),
    "close_supplement": ({S.supplement_asked}, S.in_preparation, {"officer"}),
    "decide": ({S.in_preparation}, S.decided, {"decider"}),
    "answer_none": (OPEN, S.decided, {"decider"}),
    "not_take_up": ({S.arrived, S.referred}, S.decided, {"decider"}),
    "keep": ({S.decided}, S.decided, {"decider"}),
    "reopen": ({S.decided}, S.arrived, {"decider"}),
    "bring": (OPEN, None, {"officer"}),
    "release": (OPEN, None, {"officer", "decider"}),
    "undo": (OPEN, None, {"decider"}),
    "waive": (OPEN, None, {"decider"}),
    "propose": ({S.in_preparation}, None, {"officer"}),
    "hand_back": ({S.in_preparation}, None, {"decider"}),
    "recall": ({S.in_preparation}, S.arrived, {"editor"}),
    "send_back": ({S.in_preparation, S.supplement_asked, S.withdrawn}, S.arrived, {"system"}),
    "withdraw": (OPEN, S.withdrawn, {"system"}),
}
"""Written from the design, not from the code. Without a target the state stays."""

AUTHORITY, APPLICANT, CO_APPLICANT, NETWORK = (new_id() for _ in range(4))
IN_AUTHORITY = {Role.officer, Role.decider, Role.registry}
WHO = ["system", "nobody", *(role.value for role in Role), "editor_of_a_co_applicant", "officer_elsewhere"]


def actor_of(who: str) -> Actor | None:
    if who == "system":
        return None
    if who == "nobody":
        return Actor()
    name = who.split("_")[0] if "_" in who else who
    role = Role(name)
    scope = {True: AUTHORITY, False: APPLICANT}[role in IN_AUTHORITY]
    if who == "editor_of_a_co_applicant":
        scope = CO_APPLICANT
    if who == "officer_elsewhere":
        scope = new_id()
    grant = Grant(role, ScopeKind.organisation, scope)
    return Actor(id=new_id(), grants=(grant,))


def gate_of(*endorsements: Endorsement, asks: bool = True, **more: Any) -> GateFacts:
    row = GateRequirement(
        partner_request_id=new_id(),
        application_id=new_id(),
        version_number=1,
        stage=S.arrived,
        network_ids=[NETWORK],
        cause=GateCause.named,
        cause_version=1,
        lets_open_conditions=False,
    )
    rows = (RowFacts(row, endorsements),) if asks else ()
    return GateFacts(today=clock.today(), rows=rows, **more)


def facts_for(action: str) -> PartnerRequestFacts:
    return PartnerRequestFacts(
        gate_of(asks=action == "refer_to_network"),
        to_look_at=action in ("keep", "reopen"),
        proposed=action == "hand_back",
    )


def test_the_table_has_these_actions_and_no_others() -> None:
    assert set(PARTNER_REQUEST.actions()) == set(TABLE)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", sorted(TABLE))
def test_every_state_and_action_of_everybody(action: str, who: str) -> None:
    sources, target, may = TABLE[action]
    permitted = who in may or (who == "editor_of_a_co_applicant" and action == "answer_supplement")
    for state in S:
        request = PartnerRequest(
            application_id=new_id(),
            authority_id=AUTHORITY,
            version_number=1,
            case_number="PK/2026/000001",
            arrived_at=clock.now(),
            state=state,
        )
        case = PartnerCase(request, (APPLICANT, CO_APPLICANT), actor_of(who))
        if permitted and state in sources:
            PARTNER_REQUEST.apply(action, case, actor=actor_of(who), facts=facts_for(action))
            assert request.state == (target or state)
        else:
            with pytest.raises(StateConflict if permitted else Forbidden):
                PARTNER_REQUEST.apply(action, case, actor=actor_of(who), facts=facts_for(action))
            assert request.state == state


def _endorsement(*, last: int = 30, when: str | None = None) -> Endorsement:
    conditions = [{"text": "Ehto", "met": False} | ({"when": when} if when else {})] if when is not None else []
    today = clock.today()
    return Endorsement(
        id=new_id(),
        number="A-1",
        network_id=NETWORK,
        application_id=new_id(),
        handling_id=new_id(),
        version_number=1,
        snapshot=b"",
        digest="",
        issued_at=clock.now(),
        credential="",
        kid="",
        status_index=0,
        valid_from=today - timedelta(days=300),
        valid_until=today + timedelta(days=last),
        conditions=conditions,
    )


@pytest.mark.parametrize(
    ("action", "gate", "more", "code"),
    [
        ("begin", gate_of(), {}, "endorsement_missing"),
        ("begin", gate_of(_endorsement(last=-1)), {}, "endorsement_expired"),
        ("begin", gate_of(_endorsement(when="before")), {}, "conditions_open"),
        ("begin", gate_of(_endorsement(when="")), {}, "conditions_open"),
        ("begin", gate_of(_endorsement(when="later")), {}, None),
        ("begin", gate_of(_endorsement()), {}, None),
        ("begin", gate_of(asks=False, none_concerns=True), {}, "groups_unconfirmed"),
        ("begin", gate_of(asks=False, none_concerns=True, groups_confirmed=True), {}, None),
        ("decide", gate_of(), {}, "endorsement_missing"),
        ("decide", gate_of(_endorsement(last=-1)), {}, "endorsement_expired"),
        ("answer_none", gate_of(), {}, None),
        ("not_take_up", gate_of(), {}, None),
        ("begin", gate_of(asks=False), {"disqualified": True}, "disqualified"),
        ("decide", gate_of(asks=False), {"disqualified": True}, "disqualified"),
        ("answer_none", gate_of(), {"disqualified": True}, "disqualified"),
        ("waive", gate_of(), {"disqualified": True}, "disqualified"),
        ("ask_supplement", gate_of(asks=False), {"disqualified": True}, "disqualified"),
        ("close_supplement", gate_of(), {}, "endorsement_missing"),
        ("close_supplement", gate_of(asks=False), {"disqualified": True}, "disqualified"),
        ("refer_to_network", gate_of(), {"disqualified": True}, "disqualified"),
        ("refer_to_network", gate_of(asks=False), {}, "endorsement_not_asked"),
        ("propose", gate_of(asks=False), {"disqualified": True}, "disqualified"),
        ("hand_back", gate_of(asks=False), {}, "no_proposal"),
        ("hand_back", gate_of(asks=False), {"proposed": True, "two_hats": True}, "two_hats"),
        ("keep", gate_of(asks=False), {}, "nothing_to_look_at"),
        ("reopen", gate_of(asks=False), {}, "nothing_to_look_at"),
    ],
)
def test_the_guards(action: str, gate: GateFacts, more: dict[str, bool], code: str | None) -> None:
    sources, (*_, who) = TABLE[action][0], sorted(TABLE[action][2] - {"system"})
    request = PartnerRequest(
        application_id=new_id(),
        authority_id=AUTHORITY,
        case_number="1",
        state=next(iter(sources)),
        version_number=1,
        arrived_at=clock.now(),
    )
    given = PartnerRequestFacts(gate, **more)
    case = PartnerCase(request, (APPLICANT,), actor_of(who))
    available = PARTNER_REQUEST.available(case, actor=actor_of(who), facts=given)
    assert (action, code is None, code) in [(one.action, one.allowed, one.blocked_by) for one in available]


@pytest.mark.parametrize(
    ("days", "begun", "stands", "carries"),
    [
        (-90, True, True, True),
        (-91, True, True, False),
        (-1, False, True, False),
        (-1, True, False, False),
    ],
)
def test_an_endorsement_that_was_valid_at_begin_carries_ninety_days(
    days: int, begun: bool, stands: bool, carries: bool
) -> None:
    endorsement = _endorsement(last=days)
    facts = gate_of(endorsement, begun_on=endorsement.valid_until if begun else None)
    facts.rows[0].row.endorsement_id = endorsement.id if stands else new_id()
    assert (endorsements_carry(PartnerRequestFacts(facts)) is None) is carries


def test_officers_and_deciders_are_different_permissions() -> None:
    """One person may hold both roles, and then prepares and decides."""
    assert not ROLES[Role.officer] & ROLES[Role.decider] & {"partner_requests:prepare", "partner_requests:decide"}


@asynccontextmanager
async def committed(url: str) -> AsyncIterator[list[AsyncSession]]:
    engine = make_engine(url, pool_size=4)
    sessions = make_sessions(engine)
    async with sessions() as one, sessions() as other, sessions() as third:
        yield [one, other, third]
    await engine.dispose()


async def _revoke(session: AsyncSession, endorsement_id: UUID) -> None:
    statement = select(Endorsement).where(col(Endorsement.id) == endorsement_id).with_for_update()
    endorsement = (await session.exec(statement)).one()
    await release_gated(session, endorsement=endorsement, actor_id=None)
    endorsement.state = EndorsementState.revoked
    await session.commit()


async def _begin(session: AsyncSession, officer_id: UUID, request_id: UUID, version: int) -> str:
    actor = await load_actor(session, Caller(id=officer_id))
    try:
        await partner_actions.begin(session, actor=actor, request_id=request_id, if_version=version, given=BeginGiven())
        await session.commit()
    except (EndorsementMissing, PreconditionFailed) as error:
        await session.rollback()
        return error.code
    return "begun"


@pytest.mark.parametrize("turn", range(4))
async def test_begin_and_revoke_at_once_leave_no_case_without_its_endorsement(
    committed_database: str, turn: int
) -> None:
    async with committed(committed_database) as (one, other, third):
        world = World(third, None)  # type: ignore[arg-type]
        arrived = await scene(world)
        endorsement = await endorse(third, arrived.version, arrived.network)
        officer = await world.person((Role.officer, arrived.city.id))
        await third.commit()
        assert officer.id is not None
        application_id = arrived.application.id
        work = [
            _begin(one, officer.id, arrived.request.id, arrived.request.version),
            _revoke(other, endorsement.id),
        ]
        results = await asyncio.gather(*(work if turn % 2 else reversed(work)))
        assert {"begun", "endorsement_missing"} & {str(result) for result in results}
        third.expunge_all()
        request = await request_of(third, application_id)
        assert request.state in (S.arrived, S.referred)
        assert [row.endorsement_id for row in await rows_of(third, request)] == [None]
