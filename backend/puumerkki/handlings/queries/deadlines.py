"""Days of handlings for its network and its applicants: when it should be handled, when a ballot closes."""

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.access.permissions import P
from puumerkki.access.scopes import by_scope
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.stakeholders import by_applicants
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.kernel.deadlines import Deadline, falls
from puumerkki.kernel.last_day import last_day_of
from puumerkki.kernel.reads.listings import visible_in
from puumerkki.kernel.tasks import stands_at

_HANDLED = (HandlingState.received, HandlingState.in_review)


def _of_network(caller: Caller) -> ColumnElement[bool]:
    return visible_in([by_scope(P.handlings_read, caller, at=col(Handling.network_id))], col(Handling.id))


def _of_applicants(caller: Caller) -> ColumnElement[bool]:
    return visible_in(by_applicants(caller, P.applications_read, col(Handling.application_id)), col(Handling.id))


def _to_handle(caller: Caller) -> Select[Any]:
    """The end of the handling days."""
    day, since = col(Handling.handle_by), col(Handling.received_at)
    columns = falls(col(Handling.id), due_on=day, since=since, network_id=col(Handling.network_id))
    at_hand = or_(*(stands_at(col(Handling.state), state) for state in _HANDLED))
    return select(*columns).select_from(Handling).where(at_hand, or_(_of_network(caller), _of_applicants(caller)))


def _closing(caller: Caller) -> Select[Any]:
    """When open ballots close. The applicant follows the one that may give the puumerkki."""
    columns = falls(
        col(Handling.id),
        due_on=last_day_of(col(Ballot.closes_at)),
        due_at=col(Ballot.closes_at),
        since=col(Ballot.opened_at),
        network_id=col(Handling.network_id),
    )
    gives = col(Ballot.purpose) == BallotPurpose.give
    return (
        select(*columns)
        .select_from(Ballot)
        .join(Handling, col(Handling.id) == col(Ballot.handling_id))
        .where(
            stands_at(col(Ballot.state), BallotState.open),
            or_(_of_network(caller), gives & _of_applicants(caller)),
        )
    )


DEADLINES = (
    Deadline(kind="handling_due", subject="handling", rows=_to_handle, stays=True),
    Deadline(kind="ballot_closes", subject="handling", rows=_closing),
)
