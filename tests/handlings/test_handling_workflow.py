"""Every state × action × role of a handling, against the table as DESIGN says it."""

from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from puumerkki.access.permissions import ROLES
from puumerkki.access.roles import SCOPES, Role, ScopeKind
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.endorsements.models.revocations import RevocationWay
from puumerkki.handlings.models.handlings import BallotState
from puumerkki.handlings.workflow.handlings import HANDLING, HandlingFacts
from puumerkki.kernel.errors import Conflict, Forbidden
from puumerkki.kernel.workflow import StateConflict
from puumerkki.networks.decision_rule import DecisionMethod
from puumerkki.networks.tally import Outcome

S = HandlingState
NETWORK, OTHER, SOMEBODY, ANOTHER, APPLICATION = (UUID(int=number) for number in range(1, 6))
SECOND = {Role.representative, Role.deputy, Role.chair, Role.secretary}
ALLOWED: dict[str, tuple[dict[HandlingState, set[HandlingState]], set[Role]]] = {
    "begin_review": ({S.received: {S.in_review}}, {Role.coordinator}),
    "return": ({S.received: {S.returned}, S.in_review: {S.returned}}, {Role.coordinator}),
    "record_reading": ({S.received: {S.received}, S.in_review: {S.in_review}}, {Role.coordinator, Role.secretary}),
    "ask_for_ballot": ({S.received: {S.received}, S.in_review: {S.in_review}, S.returned: {S.in_review}}, set()),
    "open_ballot": ({S.in_review: {S.in_ballot}}, {Role.coordinator}),
    "close_ballot": ({S.in_ballot: {S.in_ballot}, S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "answer_condition": ({S.in_ballot: {S.in_ballot}}, {Role.coordinator}),
    "state_standing": ({S.in_ballot: {S.in_ballot}}, {Role.representative, Role.deputy}),
    "confirm_recorded": ({S.in_ballot: {S.in_ballot}, S.endorsed: {S.endorsed}}, SECOND),
    "endorse": ({S.in_ballot: {S.endorsed}}, {Role.coordinator}),
    "decline": ({S.in_ballot: {S.declined}}, {Role.coordinator}),
    "reopen_review": ({S.in_ballot: {S.in_review}}, {Role.coordinator}),
    "annul_ballot": ({S.in_ballot: {S.in_ballot}, S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "confirm_annulment": ({S.in_ballot: {S.in_review}, S.endorsed: {S.endorsed}}, SECOND),
    "drop_annulment": ({S.in_ballot: {S.in_ballot}, S.endorsed: {S.endorsed}}, {Role.coordinator, *SECOND}),
    "record_decision": ({S.in_review: {S.in_review}}, {Role.secretary}),
    "confirm_decision": ({S.in_review: {S.in_review}}, {Role.chair, Role.coordinator}),
    "answer_decision": ({S.in_review: {S.in_review}}, {Role.representative, Role.deputy}),
    "carry_decision": ({S.in_review: {S.endorsed, S.declined}}, set()),
    "give_statement": ({S.in_review: {S.stated}}, {Role.coordinator}),
    "confirm_conditions": ({S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "answer_claim": ({S.endorsed: {S.endorsed}}, {Role.representative, Role.deputy}),
    "carry_claim": ({S.endorsed: {S.endorsed}}, set()),
    "settle_claim": ({S.endorsed: {S.endorsed}}, SECOND),
    "refuse_claim": ({S.endorsed: {S.endorsed}}, SECOND),
    "drop_claim": ({S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "take_new_version": ({S.endorsed: {S.received}}, {Role.coordinator}),
    "revoke_by_ballot": ({S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "revoke_by_meeting": ({S.endorsed: {S.endorsed}}, {Role.coordinator, Role.secretary}),
    "revoke_for_cause": ({S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "state_view": ({S.endorsed: {S.endorsed}}, set()),
    "confirm_revocation": ({S.endorsed: {S.in_review}}, SECOND),
    "carry_revocation": ({S.endorsed: {S.in_review}}, set()),
    "drop_revocation": ({S.endorsed: {S.endorsed}}, {Role.coordinator, *SECOND}),
    "dismiss_revocation": ({S.endorsed: {S.endorsed}}, set()),
    "prolong": ({S.endorsed: {S.endorsed}}, {Role.coordinator}),
    "confirm_prolongation": ({S.endorsed: {S.endorsed}}, SECOND),
    "drop_prolongation": ({S.endorsed: {S.endorsed}}, {Role.coordinator, *SECOND}),
    "ask_again": ({S.lapsed: {S.received}}, set()),
    "stay_refused": ({one: {S.declined} for one in S if one is not S.declined}, set()),
    "receive_version": (
        {S.received: {S.received}, S.in_review: {S.in_review}, S.in_ballot: {S.in_review}}
        | {one: {S.received} for one in (S.returned, S.endorsed, S.declined, S.stated, S.lapsed, S.withdrawn)},
        set(),
    ),
    "lapse": ({one: {S.lapsed} for one in (S.received, S.in_review, S.returned, S.in_ballot)}, set()),
    "withdraw": (
        {one: {S.withdrawn} for one in (S.received, S.in_review, S.returned, S.in_ballot, S.endorsed)},
        set(),
    ),
}
BESIDE_THE_APPLICATION = {"answer_claim", "close_ballot", "drop_annulment", "drop_prolongation", "confirm_recorded"}
BY_THE_CLOCK = {
    "begin_review",
    "open_ballot",
    "reopen_review",
    "close_ballot",
    "endorse",
    "decline",
    "carry_claim",
    "carry_decision",
    "carry_revocation",
    "dismiss_revocation",
    "stay_refused",
    "receive_version",
    "lapse",
    "withdraw",
}
UNDER_REVIEW: dict[str, Any] = {
    "revocation": RevocationWay.cause,
    "proposed_by": ANOTHER,
    "heard": True,
    "second_person": True,
}
CLAIMED: dict[str, Any] = {"claimed_by": SOMEBODY, "objected": True, "all_answered": True, "settles": True}
STANDS_IN_THE_WAY: list[tuple[dict[str, Any], str]] = [
    ({"claim_holds": False}, "no_claim"),
    ({"endorsement_holds": False}, "no_endorsement"),
    ({"beyond": ("budget",)}, "changes_beyond"),
    ({"applicant_left": True}, "applicant_left"),
]
"""What is read again when conditions come to count as met."""
FITTING: dict[str, dict[str, Any]] = {
    "answer_claim": CLAIMED,
    "carry_claim": {"claimed_by": SOMEBODY},
    "settle_claim": CLAIMED,
    "refuse_claim": CLAIMED,
    "drop_claim": CLAIMED | {"objected": False},
    "answer_decision": {"stands": True},
    "carry_decision": {"stands": True, "hold_due": True},
    "decline": {"outcome": Outcome.failed},
    "reopen_review": {"outcome": Outcome.no_quorum},
    "give_statement": {"decides": False},
    "close_ballot": {"ballot": BallotState.open, "outcome": None, "revocation": RevocationWay.ballot, "heard": True},
    "confirm_revocation": UNDER_REVIEW,
    "drop_revocation": UNDER_REVIEW,
    "confirm_annulment": {"annulment": True, "proposed_by": ANOTHER, "second_person": True},
    "drop_annulment": {"annulment": True, "proposed_by": ANOTHER, "second_person": True},
    "confirm_recorded": UNDER_REVIEW | {"recorded_waits": True, "confirms_recorded": True},
    "carry_revocation": UNDER_REVIEW | {"revocation": RevocationWay.ballot},
    "dismiss_revocation": UNDER_REVIEW | {"revocation": RevocationWay.ballot},
    "confirm_prolongation": {"prolongation_by": ANOTHER, "second_person": True},
    "drop_prolongation": {"prolongation_by": ANOTHER, "second_person": True},
}
OPEN: dict[str, Any] = {
    "actor_id": SOMEBODY,
    "method": DecisionMethod.simple_majority,
    "has_reading": True,
    "electors": 3,
    "base": 2,
    "ballot": BallotState.closed,
    "outcome": Outcome.passed,
    "recorded_by": ANOTHER,
    "endorsement_holds": True,
    "open_conditions": True,
    "newer_version": True,
}


@dataclass
class Row:
    state: HandlingState
    network_id: UUID = NETWORK
    application_id: UUID = APPLICATION


@dataclass
class Holder:
    """Somebody with one role in one network."""

    role: Role
    network_id: UUID = NETWORK

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        return on == self.network_id and permission in ROLES[self.role]


def facts_for(action: str, **changes: Any) -> HandlingFacts:
    return HandlingFacts(**OPEN | FITTING.get(action, {}) | changes)


def test_the_table_has_just_these_actions() -> None:
    assert set(HANDLING.actions()) == set(ALLOWED)


@pytest.mark.parametrize(("state", "action"), list(product(S, ALLOWED)), ids=lambda one: str(one))
def test_every_state_action_and_role(state: HandlingState, action: str) -> None:
    targets, roles = ALLOWED[action]
    for role in Role:
        row = Row(state)
        expected = targets.get(state, set()) if role in roles else set()
        found = {one for one in S if _takes(action, row, Holder(role), one)}
        assert found == expected, role
        if role not in roles:
            with pytest.raises(Forbidden):
                HANDLING.check(action, row, actor=Holder(role), facts=facts_for(action))
        elif not expected:
            with pytest.raises(StateConflict):
                HANDLING.check(action, row, actor=Holder(role), facts=facts_for(action))
    by_clock = {one for one in S if _takes(action, Row(state), None, one)}
    assert by_clock == (targets.get(state, set()) if action in BY_THE_CLOCK else set())


@pytest.mark.parametrize("action", ALLOWED)
def test_a_role_in_another_network_may_nothing(action: str) -> None:
    for role in SCOPES[ScopeKind.network]:
        for state in S:
            with pytest.raises(Forbidden):
                HANDLING.check(action, Row(state), actor=Holder(role, OTHER), facts=facts_for(action))


def _takes(action: str, row: Row, actor: Holder | None, target: HandlingState) -> bool:
    try:
        return HANDLING.check(action, row, actor=actor, facts=facts_for(action), target=target).target is target
    except (Forbidden, StateConflict):
        return False


@pytest.mark.parametrize(
    ("action", "changes", "code"),
    [
        *((action, {"disqualified": True}, "disqualified") for action, (_, roles) in ALLOWED.items() if roles),
        *(
            (action, {"active": False}, "application_not_active")
            for action, (_, roles) in ALLOWED.items()
            if roles and "revo" not in action and action not in BESIDE_THE_APPLICATION
        ),
        ("open_ballot", {"decides": False}, "network_advises"),
        ("open_ballot", {"method": None}, "no_rulebook"),
        ("open_ballot", {"method": DecisionMethod.meeting_decides}, "meeting_decides"),
        ("open_ballot", {"has_reading": False}, "no_reading"),
        ("open_ballot", {"electors": 0}, "no_electors"),
        ("close_ballot", {"ballot": BallotState.closed}, "ballot_closed"),
        ("answer_condition", {"ballot": BallotState.open, "outcome": None}, "ballot_not_closed"),
        ("endorse", {"ballot": BallotState.open, "outcome": None}, "ballot_not_closed"),
        ("endorse", {"outcome": Outcome.no_quorum}, "no_quorum"),
        ("endorse", {"outcome": Outcome.objection}, "objection"),
        ("endorse", {"outcome": Outcome.meeting_decides}, "meeting_decides"),
        ("endorse", {"outcome": Outcome.failed}, "not_passed"),
        ("answer_condition", {"effect_due": True}, "answers_over"),
        ("annul_ballot", {"annulment": True}, "annulment_waits"),
        ("confirm_annulment", {"annulment": False}, "no_annulment"),
        ("confirm_annulment", {"second_person": False}, "not_second_person"),
        ("drop_annulment", {"second_person": False}, "not_yours_to_drop"),
        ("open_ballot", {"base": 1}, "too_few_electors"),
        ("revoke_by_ballot", {"base": 1}, "too_few_electors"),
        ("open_ballot", {"two_ballots_held": True}, "two_ballots_held"),
        ("confirm_recorded", {"recorded_waits": False}, "nothing_recorded"),
        ("confirm_recorded", {"confirms_recorded": False}, "not_second_person"),
        ("endorse", {"recorded_waits": True}, "recorded_unconfirmed"),
        ("decline", {"outcome": Outcome.failed, "recorded_waits": True}, "recorded_unconfirmed"),
        ("reopen_review", {"outcome": Outcome.no_quorum, "recorded_waits": True}, "recorded_unconfirmed"),
        ("state_standing", {"ballot": BallotState.open, "outcome": None}, "ballot_not_closed"),
        ("endorse", {"votes_awaited": True}, "votes_awaited"),
        ("decline", {"outcome": Outcome.failed, "votes_awaited": True}, "votes_awaited"),
        ("return", {"returned": True}, "returned_once"),
        ("endorse", {"unanswered_conditions": 1}, "conditions_unanswered"),
        ("decline", {"outcome": Outcome.passed}, "passed"),
        ("decline", {"outcome": Outcome.no_quorum}, "no_quorum"),
        ("reopen_review", {"ballot": BallotState.open, "outcome": None}, "ballot_not_closed"),
        ("reopen_review", {"outcome": Outcome.passed}, "ballot_settled"),
        ("reopen_review", {"outcome": Outcome.failed}, "ballot_settled"),
        ("give_statement", {"decides": True}, "network_decides"),
        ("confirm_conditions", {"endorsement_holds": False}, "no_endorsement"),
        ("confirm_conditions", {"open_conditions": False}, "no_conditions"),
        ("confirm_conditions", {"beyond": ("purpose",)}, "changes_beyond"),
        ("confirm_conditions", {"claimed_by": SOMEBODY}, "claim_waits"),
        *((one, {"claimed_by": None}, "no_claim") for one in ("answer_claim", "settle_claim", "drop_claim")),
        ("answer_claim", {"claim_due": True, "objected": False}, "claim_answers_over"),
        ("settle_claim", {"objected": False, "word_needed": True}, "nothing_to_settle"),
        ("settle_claim", {"all_answered": False}, "claim_answers_open"),
        *((one, {"objected": False}, "nothing_to_settle") for one in ("settle_claim", "refuse_claim")),
        *((one, {"settles": False}, "not_settler") for one in ("settle_claim", "refuse_claim")),
        *(("settle_claim", facts, code) for facts, code in STANDS_IN_THE_WAY),
        ("take_new_version", {"newer_version": False}, "no_newer_version"),
        *(
            (action, {"network_active": False}, "network_not_active")
            for action in ("endorse", "decline", "confirm_decision", "confirm_conditions", "prolong")
        ),
        ("endorse", {"member": False}, "not_a_member"),
        ("confirm_prolongation", {"member": False}, "not_a_member"),
        *(
            (action, {"revocation": RevocationWay.cause}, "under_review")
            for action in ("revoke_by_ballot", "revoke_by_meeting", "revoke_for_cause", "prolong")
        ),
        ("revoke_by_ballot", {"method": DecisionMethod.meeting_decides}, "meeting_decides"),
        ("revoke_by_ballot", {"electors": 0}, "no_electors"),
        *(
            (action, {"has_second_person": False}, "no_second_person")
            for action in ("revoke_by_meeting", "revoke_for_cause", "prolong", "annul_ballot")
        ),
        ("confirm_revocation", {"revocation": None}, "no_revocation"),
        ("confirm_revocation", {"revocation": RevocationWay.ballot}, "ballot_decides"),
        ("confirm_revocation", {"second_person": False}, "not_second_person"),
        ("confirm_revocation", {"second_person": False, "has_second_person": False}, "no_second_person"),
        ("confirm_revocation", {"heard": False}, "applicant_not_heard"),
        ("drop_revocation", {"revocation": RevocationWay.ballot}, "ballot_decides"),
        ("drop_revocation", {"second_person": False}, "not_yours_to_drop"),
        ("prolong", {"prolonged": True}, "already_prolonged"),
        ("prolong", {"endorsement_holds": False}, "no_endorsement"),
        ("confirm_prolongation", {"prolongation_by": None}, "no_prolongation"),
        ("confirm_prolongation", {"second_person": False}, "not_second_person"),
    ],
)
def test_every_guard_blocks_with_its_code(action: str, changes: dict[str, Any], code: str) -> None:
    targets, roles = ALLOWED[action]
    for state, role in product(targets, roles):
        with pytest.raises(Conflict) as refused:
            HANDLING.check(action, Row(state), actor=Holder(role), facts=facts_for(action, **changes))
        assert refused.value.code == code


def test_the_handling_days_open_a_ballot_without_a_reading() -> None:
    facts = facts_for("open_ballot", has_reading=False, days_over=True)
    assert HANDLING.check("open_ballot", Row(S.in_review), actor=Holder(Role.coordinator), facts=facts)
