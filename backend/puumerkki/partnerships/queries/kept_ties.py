"""Whether a tie that has ended still counts in an open case: for how long it is kept."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.applications.models.applications import Application, ApplicationState
from puumerkki.applications.models.recipients import PartnerRequestState
from puumerkki.applications.queries.applicants import applicants_for_ties
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Ballot, BallotState, Handling
from puumerkki.partnerships.models.partner_requests import PartnerRequest

ENDED_REQUEST = (PartnerRequestState.decided, PartnerRequestState.withdrawn)


def concerns_open_case(organisation_id: Any, until_at: Any) -> ColumnElement[bool]:
    """SQL: somebody who was tied to an organisation until a moment is tied in a case that is open.

    That is every draft and active application, too: between two versions nothing of it may be open anywhere.
    """
    handled, asked, one = aliased(Handling), aliased(PartnerRequest), aliased(Application)
    voting = exists().where(col(Ballot.handling_id) == col(handled.id), col(Ballot.state) == BallotState.open)
    in_network = exists().where(
        col(handled.application_id) == col(one.id), or_(col(handled.state).in_(OPEN_HANDLING), voting)
    )
    before_authority = exists().where(col(asked.application_id) == col(one.id), col(asked.state).not_in(ENDED_REQUEST))
    return (
        exists()
        .where(
            col(one.created_at) <= until_at,
            or_(
                col(one.state).in_((ApplicationState.draft, ApplicationState.active)),
                in_network.correlate_except(handled, Ballot),
                before_authority.correlate_except(asked),
            ),
            organisation_id.in_(applicants_for_ties(col(one.id))),
        )
        .correlate_except(one)
    )
