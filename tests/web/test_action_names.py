"""The actions that an answer may name are those of its workflow that somebody may do."""

import re

import pytest

from puumerkki.kernel.workflow import Grant
from puumerkki.web.app import create_app
from puumerkki.wiring import WORKFLOWS

SCHEMAS = create_app().openapi()["components"]["schemas"]
KINDS = {
    "AgreementAction": "agreement",
    "AgreementDutyAction": "agreement_duty",
    "ApplicationAction": "application",
    "CallAction": "funding_call",
    "FilingAction": "filing",
    "HandlingAction": "handling",
    "MeetingAction": "meeting",
    "MemberAction": "network_member",
    "NamingAction": "naming",
    "NeedAction": "need",
    "NetworkAction": "network",
    "NetworkDecisionAction": "network_decision",
    "PartnerRequestAction": "partner_request",
    "PointAction": "point_to_mend",
    "ReportAction": "report",
    "RulebookAction": "rulebook",
}


@pytest.mark.parametrize("name", KINDS)
def test_the_names_are_the_workflows(name: str) -> None:
    [workflow] = (one for one in WORKFLOWS if one.kind == KINDS[name])
    rows = (row for row in workflow.transitions if any(isinstance(who, Grant) for who in row.may))
    said = SCHEMAS[name].get("enum") or [SCHEMAS[name]["const"]]
    assert said == list(dict.fromkeys(row.action for row in rows))


def test_each_answer_names_its_actions() -> None:
    items = [
        field["items"]["$ref"]
        for schema in SCHEMAS.values()
        if (field := schema.get("properties", {}).get("available_actions"))
    ]
    names = [re.fullmatch(r"#/components/schemas/AvailableAction_(\w+)_", one) for one in items]
    assert {found.group(1) for found in names if found} == set(KINDS)
    assert all(names)
