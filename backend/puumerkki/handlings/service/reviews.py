"""Follows an endorsement that moves or ends, for its open revocation and its waiting prolongation."""

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements.events.network_powers import RevocationDropped
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.endorsements.models.revocations import Prolongation, Revocation, RevocationState
from puumerkki.endorsements.workflow.revocations import REVOCATION
from puumerkki.handlings.models.handlings import Ballot, BallotState, Handling
from puumerkki.handlings.service import ballots
from puumerkki.handlings.service.fallen_claims import ENDORSEMENT_ENDED, NEW_VERSION, overtaken
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref


async def follow(session: AsyncSession, *, old: Endorsement, new: Endorsement) -> None:
    """Carry the revocation on to the moved endorsement; a prolongation is asked for again."""
    found = await _open(session, old)
    if found is not None:
        found.endorsement_id = new.id
    await delete_pending_prolongation(session, old)
    await overtaken(session, old, NEW_VERSION, actor_id=None)


async def fall(session: AsyncSession, *, endorsement: Endorsement, actor_id: UUID | None) -> None:
    """End the revocation and the prolongation, since the endorsement ends otherwise."""
    found = await _open(session, endorsement)
    if found is not None:
        await drop(session, found, endorsement, ENDORSEMENT_ENDED, actor_id=actor_id)
    await delete_pending_prolongation(session, endorsement)
    await overtaken(session, endorsement, ENDORSEMENT_ENDED, actor_id=actor_id)


async def drop(
    session: AsyncSession, found: Revocation, endorsement: Endorsement, reason: str | None, *, actor_id: UUID | None
) -> None:
    """Drop a revocation: the endorsement stays, and an open ballot on it is annulled."""
    if found.ballot_id is not None:
        ballot = await session.get_one(Ballot, found.ballot_id, with_for_update=True, populate_existing=True)
        if ballot.state is BallotState.open:
            handling = await session.get_one(Handling, found.handling_id)
            await ballots.annul(session, handling=handling, ballot=ballot, reason=reason, actor_id=actor_id)
    REVOCATION.apply("drop", found, actor=None)
    found.ended_at, found.end_reason = clock.now(), reason
    related = (endorsement.application_id, endorsement.handling_id)
    told = RevocationDropped(subject=Ref("endorsement", endorsement.id), related=related, number=endorsement.number)
    await publish(session, told, actor_id=actor_id)


async def delete_pending_prolongation(session: AsyncSession, endorsement: Endorsement) -> bool:
    """Delete the endorsement's prolongation that waits for a confirmation; True where there was one."""
    gone = await session.exec(
        delete(Prolongation).where(
            col(Prolongation.endorsement_id) == endorsement.id, col(Prolongation.confirmed_at).is_(None)
        )
    )
    return bool(gone.rowcount)


async def _open(session: AsyncSession, endorsement: Endorsement) -> Revocation | None:
    statement = select(Revocation).where(
        col(Revocation.endorsement_id) == endorsement.id, col(Revocation.state) == RevocationState.open
    )
    return (await session.exec(statement)).one_or_none()
