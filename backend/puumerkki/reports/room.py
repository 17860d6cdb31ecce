"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.imports import kinds
from puumerkki.kernel.links import moves, stays
from puumerkki.kernel.room import Room
from puumerkki.reports import routes
from puumerkki.reports.exports import REPORTS_TEMPLATE
from puumerkki.reports.importing.sheet import REPORTS
from puumerkki.reports.models import Evaluation, Report
from puumerkki.reports.queries.reports import SUBJECT, TASKS
from puumerkki.reports.workflow import REPORT

ROOM = Room(
    name="reports",
    tables=(Report, Evaluation),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(REPORT,),
    tasks=TASKS,
    connect=lambda: kinds.register(REPORTS, P.reports_write, "organisation_id", template=REPORTS_TEMPLATE),
    links=(
        *moves("report.organisation_id"),
        *stays("report.answered_for_organisation_id", "evaluation.organisation_id"),
    ),
)
