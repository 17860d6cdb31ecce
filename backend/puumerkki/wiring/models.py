"""Every room's tables, so that the metadata is whole."""

from sqlmodel import SQLModel

from puumerkki.access import models as access
from puumerkki.agreements import models as agreements
from puumerkki.funding import models as funding
from puumerkki.identity import models as identity
from puumerkki.imports import models as imports
from puumerkki.kernel import idempotency, mail
from puumerkki.kernel.crypto import keys
from puumerkki.kernel.eventlog import events, sealing
from puumerkki.meetings import models as meetings
from puumerkki.needs import models as needs
from puumerkki.networks import decision_models as network_decisions
from puumerkki.networks import models as networks
from puumerkki.networks import proposal_models as member_proposals
from puumerkki.organisations import archiving_models as archivings
from puumerkki.organisations import host_models as hosts
from puumerkki.organisations import models as organisations
from puumerkki.portals import models as portals
from puumerkki.reference import models as reference
from puumerkki.reports import models as reports
from puumerkki.threads import models as threads

ROOMS = (
    events,
    idempotency,
    keys,
    mail,
    sealing,
    access,
    identity,
    reference,
    organisations,
    archivings,
    hosts,
    threads,
    networks,
    member_proposals,
    network_decisions,
    meetings,
    needs,
    reports,
    funding,
    agreements,
    imports,
    portals,
)
metadata = SQLModel.metadata
