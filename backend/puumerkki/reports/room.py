"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.imports import kinds
from puumerkki.kernel.links import Kept, MergedThing, Since, moves, stays, wrote
from puumerkki.kernel.room import Room
from puumerkki.reports import routes
from puumerkki.reports.exports import REPORTS_TEMPLATE
from puumerkki.reports.importing.sheet import REPORTS
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
    connect=lambda: kinds.register(REPORTS, P.reports_write, "organisation_id", template=REPORTS_TEMPLATE),
    links=(
        *moves(
            "report.organisation_id",
            since=Since(MergedThing.reports, wrote("t.id"), alone="t.state = 'draft'", kind="report"),
        ),
        *stays("report.answered_for_organisation_id", since=Kept.history),
        *stays(
            "evaluation.organisation_id",
            since=Since(
                MergedThing.reports,
                f"{wrote('t.subject_id')} and t.subject_id <> all(:noted)"
                " and e.type in ('evaluation.given', 'evaluation.changed')",
            ),
        ),
    ),
)
