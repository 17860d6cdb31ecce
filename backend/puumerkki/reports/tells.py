"""Whom this room's events are told."""

from collections.abc import Mapping

from sqlmodel import col

from puumerkki.access.audiences import officers, parties
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, Mailed, Pace, Sides, Silent, side
from puumerkki.reports import events
from puumerkki.reports.models import Report

_WRITTEN = Silent("a draft is its reporter's own")
_OTHERS = officers(side="parties", pace=Pace.digest)
TELLS: Tells = {
    events.ReportDrafted: _WRITTEN,
    events.ReportChanged: _WRITTEN,
    events.ReportDeleted: _WRITTEN,
    events.ReportSubmitted: ASKED,
    events.ReportAccepted: (parties(side="reporter"), _OTHERS),
    events.ReportReturned: ASKED,
    events.EvaluationGiven: (parties(pace=Pace.digest),),
    events.EvaluationChanged: (parties(pace=Pace.bell),),
}

SIDES: Sides = {"report": {"reporter": side(col(Report.id), col(Report.organisation_id))}}
MAILED: Mapping[str, Mailed] = {
    "report_to_mend": Mailed.always,
}
