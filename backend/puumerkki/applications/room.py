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
from puumerkki.applications.queries.application_tasks import DEADLINES, TASKS
from puumerkki.applications.queries.applications import SUBJECT
from puumerkki.applications.service import succession
from puumerkki.applications.service.applicants import remind_asked, tell_late
from puumerkki.applications.service.askings import delete_expired_removals
from puumerkki.applications.tells import MAILED, SIDES, TELLS
from puumerkki.applications.workflow.applications import APPLICATION
from puumerkki.imports import kinds
from puumerkki.kernel.links import Kept, MergedThing, MergeObstacleCode, Obstacle, Since, moves, passes, stays, wrote
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

_MADE = Since(
    MergedThing.applications,
    wrote("t.id"),
    alone="t.state = 'draft' and t.current_version is null"
    " and not exists (select from application_applicant a where a.application_id = t.id)",
    kind="application",
)
_SUBMITTED = Since(
    MergedThing.applications,
    "select t.submitted_by where t.application_id <> all(:noted)",
    kind="application",
    thing="t.application_id",
)
_ANSWERED = Since(
    MergedThing.applications,
    "select t.answered_by where t.answer = 'accepted'",
    kind="application",
    thing="t.application_id",
    at="coalesce(t.answered_at, t.asked_at)",
)

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
    deadlines=DEADLINES,
    invariants=INVARIANTS,
    links=(
        *passes("application_applicant.organisation_id", since=_ANSWERED),
        *moves("application.applicant_id", since=_MADE),
        *moves("application_authority.authority_id", since=Kept.named),
        *stays("taken_out_applicant.organisation_id", "taken_out_applicant.leading_id", since=Kept.history),
        *stays("application_version.submitted_for_organisation_id", since=_SUBMITTED),
        *stays("version_applicant.organisation_id", since=Kept.history),
    ),
    obstacles=(Obstacle(MergeObstacleCode.apply_together, "application", _APPLY_TOGETHER),),
    connect=lambda: kinds.register(
        APPLICATIONS, P.applications_write, "organisation_id", template=APPLICATIONS_TEMPLATE
    ),
)
