"""Whom this room's events are told: the applicants. Networks and authorities hear of what reaches them."""

from collections.abc import Mapping

from sqlalchemy import and_
from sqlmodel import col

from puumerkki.access.audiences import applicants, lead, owners, writers
from puumerkki.applications.events import applications as events
from puumerkki.applications.models.applications import (
    Application,
    VersionApplicant,
)
from puumerkki.applications.queries.applications import planners
from puumerkki.kernel.room import Tells
from puumerkki.kernel.tells import ASKED, NAMED, RELATED, Mailed, NoticeRow, Pace, Sides, Silent, either, side

_DRAFT = Silent("the working copy is its applicants' own")
TELLS: Tells = {
    events.ApplicationCreated: _DRAFT,
    events.ApplicationChanged: _DRAFT,
    events.ApplicationDeleted: _DRAFT,
    events.ApplicantAsked: ASKED,
    events.ApplicantAnswered: (lead(by_room=True),),
    events.ApplicantsReleased: (lead(), owners(side=RELATED)),
    events.ApplicantLeft: (lead(row=NoticeRow.urgent), writers()),
    events.ApplicantSucceeded: (owners(side=NAMED, by_room=True), applicants()),
    # the further applicants get a letter, which also reaches contacts without an account
    events.ApplicationSubmitted: (lead(row=NoticeRow.urgent), applicants(by_room=True)),
    events.ApplicationWithdrawn: (applicants(row=NoticeRow.urgent),),
    events.ApplicationClosed: (writers(pace=Pace.bell),),
}

_APPLIED = and_(
    col(VersionApplicant.application_id) == col(Application.id),
    col(VersionApplicant.version_number) == col(Application.current_version),
    col(VersionApplicant.left_at).is_(None),
)
_LEAD = side(col(Application.id), col(Application.applicant_id))
SIDES: Sides = {
    "application": {
        "lead": _LEAD,
        "applicants": either(
            _LEAD, side(col(Application.id), col(VersionApplicant.organisation_id), (VersionApplicant, _APPLIED))
        ),
    },
    "funding_call": {"planners": planners},
}
MAILED: Mapping[str, Mailed] = {
    "co_applicant_to_answer": Mailed.opening,
}
