"""Whom this room's events are told. Most of them are told by letters, which also reach contacts without an account."""

from collections.abc import Mapping

from sqlmodel import col

from puumerkki.access.audiences import operators, owners
from puumerkki.access.roles import Role
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, RELATED, SCOPE, SEEN_THERE, Mailed, NoticeRow, Pace, Sides, Silent, Tell, side
from puumerkki.organisations.events import archivings, merges, organisations, successions
from puumerkki.organisations.models.organisations import Organisation

_ITS_PEOPLE = owners(by_room=True)
_EDITORS = Tell(side="organisation", roles=(Role.editor,), row=NoticeRow.own, by_room=True)
_SCOPE = Tell(side=SCOPE, roles=(Role.owner, Role.coordinator, Role.chair), row=NoticeRow.urgent, by_room=True)
_OTHER_END = (owners(pace=Pace.digest), owners(side=RELATED, pace=Pace.digest))
_ROLES = Silent("role.granted and role.revoked tell it")
_NEW = Silent("an organisation that nobody has to do with yet; one that is to be confirmed opens a task")
_TIES = Silent("the person declares it on their own account")
_ANSWERED = (owners(by_room=True), operators(pace=Pace.bell))

TELLS: Tells = {
    organisations.OrganisationCreated: _NEW,
    organisations.OrganisationDeleted: _NEW,
    organisations.OrganisationChanged: (owners(pace=Pace.digest),),
    organisations.OrganisationConfirmed: (_ITS_PEOPLE,),
    organisations.ConfirmationAsked: ASKED,
    organisations.ConfirmationRefused: (_ITS_PEOPLE,),
    organisations.OrganisationArchived: (_ITS_PEOPLE, _EDITORS),
    organisations.OrganisationRestored: (owners(),),
    organisations.ContactAdded: SEEN_THERE,
    organisations.ContactChanged: SEEN_THERE,
    organisations.ContactRemoved: SEEN_THERE,
    organisations.RolesChanged: _ROLES,
    organisations.RelationAdded: _OTHER_END,
    organisations.RelationAsked: (owners(pace=Pace.digest), owners(side=RELATED, by_room=True)),
    organisations.RelationAccepted: _OTHER_END,
    organisations.RelationRefused: _OTHER_END,
    organisations.RelationChanged: _OTHER_END,
    organisations.RelationRemoved: _OTHER_END,
    organisations.AffiliationDeclared: _TIES,
    organisations.AffiliationWithdrawn: _TIES,
    organisations.NamingProposed: (_SCOPE,),
    organisations.NamingConfirmed: (operators(pace=Pace.bell),),
    organisations.NamingObjected: (operators(pace=Pace.bell),),
    organisations.NamingWithdrawn: (_SCOPE,),
    organisations.NamingDone: (_SCOPE,),
    organisations.NamingLapsed: (_SCOPE,),
    archivings.ArchivingProposed: ASKED,
    archivings.ArchivingObjected: (operators(by_room=True),),
    archivings.ArchivingDropped: _ANSWERED,
    merges.OrganisationMerged: (_ITS_PEOPLE, _EDITORS),
    merges.OrganisationMergeUndone: (_ITS_PEOPLE, _EDITORS),
    successions.SuccessorAsked: ASKED,
    successions.SuccessorAccepted: (_ITS_PEOPLE,),
    successions.SuccessorDeclined: (_ITS_PEOPLE,),
    successions.SuccessorGone: (_ITS_PEOPLE,),
    successions.OrganisationSucceeded: (_ITS_PEOPLE, owners(side=RELATED)),
}

SIDES: Sides = {"organisation": {"organisation": side(col(Organisation.id), col(Organisation.id))}}
MAILED: Mapping[str, Mailed] = {
    "archiving_to_answer": Mailed.opening,
    "host_to_answer": Mailed.opening,
    "naming_to_answer": Mailed.opening,
    "naming_to_confirm": Mailed.opening,
    "organisation_refused": Mailed.opening,
    "organisation_to_confirm": Mailed.opening,
    "successor_to_answer": Mailed.opening,
    "umbrella_to_check": Mailed.opening,
}
