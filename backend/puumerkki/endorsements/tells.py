"""Whom this room's events are told."""

from sqlalchemy import and_
from sqlmodel import col

from puumerkki.access.audiences import applicants, deciders, leaders, officers, representatives
from puumerkki.applications.models.applications import VersionApplicant
from puumerkki.endorsements.events import conditions, endorsements, network_powers
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, FOLLOWS, NoticeRow, Pace, Sides, side

_URGENT = NoticeRow.urgent
_LOST = (applicants(row=_URGENT), officers(row=_URGENT), deciders(row=_URGENT), representatives(pace=Pace.digest))
_ENDED = (applicants(), leaders(), officers())
_MAILED = (applicants(by_room=True), leaders(by_room=True), officers(by_room=True))
TELLS: Tells = {
    conditions.ConditionsClaimed: ASKED,
    conditions.ClaimAgreed: (leaders(pace=Pace.bell),),
    conditions.ClaimObjected: ASKED,
    conditions.ClaimFell: (leaders(by_room=True),),
    endorsements.EndorsementIssued: FOLLOWS,
    endorsements.EndorsementSuperseded: (applicants(row=_URGENT), officers(row=_URGENT), deciders(row=_URGENT)),
    endorsements.EndorsementRevoked: _LOST,
    endorsements.EndorsementExpired: _ENDED,
    network_powers.EndorsementExpiring: _MAILED,
    network_powers.EndorsementProlonged: _MAILED,
    network_powers.RevocationProposed: (applicants(row=_URGENT, by_room=True), leaders(pace=Pace.bell)),
    network_powers.RevocationDropped: (applicants(), leaders()),
    network_powers.ViewStated: (leaders(),),
    network_powers.ProlongationProposed: ASKED,
    network_powers.ProlongationDropped: (leaders(),),
}

_APPLIED = and_(
    col(VersionApplicant.application_id) == col(Endorsement.application_id),
    col(VersionApplicant.version_number) == col(Endorsement.version_number),
    col(VersionApplicant.left_at).is_(None),
)
SIDES: Sides = {
    "endorsement": {
        "applicants": side(col(Endorsement.id), col(VersionApplicant.organisation_id), (VersionApplicant, _APPLIED)),
        "network": side(col(Endorsement.id), col(Endorsement.network_id)),
    }
}
