"""The routers of all rooms, hot reads first."""

from fastapi import APIRouter

from puumerkki.agreements.routes import ROUTERS as AGREEMENTS
from puumerkki.desk.routes import ROUTERS as DESK
from puumerkki.funding.routes.application_versions import ROUTERS as APPLICATIONS
from puumerkki.funding.routes.calls import ROUTERS as CALLS
from puumerkki.funding.routes.case_steps import ROUTERS as CASE_STEPS
from puumerkki.funding.routes.endorsements import ROUTERS as ENDORSEMENTS
from puumerkki.funding.routes.filings import ROUTERS as FILINGS
from puumerkki.funding.routes.gate_policies import ROUTERS as GATE_POLICIES
from puumerkki.funding.routes.gate_requirements import ROUTERS as GATE_REQUIREMENTS
from puumerkki.funding.routes.handling_ties import ROUTERS as HANDLING_TIES
from puumerkki.funding.routes.handlings import ROUTERS as HANDLINGS
from puumerkki.funding.routes.handovers import ROUTERS as HANDOVERS
from puumerkki.funding.routes.partner_requests import ROUTERS as PARTNER_REQUESTS
from puumerkki.funding.routes.request_ties import ROUTERS as REQUEST_TIES
from puumerkki.funding.routes.ties import ROUTERS as TIES
from puumerkki.identity.routes import ROUTERS as IDENTITY
from puumerkki.imports.routes import ROUTERS as IMPORTS
from puumerkki.meetings.routes import ROUTERS as MEETINGS
from puumerkki.needs.routes import ROUTERS as NEEDS
from puumerkki.networks.routes import ROUTERS as NETWORKS
from puumerkki.organisations.routes import ROUTERS as ORGANISATIONS
from puumerkki.portals.routes import ROUTERS as PORTALS
from puumerkki.reference.routes import ROUTERS as REFERENCE
from puumerkki.reports.routes import ROUTERS as REPORTS
from puumerkki.threads.routes import ROUTERS as THREADS

ROUTERS: tuple[APIRouter, ...] = (
    *DESK,
    *APPLICATIONS,
    *CALLS,
    *FILINGS,
    *GATE_POLICIES,
    *HANDLINGS,
    *ENDORSEMENTS,
    *PARTNER_REQUESTS,
    *CASE_STEPS,
    *GATE_REQUIREMENTS,
    *HANDLING_TIES,
    *REQUEST_TIES,
    *TIES,
    *HANDOVERS,
    *AGREEMENTS,
    *REPORTS,
    *IDENTITY,
    *REFERENCE,
    *ORGANISATIONS,
    *THREADS,
    *MEETINGS,
    *NEEDS,
    *NETWORKS,
    *IMPORTS,
    *PORTALS,
)
