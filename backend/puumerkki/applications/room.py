"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.applications import routes
from puumerkki.applications.importing import APPLICATIONS
from puumerkki.applications.invariants import INVARIANTS
from puumerkki.applications.models.applications import (
    Application,
    ApplicationApplicant,
    ApplicationAuthority,
    ApplicationNeed,
    ApplicationNetwork,
    ApplicationVersion,
    TakenOutApplicant,
    VersionApplicant,
)
from puumerkki.applications.queries.application_tasks import TASKS
from puumerkki.applications.queries.applications import SUBJECT
from puumerkki.applications.service import succession
from puumerkki.applications.service.applicants import remind_asked, tell_late
from puumerkki.applications.service.askings import delete_expired_removals
from puumerkki.applications.workflow.applications import APPLICATION
from puumerkki.imports import kinds
from puumerkki.kernel.room import Periodic, Room
from puumerkki.organisations.events.successions import OrganisationSucceeded

ROOM = Room(
    name="applications",
    tables=(
        Application,
        ApplicationApplicant,
        ApplicationNetwork,
        ApplicationAuthority,
        ApplicationNeed,
        ApplicationVersion,
        VersionApplicant,
        TakenOutApplicant,
    ),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(APPLICATION,),
    handlers={OrganisationSucceeded: (succession.after_succeeded,)},
    periodic=(Periodic((tell_late, remind_asked, delete_expired_removals), after="networks.drop_stale"),),
    tasks=TASKS,
    invariants=INVARIANTS,
    connect=lambda: kinds.register(APPLICATIONS, P.applications_write, "organisation_id"),
)
