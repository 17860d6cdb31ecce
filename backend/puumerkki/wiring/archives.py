"""What is still asked of events once they are archived."""

from puumerkki.agreements.events import AgreementSigned
from puumerkki.funding.events.endorsements import EndorsementIssued
from puumerkki.funding.events.network_powers import EndorsementProlonged

ASKED_LATER = (EndorsementIssued.type, EndorsementProlonged.type, AgreementSigned.type)
"""When a mark's issuing or a signature was sealed decides what it is worth if its key is compromised later."""
