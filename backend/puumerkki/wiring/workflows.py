"""All workflows, for the docs and for tests that go through them."""

from typing import Any

from puumerkki.agreements.workflow import AGREEMENT, DUTY
from puumerkki.funding.workflow.applications import APPLICATION
from puumerkki.funding.workflow.ballots import BALLOT
from puumerkki.funding.workflow.calls import CALL
from puumerkki.funding.workflow.conditions import CLAIM
from puumerkki.funding.workflow.endorsements import ENDORSEMENT
from puumerkki.funding.workflow.filings import FILING
from puumerkki.funding.workflow.handlings import HANDLING
from puumerkki.funding.workflow.partner_requests import PARTNER_REQUEST
from puumerkki.funding.workflow.revocations import REVOCATION
from puumerkki.identity.workflow import SERVICE_ACCOUNT, USER
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel.workflow import Workflow
from puumerkki.meetings.workflow import MEETING
from puumerkki.needs.workflow import NEED
from puumerkki.networks.decision_workflow import NETWORK_DECISION
from puumerkki.networks.member_workflow import MEMBER
from puumerkki.networks.proposal_workflow import PROPOSAL
from puumerkki.networks.workflow import NETWORK, RULEBOOK
from puumerkki.organisations.naming_workflow import NAMING
from puumerkki.organisations.workflow import ARCHIVING, ORGANISATION
from puumerkki.reports.workflow import REPORT
from puumerkki.threads.workflow import POINT

WORKFLOWS: tuple[Workflow[Any], ...] = (
    APPLICATION,
    HANDLING,
    BALLOT,
    ENDORSEMENT,
    REVOCATION,
    CLAIM,
    PARTNER_REQUEST,
    FILING,
    CALL,
    AGREEMENT,
    DUTY,
    REPORT,
    NETWORK,
    MEMBER,
    PROPOSAL,
    RULEBOOK,
    NETWORK_DECISION,
    NEED,
    MEETING,
    NAMING,
    POINT,
    USER,
    SERVICE_ACCOUNT,
    ORGANISATION,
    ARCHIVING,
    IMPORT,
)
