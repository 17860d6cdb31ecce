"""Facts of cases that are handed over: that there is nobody, and that somebody was named; the case says whom."""

from dataclasses import dataclass

from puumerkki.kernel.eventlog.events import Event, Tier
from puumerkki.partnerships.models.handovers import CaseOffice


@dataclass(frozen=True, kw_only=True)
class CaseWithoutPerson(Event):
    """Everybody in the office takes no part; the authority's owners are told."""

    type = "partner_request.without_person"
    tier = Tier.authority

    office: CaseOffice


@dataclass(frozen=True, kw_only=True)
class CaseHandedOver(Event):
    """An owner of the authority named who acts instead."""

    type = "partner_request.handed_over"
    tier = Tier.parties

    office: CaseOffice
