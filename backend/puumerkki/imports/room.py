"""What the room brings to the house."""

from puumerkki.imports import line_routes, routes
from puumerkki.imports.jobs import delete_expired_imports
from puumerkki.imports.models import ImportJob, ImportRow
from puumerkki.imports.workflow import IMPORT
from puumerkki.kernel.links import MergedThing, Since, stays
from puumerkki.kernel.room import Periodic, Room

ROOM = Room(
    name="imports",
    tables=(ImportJob, ImportRow),
    routers=(line_routes.router, *routes.ROUTERS),
    workflows=(IMPORT,),
    periodic=(Periodic((delete_expired_imports,), after="kernel.delete_expired_records"),),
    links=(
        *stays(
            "import_job.organisation_id",
            since=Since(
                MergedThing.imports,
                "select t.asked_by",
                alone="t.state not in ('queued', 'running')",
                kind="import",
            ),
        ),
    ),
)
