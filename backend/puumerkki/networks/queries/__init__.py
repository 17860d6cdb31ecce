"""Reads of this room. What other rooms use is named here; listings and comparisons stand in their own files."""

from puumerkki.networks.queries.electorates import electorate, have_left, lead_alone
from puumerkki.networks.queries.participation import member_of, takes_part, takes_part_now, today_of
from puumerkki.networks.queries.readable import (
    active_members,
    decision_rule,
    member,
    member_readable,
    member_sees,
    network,
    networks_read_sees,
    readable,
    rulebook,
    rulebook_at,
    rulebook_in_force,
    rulebook_readable,
    rulebook_sees,
)
from puumerkki.networks.queries.tasks import waiting

__all__ = [
    "active_members",
    "decision_rule",
    "electorate",
    "have_left",
    "lead_alone",
    "member",
    "member_of",
    "member_readable",
    "member_sees",
    "network",
    "networks_read_sees",
    "readable",
    "rulebook",
    "rulebook_at",
    "rulebook_in_force",
    "rulebook_readable",
    "rulebook_sees",
    "takes_part",
    "takes_part_now",
    "today_of",
    "waiting",
]
