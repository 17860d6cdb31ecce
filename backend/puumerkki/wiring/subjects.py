"""The kinds of things that comments, agenda items, tasks and events can be about."""

from puumerkki.agreements.queries.agreements import REPORTED as AGREEMENT_REPORTED
from puumerkki.agreements.queries.agreements import SUBJECT as AGREEMENT
from puumerkki.funding.queries.applications import SUBJECT as APPLICATION
from puumerkki.funding.queries.calls import SUBJECT as FUNDING_CALL
from puumerkki.funding.queries.endorsements import SUBJECT as ENDORSEMENT
from puumerkki.funding.queries.filings import REPORTED as FILING_REPORTED
from puumerkki.funding.queries.filings import SUBJECT as FILING
from puumerkki.funding.queries.handlings import SUBJECT as HANDLING
from puumerkki.funding.queries.partner_requests import SUBJECT as PARTNER_REQUEST
from puumerkki.identity.subjects import SUBJECTS as IDENTITY
from puumerkki.kernel.subjects import Subject
from puumerkki.meetings.queries import SUBJECT as MEETING
from puumerkki.needs.queries import SUBJECT as NEED
from puumerkki.networks.queries.subjects import SUBJECTS as NETWORKS
from puumerkki.organisations.queries import SUBJECT as ORGANISATION
from puumerkki.reports.queries.reports import SUBJECT as REPORT
from puumerkki.reports.reported import Reported

SUBJECTS: tuple[Subject, ...] = (
    MEETING,
    NEED,
    ORGANISATION,
    *IDENTITY,
    *NETWORKS,
    APPLICATION,
    FILING,
    FUNDING_CALL,
    HANDLING,
    ENDORSEMENT,
    PARTNER_REQUEST,
    AGREEMENT,
    REPORT,
)

REPORTED: tuple[Reported, ...] = (AGREEMENT_REPORTED, FILING_REPORTED)
"""What can be reported on."""
