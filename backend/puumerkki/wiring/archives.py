"""What is still asked of events once they are archived."""

from puumerkki.funding.events.endorsements import EndorsementIssued

ASKED_LATER = (EndorsementIssued.type,)
"""When a mark's issuing was sealed decides what it is worth if its key is compromised later."""
