"""Whom this room's events are told. Of accounts and addresses the person gets letters, which hold links of identity."""

from sqlmodel import col

from puumerkki.access.audiences import operators, owners
from puumerkki.access.roles import Role
from puumerkki.identity import events
from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, PERSON, NoticeRow, Pace, Sides, Silent, Tell, side

_OWN = Silent("people do it to their own account, or get a letter with a link")
_PERSON = Tell(side=PERSON, row=NoticeRow.urgent, addressed=True)
_OTHER_OWNERS = owners(side="scope", pace=Pace.bell)

TELLS: Tells = {
    events.UserCreated: _OWN,
    events.UserChanged: _OWN,
    events.UserDisabled: _OWN,
    events.UserReopened: _OWN,
    events.UserErased: _OWN,
    events.RoleGranted: (Tell(side=PERSON, row=NoticeRow.urgent, addressed=True, by_room=True), _OTHER_OWNERS),
    events.RoleRevoked: (_PERSON, _OTHER_OWNERS),
    events.RoleOffered: ASKED,
    events.RoleOfferEnded: (_OTHER_OWNERS,),
    events.SessionReuseDetected: (Tell(side=PERSON, row=NoticeRow.urgent, addressed=True, receipt=True),),
    events.ServiceAccountCreated: (owners(),),
    events.ServiceAccountSecretRotated: (owners(),),
    events.ServiceAccountRevoked: (owners(),),
    events.GlassBroken: (
        Tell(side="scope", roles=(Role.owner, Role.coordinator, Role.chair), row=NoticeRow.urgent, by_room=True),
        operators(pace=Pace.bell),
    ),
}

SIDES: Sides = {"service_account": {"organisation": side(col(ServiceAccount.id), col(ServiceAccount.organisation_id))}}
