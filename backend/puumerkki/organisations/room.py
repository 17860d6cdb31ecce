"""What the room brings to the house."""

from puumerkki.access.permissions import P
from puumerkki.identity.events import GlassBroken
from puumerkki.imports import kinds
from puumerkki.kernel.room import Periodic, Room
from puumerkki.organisations import routes
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from puumerkki.organisations.models.archivings import OrganisationArchiving, OrganisationSuccession
from puumerkki.organisations.models.hosts import HostAsking
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
from puumerkki.organisations.queries import SUBJECT
from puumerkki.organisations.service import hosts, umbrellas
from puumerkki.organisations.service.archiving import archive_due
from puumerkki.organisations.service.confirmation_mails import tell_operators
from puumerkki.organisations.service.looks import after_glass_broken
from puumerkki.organisations.service.namings import settle_due
from puumerkki.organisations.workflow.namings import NAMING
from puumerkki.organisations.workflow.organisations import ARCHIVING, ORGANISATION

ROOM = Room(
    name="organisations",
    tables=(
        Organisation,
        OrganisationVersion,
        OrganisationRelation,
        OrganisationArchiving,
        OrganisationSuccession,
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
        Periodic((archive_due,)),
        Periodic((hosts.tell_late, umbrellas.tell_late, settle_due, tell_operators), after="applications.remind_asked"),
    ),
    connect=lambda: kinds.register(ORGANISATIONS, P.organisations_create),
)
