"""All reactions at a glance: event → handlers, run in the transaction of the event."""

from puumerkki.agreements.service.contacts import after_role_revoked, after_roles_changed
from puumerkki.funding.service.filings import after_report_submitted
from puumerkki.identity.events import RoleRevoked
from puumerkki.kernel.events import Event, Handler
from puumerkki.organisations.events import RolesChanged
from puumerkki.reports.events import ReportSubmitted

HANDLERS: dict[type[Event], tuple[Handler, ...]] = {
    RoleRevoked: (after_role_revoked,),
    RolesChanged: (after_roles_changed,),
    ReportSubmitted: (after_report_submitted,),
}
