"""What the room brings to the house."""

from puumerkki.kernel.links import moves, stays
from puumerkki.kernel.room import Room
from puumerkki.reports import routes
from puumerkki.reports.models import Evaluation, Report
from puumerkki.reports.queries.reports import SUBJECT, TASKS
from puumerkki.reports.tells import MAILED, SIDES, TELLS
from puumerkki.reports.workflow import REPORT

ROOM = Room(
    name="reports",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
    tables=(Report, Evaluation),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(REPORT,),
    tasks=TASKS,
    links=(
        *moves("report.organisation_id"),
        *stays("report.answered_for_organisation_id", "evaluation.organisation_id"),
    ),
)
