"""What waits in a handling, and what is asked of whom it waits for: nothing waits for who is tied to an applicant."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, cast, exists, func, null, or_
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import aliased
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import caller_id
from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from puumerkki.disqualification.queries.settled_ties import alleged, in_network
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.handlings.models.votes import Vote
from puumerkki.handlings.queries.leading import Of, stands_in_sql
from puumerkki.kernel.tasks import Fits, Task, waits
from puumerkki.networks.queries.participation import now_of

Rows = Callable[[], Select[Any]]
NOBODY: ColumnElement[Any] = cast(null(), Uuid[UUID]())


def handlings(**columns: Any) -> Select[Any]:
    """A select from `handling` of what waits in it, in the scope of its network."""
    network = col(Handling.network_id)
    of_case = {"application_id": col(Handling.application_id)}
    found = waits(col(Handling.id), scope_id=network, network_id=network, **columns, **of_case)
    return core_select(*found).select_from(Handling)


def task(
    kind: str, permissions: Sequence[P], rows: Rows, fits: Fits | None, *, several: bool = False, **more: Any
) -> Task:
    """A kind of what waits in a handling."""
    return Task(kind=kind, subject="handling", permissions=permissions, rows=rows, fits=fits, several=several, **more)


def untied(row: Any, caller: Any) -> ColumnElement[bool]:
    """Somebody who is not tied to an applicant, and did not say it themselves (`said_by`)."""
    who = caller_id(caller)
    return and_(row.said_by.is_distinct_from(who), ~is_tied_sql(who, row.application_id, row.network_id))


def asked(row: Any, caller: Any) -> ColumnElement[bool]:
    """One of those who were asked (`asked_ids`), of whom nobody says now that they are tied."""
    who = caller_id(caller)
    return and_(_asked_now(row, who), ~is_tied_sql(who, row.application_id, row.network_id))


def _asked_now(row: Any, who: Any) -> ColumnElement[bool]:
    return and_(who == func.any(row.asked_ids), ~alleged(who, row.application_id, in_network(row.network_id), now_of()))


def represents(row: Any, caller: Any) -> ColumnElement[bool]:
    """Whoever represents the member, is not tied, and did not say it themselves (`said_by`).

    Nor has voted for another member in the ballot (`ballot_id`); where some were asked (`asked_ids`), one of them.
    """
    who, representative, vote = caller_id(caller), aliased(RoleGrant), aliased(Vote)
    is_representative = exists().where(
        col(representative.principal_id) == who,
        col(representative.scope_id) == row.network_id,
        col(representative.for_organisation_id) == row.organisation_id,
        col(representative.role).in_([Role.representative, Role.deputy]),
        or_(col(representative.expires_at).is_(None), col(representative.expires_at) > now_of()),
    )
    elsewhere = exists().where(
        col(vote.ballot_id) == row.ballot_id, col(vote.cast_by) == who, col(vote.recorded).is_(False)
    )
    return and_(
        is_representative.correlate_except(representative),
        ~elsewhere.correlate_except(vote),
        row.said_by.is_distinct_from(who),
        or_(row.asked_ids.is_(None), _asked_now(row, who)),
        ~is_tied_sql(who, row.application_id, row.network_id),
    )


def for_member(
    organisation_id: Any, *, ballot_id: Any = NOBODY, said_by: Any = NOBODY, asked_ids: Any = None, **columns: Any
) -> Select[Any]:
    """A select from `handling` of what waits for whoever `represents` a member."""
    ids = cast(asked_ids, ARRAY(Uuid()))
    return handlings(organisation_id=organisation_id, ballot_id=ballot_id, said_by=said_by, asked_ids=ids, **columns)


def in_place(kind: str, rows: Callable[..., Select[Any]], fits: Fits | None = None) -> tuple[Task, Task]:
    """The same for whoever leads because the coordinators are all tied: by office, or because two chose them.

    `fits`: what is asked of them; where it is not given, `stands_in`.
    """

    def of_office() -> Select[Any]:
        return rows(lead_id=col(Handling.lead_id)).where(col(Handling.state).in_(OPEN_HANDLING))

    return (
        task(kind, (P.handlings_confirm, P.handlings_record), of_office, fits or stands_in, several=True),
        task(
            kind,
            (P.ballots_vote,),
            lambda: of_office().where(col(Handling.lead_id).is_not(None)),
            fits or stands_in,
            several=True,
        ),
    )


def stands_in(row: Any, caller: Any) -> ColumnElement[bool]:
    """Whoever leads in place of the coordinators."""
    of = Of(row.application_id, row.network_id, row.lead_id, now_of())
    return and_(untied(row, caller), stands_in_sql(caller_id(caller), of))
