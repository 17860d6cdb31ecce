"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.applications import routes
from puumerkki.applications.exports import APPLICATIONS_TEMPLATE
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
from puumerkki.applications.tells import MAILED, SIDES, TELLS
from puumerkki.applications.workflow.applications import APPLICATION
from puumerkki.imports import kinds
from puumerkki.kernel.links import MergeObstacleCode, Obstacle, moves, passes, stays
from puumerkki.kernel.room import Periodic, Room
from puumerkki.organisations.events.successions import OrganisationSucceeded

_APPLY_TOGETHER = """
with applies as (
    select id as application_id, applicant_id as organisation_id from application
    union select application_id, organisation_id from application_applicant
    union select application_id, organisation_id from version_applicant
)
select p.id from application p
join applies a on a.application_id = p.id join applies b on b.application_id = p.id
where p.state in ('draft', 'active') and a.organisation_id = :merged and b.organisation_id = :into"""

ROOM = Room(
    name="applications",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
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
    links=(
        *passes("application_applicant.organisation_id"),
        *moves("application.applicant_id", "application_authority.authority_id"),
        *stays("taken_out_applicant.organisation_id", "taken_out_applicant.leading_id"),
        *stays("application_version.submitted_for_organisation_id", "version_applicant.organisation_id"),
    ),
    obstacles=(Obstacle(MergeObstacleCode.apply_together, "application", _APPLY_TOGETHER),),
    connect=lambda: kinds.register(
        APPLICATIONS, P.applications_write, "organisation_id", template=APPLICATIONS_TEMPLATE
    ),
)
