"""Where the rooms meet: routers, the registries of subjects, and what reacts to which event."""

from puumerkki.access import kept_ties
from puumerkki.access import open_cases as tied_owners
from puumerkki.funding import call_changes, dependants, followers, handling_ties, request_ties, tie_cases
from puumerkki.funding.following import endorsements, filings, handlings, partner_requests
from puumerkki.funding.queries.gate_policies import authorities_naming
from puumerkki.funding.queries.kept_ties import concerns_open_case
from puumerkki.funding.queries.open_cases import decides_since_before, tied_anywhere, tied_in_open_case
from puumerkki.funding.queries.open_work import open_work as open_handlings
from puumerkki.funding.service import call_letters
from puumerkki.kernel import subjects as subject_registry
from puumerkki.kernel.eventlog import events
from puumerkki.networks import named, open_cases, open_work
from puumerkki.reports import reported
from puumerkki.wiring.handlers import HANDLERS
from puumerkki.wiring.routers import ROUTERS
from puumerkki.wiring.subjects import REPORTED, SUBJECTS

__all__ = ["ROUTERS", "connect"]


def connect() -> None:
    """Connect the rooms. Safe to call again."""
    for subject in SUBJECTS:
        subject_registry.register(subject)
    for kind in REPORTED:
        reported.register(kind)
    for room in (endorsements, handlings, partner_requests, filings):
        followers.register(room.FOLLOWER)
    for above in (handlings, partner_requests):
        dependants.register(above.DEPENDANT)
    tie_cases.register("handling", handling_ties.TIES)
    tie_cases.register("partner_request", request_ties.TIES)
    call_changes.register(call_letters.tell)
    named.register(authorities_naming)
    open_cases.register(tied_in_open_case, decides_since_before)
    tied_owners.register(tied_anywhere)
    kept_ties.register(concerns_open_case)
    open_work.register(open_handlings)
    events.set_handlers(HANDLERS)
