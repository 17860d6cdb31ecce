"""A meeting's decision in the workflow: what it holds back while it waits, and when it is carried."""

from typing import Any

import pytest

from puumerkki.access.roles import Role
from puumerkki.applications.models.recipients import HandlingState as S
from puumerkki.handlings.workflow.handlings import HANDLING
from puumerkki.kernel.errors import Conflict
from tests.handlings.test_handling_workflow import SOMEBODY, Holder, Row, facts_for


@pytest.mark.parametrize(
    ("action", "role", "changes", "code"),
    [
        ("record_decision", Role.secretary, {"decides": False}, "network_advises"),
        ("confirm_decision", Role.chair, {"recorded_by": None}, "no_decision"),
        ("confirm_decision", Role.chair, {"recorded_by": SOMEBODY}, "same_person"),
        ("record_decision", Role.secretary, {"stands": True}, "decision_stands"),
        ("confirm_decision", Role.chair, {"stands": True}, "decision_stands"),
        ("open_ballot", Role.coordinator, {"stands": True}, "decision_stands"),
        ("return", Role.coordinator, {"stands": True}, "decision_stands"),
        ("answer_decision", Role.deputy, {"stands": False}, "no_decision"),
        ("answer_decision", Role.representative, {"hold_due": True}, "words_over"),
    ],
)
def test_what_stands_in_the_way_has_its_code(action: str, role: Role, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Conflict) as refused:
        HANDLING.check(action, Row(S.in_review), actor=Holder(role), facts=facts_for(action, **changes))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stands": False}, "no_decision"),
        ({"hold_due": False}, "decision_stands"),
        ({"denied": True}, "decision_stands"),
        ({"denied": True, "supported": True}, None),
        ({"hold_due": False, "supported": True}, None),
        ({"firsts_tied": True}, "recorder_tied"),
        ({"firsts_tied": True, "supported": True}, "recorder_tied"),
        ({"network_active": False}, "network_not_active"),
        ({"member": False}, "not_a_member"),
        ({"applicant_left": True}, "applicant_left"),
    ],
)
def test_what_a_meeting_decided_is_carried_only_while_it_holds(changes: dict[str, Any], code: str | None) -> None:
    facts = facts_for("carry_decision", **changes)
    if code is None:
        assert HANDLING.check("carry_decision", Row(S.in_review), actor=None, facts=facts, target=S.endorsed)
        return
    with pytest.raises(Conflict) as refused:
        HANDLING.check("carry_decision", Row(S.in_review), actor=None, facts=facts, target=S.endorsed)
    assert refused.value.code == code
