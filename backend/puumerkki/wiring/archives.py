"""What is still asked of events once they are archived."""

from puumerkki.agreements.events import AgreementSigned
from puumerkki.funding.events.endorsements import EndorsementIssued

ASKED_LATER = (EndorsementIssued.type, AgreementSigned.type)
"""When a mark's issuing or a signature was sealed decides what it is worth if its key is compromised later."""
