"""Whom this room's events are told: the other applicants, those who handle the application, and the funder."""

from sqlalchemy import and_
from sqlmodel import col

from puumerkki.access.audiences import applicants, coordinators, officers, writers
from puumerkki.applications.models.applications import Application, VersionApplicant
from puumerkki.filings import events
from puumerkki.filings.models import Filing
from puumerkki.handlings.models.handlings import Handling
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import SEEN_THERE, Pace, Sides, either, side
from puumerkki.partnerships.models.partner_requests import PartnerRequest

_AROUND = (coordinators(pace=Pace.digest), officers(pace=Pace.digest))
_RESULT = (applicants(), *_AROUND)
TELLS: Tells = {
    events.FilingPlanned: (writers(pace=Pace.digest),),
    events.FilingChanged: SEEN_THERE,
    events.FilingFiled: (
        applicants(pace=Pace.bell),
        *_AROUND,
        officers(side="funder", pace=Pace.digest),
    ),
    events.FilingGranted: _RESULT,
    events.FilingRefused: _RESULT,
    events.FilingWithdrawn: _RESULT,
    events.FilingPlanChanged: (applicants(), officers(pace=Pace.digest)),
    events.FilingReported: (applicants(pace=Pace.digest), officers(pace=Pace.digest)),
    events.FilingClosed: (applicants(pace=Pace.digest), officers(pace=Pace.digest)),
    events.FilingRecovered: (applicants(), officers(pace=Pace.digest)),
}

_FILED = col(Application.id) == col(Filing.application_id)
_APPLIED = and_(
    col(VersionApplicant.application_id) == col(Filing.application_id),
    col(VersionApplicant.version_number) == col(Filing.version_number),
    col(VersionApplicant.left_at).is_(None),
)
_HANDLED = col(Handling.application_id) == col(Filing.application_id)
_ARRIVED = col(PartnerRequest.application_id) == col(Filing.application_id)
SIDES: Sides = {
    "filing": {
        "applicants": either(
            side(col(Filing.id), col(Application.applicant_id), (Application, _FILED)),
            side(col(Filing.id), col(VersionApplicant.organisation_id), (VersionApplicant, _APPLIED)),
        ),
        "network": side(col(Filing.id), col(Handling.network_id), (Handling, _HANDLED)),
        "authority": side(col(Filing.id), col(PartnerRequest.authority_id), (PartnerRequest, _ARRIVED)),
        "funder": side(col(Filing.id), col(Filing.funder_id)),
    }
}
