"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.identity.events import GlassBroken
from puumerkki.imports import kinds
from puumerkki.kernel.links import Kept, MergedThing, Since, moves, passes, stays
from puumerkki.kernel.room import Periodic, Room
from puumerkki.organisations import routes
from puumerkki.organisations.exports import ORGANISATIONS_TEMPLATE, PEOPLE_TEMPLATE
from puumerkki.organisations.importing.people import PEOPLE
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from puumerkki.organisations.models.archivings import OrganisationArchiving, OrganisationSuccession
from puumerkki.organisations.models.hosts import HostAsking
from puumerkki.organisations.models.merges import OrganisationMerge
from puumerkki.organisations.models.organisations import (
    Affiliation,
    ConfirmationRequest,
    Contact,
    ExternalId,
    Naming,
    Organisation,
    OrganisationRelation,
    OrganisationVersion,
)
from puumerkki.organisations.queries import SUBJECT, archivings, confirmations, host_tasks, namings, people
from puumerkki.organisations.queries.merges import OBSTACLES
from puumerkki.organisations.service import hosts, umbrellas
from puumerkki.organisations.service.archiving import archive_due
from puumerkki.organisations.service.confirmation_mails import tell_operators
from puumerkki.organisations.service.looks import after_glass_broken
from puumerkki.organisations.service.merging import delete_expired_changes
from puumerkki.organisations.service.namings import settle_due
from puumerkki.organisations.tells import MAILED, SIDES, TELLS
from puumerkki.organisations.workflow.namings import NAMING
from puumerkki.organisations.workflow.organisations import ARCHIVING, ORGANISATION


def _connect() -> None:
    kinds.register(ORGANISATIONS, P.organisations_create, template=ORGANISATIONS_TEMPLATE)
    kinds.register(PEOPLE, P.people_manage, "organisation_id", template=PEOPLE_TEMPLATE)


_CONTACT = Since(
    MergedThing.contacts,
    "select e.actor_id from event e where e.subject_id = :into and e.occurred_at > :since"
    " and e.data->>'contact_id' = t.id::text",
    alone="true",
)
_ASKS_HOST = Since(
    MergedThing.relations,
    "select t.asked_by",
    alone="true",
    thing="t.host_id",
    kind="organisation",
    at="(select max(r.created_at) from organisation_relation r"
    " where r.organisation_id = t.group_id and r.other_id = t.host_id)",
)
_BELONGS = Since(
    MergedThing.relations,
    "select coalesce(t.said_by, e.actor_id) from event e where e.occurred_at > :since"
    " and e.data->>'relation_id' = t.id::text and e.subject_id = :into"
    " and (t.ends_on is null or t.ends_on >= current_date)",
    alone="t.accepted_at is null or t.kind <> 'host'",
    thing="t.other_id",
    kind="organisation",
)
_HOSTS = Since(
    MergedThing.relations,
    "select t.accepted_by where t.ends_on is null or t.ends_on >= current_date",
    thing="t.organisation_id",
    kind="organisation",
)

ROOM = Room(
    name="organisations",
    tells=TELLS,
    mailed=MAILED,
    sides=SIDES,
    tables=(
        Organisation,
        OrganisationVersion,
        OrganisationRelation,
        OrganisationArchiving,
        OrganisationSuccession,
        OrganisationMerge,
        ExternalId,
        Contact,
        Affiliation,
        Naming,
        ConfirmationRequest,
        HostAsking,
    ),
    routers=routes.ROUTERS,
    subjects=(SUBJECT,),
    workflows=(ORGANISATION, ARCHIVING, NAMING),
    handlers={GlassBroken: (after_glass_broken,)},
    periodic=(
        Periodic((archive_due, delete_expired_changes)),
        Periodic((hosts.tell_late, umbrellas.tell_late, settle_due, tell_operators), after="applications.remind_asked"),
    ),
    tasks=(*people.TASKS, *host_tasks.TASKS, *archivings.TASKS, *confirmations.TASKS, *namings.TASKS),
    links=(
        *moves("contact.organisation_id", since=_CONTACT),
        *moves("external_id.organisation_id", since=Kept.readable),
        *passes("organisation_relation.organisation_id", since=_BELONGS),
        *passes("organisation_relation.other_id", since=_HOSTS),
        *moves("host_asking.group_id", since=_ASKS_HOST),
        *moves("host_asking.host_id", since=Kept.named),
        *stays("affiliation.organisation_id", since=Kept.readable),
        *stays("organisation_version.organisation_id", "confirmation_request.organisation_id", since=Kept.history),
        *stays("naming.scope_id", "organisation_archiving.organisation_id", since=Kept.history),
        *stays("organisation_archiving.successor_id", since=Kept.history),
        *stays("organisation_succession.predecessor_id", "organisation_succession.successor_id", since=Kept.history),
        *stays("organisation.merged_into_id", since=Kept.history),
        *stays("organisation_merge.organisation_id", "organisation_merge.into_id", since=Kept.history),
    ),
    obstacles=OBSTACLES,
    connect=_connect,
)
