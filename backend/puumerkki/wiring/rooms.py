"""The rooms of the house in the order of floors, from the ground up."""

from puumerkki.access.room import ROOM as ACCESS
from puumerkki.activity.room import ROOM as ACTIVITY
from puumerkki.agreements.room import ROOM as AGREEMENTS
from puumerkki.applications.room import ROOM as APPLICATIONS
from puumerkki.calls.room import ROOM as CALLS
from puumerkki.discussions.room import ROOM as DISCUSSIONS
from puumerkki.disqualification.room import ROOM as DISQUALIFICATION
from puumerkki.endorsements.room import ROOM as ENDORSEMENTS
from puumerkki.filings.room import ROOM as FILINGS
from puumerkki.guidance.room import ROOM as GUIDANCE
from puumerkki.handlings.room import ROOM as HANDLINGS
from puumerkki.identity.room import ROOM as IDENTITY
from puumerkki.imports.room import ROOM as IMPORTS
from puumerkki.interop.room import ROOM as INTEROP
from puumerkki.kernel.room import ROOM as KERNEL
from puumerkki.kernel.room import Room
from puumerkki.meetings.room import ROOM as MEETINGS
from puumerkki.needs.room import ROOM as NEEDS
from puumerkki.networks.room import ROOM as NETWORKS
from puumerkki.notifications.room import ROOM as NOTIFICATIONS
from puumerkki.organisations.room import ROOM as ORGANISATIONS
from puumerkki.partnerships.room import ROOM as PARTNERSHIPS
from puumerkki.reference.room import ROOM as REFERENCE
from puumerkki.reports.room import ROOM as REPORTS

ROOMS: tuple[Room, ...] = (
    KERNEL,
    ACCESS,
    REFERENCE,
    IDENTITY,
    IMPORTS,
    ORGANISATIONS,
    DISCUSSIONS,
    NETWORKS,
    MEETINGS,
    NEEDS,
    REPORTS,
    CALLS,
    APPLICATIONS,
    DISQUALIFICATION,
    ENDORSEMENTS,
    HANDLINGS,
    PARTNERSHIPS,
    FILINGS,
    AGREEMENTS,
    ACTIVITY,
    GUIDANCE,
    NOTIFICATIONS,
    INTEROP,
)
"""Their order is behaviour: that of handlers in an event and of periodic work where a room says nothing else."""
