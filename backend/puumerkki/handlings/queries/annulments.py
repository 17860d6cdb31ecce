"""Reads of ballots that are to be annulled, and of those that had no result."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.handlings.models.annulments import BallotAnnulment
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.networks.tally import Outcome

MOST_BALLOTS = 2
"""After so many without a result on one version a meeting decides."""
_SETTLED = (Outcome.passed.value, Outcome.failed.value)


async def open_annulment(session: AsyncSession, ballot_id: UUID, *, for_update: bool = False) -> BallotAnnulment | None:
    """What is proposed and neither confirmed nor dropped."""
    statement = select(BallotAnnulment).where(
        col(BallotAnnulment.ballot_id) == ballot_id,
        col(BallotAnnulment.confirmed_at).is_(None),
        col(BallotAnnulment.dropped_at).is_(None),
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(statement)).one_or_none()


async def annulment(session: AsyncSession, ballot_id: UUID) -> BallotAnnulment | None:
    """What was proposed and not dropped."""
    statement = select(BallotAnnulment).where(
        col(BallotAnnulment.ballot_id) == ballot_id, col(BallotAnnulment.dropped_at).is_(None)
    )
    return (await session.exec(statement)).one_or_none()


def without_result_sql() -> ColumnElement[int]:
    """SQL over `handling`: how many ballots on the version at hand settled nothing, or were annulled by two persons."""
    annulled = select(col(BallotAnnulment.ballot_id)).where(col(BallotAnnulment.confirmed_at).is_not(None))
    ballot = aliased(Ballot)
    outcome = col(ballot.result)["outcome"].astext
    found = core_select(func.count()).where(
        col(ballot.handling_id) == col(Handling.id),
        col(ballot.version_number) == col(Handling.version_number),
        col(ballot.purpose) == BallotPurpose.give,
        or_(
            (col(ballot.state) == BallotState.closed) & outcome.not_in(_SETTLED),
            col(ballot.id).in_(annulled),
        ),
    )
    return found.correlate_except(ballot).scalar_subquery()


async def without_result(session: AsyncSession, handling: Handling) -> int:
    """That of one handling."""
    return (await session.exec(select(without_result_sql()).where(col(Handling.id) == handling.id))).one()


async def revoking_exhausted(session: AsyncSession, handling: Handling) -> bool:
    """Whether two ballots on revoking the current version's endorsement were annulled, so that the next one stands."""
    statement = (
        select(func.count())
        .select_from(Ballot)
        .join(BallotAnnulment, col(BallotAnnulment.ballot_id) == col(Ballot.id))
        .where(
            col(Ballot.handling_id) == handling.id,
            col(Ballot.version_number) == handling.version_number,
            col(Ballot.purpose) == BallotPurpose.revoke,
            col(BallotAnnulment.confirmed_at).is_not(None),
        )
    )
    return (await session.exec(statement)).one() >= MOST_BALLOTS


async def former_ballots(session: AsyncSession, handling_id: UUID) -> Sequence[dict[str, Any]]:
    """The handling's ballots before the newest, the latest first, with what was wrong in those that were annulled."""
    statement = (
        select(Ballot, BallotAnnulment)
        .outerjoin(
            BallotAnnulment,
            (col(BallotAnnulment.ballot_id) == col(Ballot.id)) & col(BallotAnnulment.confirmed_at).is_not(None),
        )
        .where(col(Ballot.handling_id) == handling_id)
        .order_by(col(Ballot.opened_at).desc(), col(Ballot.id).desc())
        .offset(1)
    )
    return [
        {
            "id": ballot.id,
            "purpose": ballot.purpose,
            "state": ballot.state,
            "version_number": ballot.version_number,
            "opened_at": ballot.opened_at,
            "closed_at": ballot.closed_at,
            "outcome": ballot.result["outcome"] if ballot.result else None,
            "annulled_reason": ballot.annulled_reason,
            "fault": annulment.fault if annulment else None,
        }
        for ballot, annulment in (await session.exec(statement)).all()
    ]
