"""Counted ballots that have not taken effect yet."""

from uuid import UUID

from sqlalchemy import Uuid, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import VersionApplicant
from puumerkki.applications.models.recipients import HandlingState
from puumerkki.applications.queries.applicants import have_left
from puumerkki.handlings.models.decisions import RecordedDecision
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, BallotState, Handling
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models.networks import MemberState, Network, NetworkMember, NetworkState
from puumerkki.networks.tally import Outcome


def _waiting() -> object:
    newer, applicant = aliased(Ballot), aliased(VersionApplicant)
    outcome = col(Ballot.result)["outcome"].astext
    of_a_member = (
        exists()
        .where(
            col(applicant.application_id) == col(Handling.application_id),
            col(applicant.version_number) == col(Handling.version_number),
            col(NetworkMember.organisation_id) == col(applicant.organisation_id),
            col(NetworkMember.network_id) == col(Handling.network_id),
            col(NetworkMember.state) == MemberState.active,
        )
        .correlate(Handling)
    )
    return (
        select(Handling.id, Handling.version_number, outcome)
        .join(Ballot, col(Ballot.handling_id) == col(Handling.id))
        .join(Network, col(Network.id) == col(Handling.network_id))
        .where(
            col(Handling.application_id) == param("application", Uuid()),
            col(Handling.state) == HandlingState.in_ballot,
            col(Ballot.state) == BallotState.closed,
            col(Ballot.purpose) == BallotPurpose.give,
            col(Network.state) == NetworkState.active,
            or_(outcome == Outcome.failed.value, (outcome == Outcome.passed.value) & of_a_member),
            ~exists().where(col(newer.handling_id) == col(Handling.id), col(newer.opened_at) > col(Ballot.opened_at)),
        )
    )


_WAITING = Statement(_waiting)  # type: ignore[arg-type]


async def decision_waits(
    session: AsyncSession, application_id: UUID, handling_id: UUID | None = None, *, refuses: bool = False
) -> bool:
    """Whether a meeting's decision was confirmed that has not taken effect: in any handling, or in one.

    `refuses`: one that gives no endorsement.
    """
    statement = (
        select(RecordedDecision.id)
        .join(Handling, col(Handling.id) == col(RecordedDecision.handling_id))
        .where(
            col(Handling.application_id) == application_id,
            col(Handling.state) == HandlingState.in_review,
            col(RecordedDecision.confirmed_at).is_not(None),
            col(RecordedDecision.effective_at).is_(None),
            col(RecordedDecision.fell_at).is_(None),
        )
    )
    if handling_id is not None:
        statement = statement.where(col(Handling.id) == handling_id)
    if refuses:
        statement = statement.where(col(RecordedDecision.endorses).is_(False))
    return (await session.exec(statement.limit(1))).first() is not None


async def refusal_waits(session: AsyncSession, handling: Handling) -> bool:
    """Whether a handling will be declined by its counted ballot or its meeting: nothing else ends it before."""
    if await decision_waits(session, handling.application_id, handling.id, refuses=True):
        return True
    found = await _WAITING.fetch_all(session, application=handling.application_id)
    return any(id_ == handling.id and outcome == Outcome.failed for id_, _, outcome in found)


async def count_waits(session: AsyncSession, application_id: UUID, handling_id: UUID | None = None) -> bool:
    """Whether a count or a meeting's decision will give or refuse an endorsement, in one handling or in any.

    One that passed on a version that an applicant has left gives none, so nothing waits for it.
    """
    if await decision_waits(session, application_id, handling_id):
        return True
    for found, version, outcome in await _WAITING.fetch_all(session, application=application_id):
        if handling_id not in (None, found):
            continue
        if outcome == Outcome.failed or not await have_left(session, application_id, version):
            return True
    return False
