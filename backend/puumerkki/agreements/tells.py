"""Whom this room's events are told: those who write and sign for the parties.

Duties are told by letters, which also reach contacts without an account.
"""

from collections.abc import Mapping

from sqlmodel import col

from puumerkki.access.audiences import owners, parties, signers
from puumerkki.agreements import events
from puumerkki.agreements.models import Agreement, AgreementParty
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, BY_LETTER, NAMED, SEEN_THERE, Mailed, NoticeRow, Pace, Sides, Silent, side

_URGENT = NoticeRow.urgent
_BOTH = (parties(), signers())
_TEMPLATES = Silent("templates are an organisation's own tools")
TELLS: Tells = {
    events.AgreementDrafted: (parties(side="drafter", pace=Pace.bell),),
    events.AgreementChanged: SEEN_THERE,
    events.AgreementProposed: (parties(),),
    events.AgreementAmendmentWithdrawn: _BOTH,
    events.AgreementPartySucceeded: (owners(side=NAMED, by_room=True), parties()),
    events.AgreementSigned: (parties(pace=Pace.digest),),
    events.AgreementRecorded: ASKED,
    events.AgreementRecordConfirmed: _BOTH,
    events.AgreementRecordDisputed: (parties(by_room=True), signers()),
    events.AgreementSignedByAll: _BOTH,
    events.AgreementCameIntoForce: _BOTH,
    events.AgreementCancelled: _BOTH,
    events.AgreementTerminated: (parties(row=_URGENT), signers(row=_URGENT), owners(side="parties", row=_URGENT)),
    events.AgreementEnded: (parties(pace=Pace.digest),),
    events.AgreementExpiring: (parties(),),
    events.AgreementRenewed: (parties(pace=Pace.digest),),
    events.AgreementConfirmed: (parties(pace=Pace.digest),),
    events.AgreementDutyDone: SEEN_THERE,
    events.AgreementDutyReopened: ASKED,
    events.AgreementDutyLate: BY_LETTER,
    events.TemplateCreated: _TEMPLATES,
    events.TemplateChanged: _TEMPLATES,
    events.TemplateRemoved: _TEMPLATES,
}

SIDES: Sides = {
    "agreement": {
        "drafter": side(col(Agreement.id), col(Agreement.drafted_by_organisation_id)),
        "parties": side(col(AgreementParty.agreement_id), col(AgreementParty.organisation_id)),
    }
}
MAILED: Mapping[str, Mailed] = {
    "agreement_contacts_to_check": Mailed.reminders,
    "agreement_evaluation_due": Mailed.reminders,
    "agreement_record_to_confirm": Mailed.opening,
    "agreement_renewal_to_decide": Mailed.reminders,
    "agreement_report_due": Mailed.reminders,
    "agreement_to_confirm": Mailed.reminders,
    "agreement_to_sign": Mailed.always,
}
