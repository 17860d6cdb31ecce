"""Ballots as the handling's steps need them: opening, counting, annulling. Callers hold the handling's lock."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.funding.events.ballots import (
    BallotAnnulled,
    BallotClosed,
    BallotOpened,
    MemberRecused,
)
from puumerkki.funding.models import Ballot, BallotElector, BallotPurpose, Handling, Recusal
from puumerkki.funding.queries.applicants import silenced
from puumerkki.funding.service.counting import figures, tally_of
from puumerkki.funding.service.left_ballots import stand_aside, take_out_gone
from puumerkki.funding.service.tied_votes import recuse_tied, take_out_tied
from puumerkki.funding.workflow.ballots import BALLOT
from puumerkki.kernel import clock
from puumerkki.kernel.events import publish
from puumerkki.kernel.refs import Ref
from puumerkki.kernel.workdays import deadline
from puumerkki.networks.models import NetworkMember, Rulebook
from puumerkki.networks.tally import Tally

EFFECT_DAYS = 7
"""So long after the count whoever leads concludes a ballot; then it takes effect by itself."""


async def open_ballot(
    session: AsyncSession,
    *,
    handling: Handling,
    rulebook: Rulebook,
    electors: Sequence[NetworkMember],
    applicant_ids: frozenset[UUID],
    closes_at: datetime,
    actor_id: UUID | None,
    purpose: BallotPurpose = BallotPurpose.give,
) -> Ballot:
    """A new ballot: electorate, rule and deadline are frozen. Who stands aside: applicants, and all-tied members."""
    ballot = Ballot(
        handling_id=handling.id,
        rulebook_id=rulebook.id,
        version_number=handling.version_number,
        rule=rulebook.rule,
        purpose=purpose,
        opened_at=clock.now(),
        closes_at=closes_at,
    )
    session.add(ballot)
    await session.flush()
    session.add_all(BallotElector(ballot_id=ballot.id, member_id=member.id) for member in electors)
    own = [member for member in electors if member.organisation_id in applicant_ids]
    others = [member.id for member in electors if member.organisation_id not in applicant_ids]
    session.add_all(Recusal(ballot_id=ballot.id, member_id=member.id, own_application=True) for member in own)
    opened = BallotOpened(
        subject=Ref("handling", handling.id),
        related=(handling.application_id,),
        ballot_id=ballot.id,
        version=ballot.version_number,
        closes_at=closes_at,
        purpose=purpose.value,
    )
    await publish(session, opened, actor_id=actor_id)
    for member in own:
        recused = MemberRecused(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            member_id=member.id,
        )
        await publish(session, recused, actor_id=None)
    await recuse_tied(session, handling, ballot, await silenced(session, handling.application_id, others))
    return ballot


async def count(session: AsyncSession, ballot: Ballot) -> Tally:
    """The tally of the votes given so far, without those of tied people and of members that have left.

    Hold the ballot FOR UPDATE: then no vote is on its way.
    """
    handling = await session.get_one(Handling, ballot.handling_id)
    await take_out_gone(session, handling, ballot)
    await take_out_tied(session, handling, ballot)
    await stand_aside(session, handling, ballot)
    return await tally_of(session, ballot)


async def close(
    session: AsyncSession, *, handling: Handling, ballot: Ballot, counted: Tally, actor_id: UUID | None
) -> None:
    """Store the outcome. From here on no vote counts. A mark is given or not by itself after some days."""
    BALLOT.apply("close", ballot, actor=None)
    ballot.closed_at = clock.now()
    ballot.takes_effect_at = deadline(EFFECT_DAYS) if ballot.purpose is BallotPurpose.give else None
    ballot.result = figures(counted)
    closed = BallotClosed(
        subject=Ref("handling", handling.id),
        related=(handling.application_id,),
        ballot_id=ballot.id,
        outcome=counted.reason.value,
        purpose=ballot.purpose.value,
    )
    await publish(session, closed, actor_id=actor_id)


async def annul(
    session: AsyncSession, *, handling: Handling, ballot: Ballot, reason: str | None, actor_id: UUID | None
) -> None:
    """The ballot no longer says anything."""
    BALLOT.apply("annul", ballot, actor=None)
    ballot.annulled_reason = reason
    ballot.closed_at = ballot.closed_at or clock.now()
    annulled = BallotAnnulled(
        subject=Ref("handling", handling.id), related=(handling.application_id,), ballot_id=ballot.id
    )
    await publish(session, annulled, actor_id=actor_id)


async def newest(session: AsyncSession, handling_id: UUID, *, for_update: bool = False) -> Ballot | None:
    """The handling's newest ballot."""
    statement = (
        select(Ballot)
        .where(col(Ballot.handling_id) == handling_id)
        .order_by(col(Ballot.opened_at).desc(), col(Ballot.id).desc())
        .limit(1)
    )
    return (await session.exec(statement.with_for_update() if for_update else statement)).one_or_none()
