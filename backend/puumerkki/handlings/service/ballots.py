"""Opens, counts and annuls ballots for the steps of a handling. Callers hold the handling's lock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.disqualification.queries.tied import unrepresented
from puumerkki.disqualification.service.tie_lapsing import lapse_at_count, settle_at_count
from puumerkki.handlings.errors.ballots import VotesMissing
from puumerkki.handlings.events.ballots import (
    BallotAnnulled,
    BallotClosed,
    BallotOpened,
    BallotRecounted,
    MemberRecused,
    RecordedVotesSettled,
)
from puumerkki.handlings.models.handlings import Ballot, BallotPurpose, Handling
from puumerkki.handlings.models.votes import BallotElector, Recusal, Vote
from puumerkki.handlings.queries import ballots as queries
from puumerkki.handlings.queries.handlings import tie_case
from puumerkki.handlings.service.interests import note_interests
from puumerkki.handlings.service.left_ballots import recuse_departed_members, stand_aside
from puumerkki.handlings.service.tied_votes import recuse_tied, remove_tied_votes
from puumerkki.handlings.service.voting_blocs import note_together
from puumerkki.handlings.tally import Electors, Given, complete, count_of, counting
from puumerkki.handlings.workflow.ballots import BALLOT
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.subjects import Ref
from puumerkki.kernel.workdays import deadline
from puumerkki.networks.decision_rule import DecisionMethod, DecisionRule
from puumerkki.networks.models.networks import NetworkMember, Rulebook
from puumerkki.networks.queries.blocs import blocs_of
from puumerkki.networks.tally import Outcome, Tally

EFFECT_DAYS = 7
"""So long after the count whoever leads concludes a ballot; then it takes effect by itself."""
TIME_TO_CONFIRM_VOTE = timedelta(days=3)
"""So long a member whose condition was refused may turn the outcome by saying that its vote stands."""


def _ballot_rule(rulebook: Rulebook) -> dict[str, Any]:
    """Where the rulebook leaves it to a meeting and none came to a decision, more for than against settles it."""
    rule: dict[str, Any] = rulebook.rule
    if rule["method"] == DecisionMethod.meeting_decides:
        return rule | {"method": DecisionMethod.simple_majority.value}
    return rule


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
    """Open a ballot with electorate, rule and deadline frozen; applicants and members that are all tied are recused."""
    ballot = Ballot(
        handling_id=handling.id,
        rulebook_id=rulebook.id,
        version_number=handling.version_number,
        rule=_ballot_rule(rulebook),
        purpose=purpose,
        opened_at=clock.now(),
        closes_at=closes_at,
    )
    session.add(ballot)
    await session.flush()
    blocs = await blocs_of(session, DecisionRule.model_validate(rulebook.rule), [member.id for member in electors])
    session.add_all(
        BallotElector(ballot_id=ballot.id, member_id=member.id, bloc_id=blocs[member.id]) for member in electors
    )
    own = [member for member in electors if member.organisation_id in applicant_ids]
    others = [member.id for member in electors if member.organisation_id not in applicant_ids]
    session.add_all(Recusal(ballot_id=ballot.id, member_id=member.id, own_application=True) for member in own)
    opened = BallotOpened(
        subject=Ref("handling", handling.id),
        related=(handling.application_id,),
        ballot_id=ballot.id,
        version=ballot.version_number,
        closes_at=closes_at,
        purpose=purpose,
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
    await recuse_tied(session, handling, ballot, await unrepresented(session, handling.application_id, others))
    await note_interests(session, handling, ballot)
    return ballot


async def count(session: AsyncSession, ballot: Ballot) -> Tally:
    """Count the votes given so far, without those of tied people and of members that have left.

    Hold the ballot FOR UPDATE: then no vote is on its way.
    """
    handling = await session.get_one(Handling, ballot.handling_id)
    await settle_at_count(session, tie_case(handling))
    await recuse_departed_members(session, handling, ballot)
    await remove_tied_votes(session, handling, ballot)
    await note_together(session, ballot)
    await note_interests(session, handling, ballot)
    await stand_aside(session, handling, ballot)
    return await _tally(session, ballot)


async def counted_votes(session: AsyncSession, ballot: Ballot) -> list[Vote]:
    """The votes that the tally is made of: whatever else follows from a ballot follows from them alone."""
    votes, given, of = await _gathered(session, ballot)
    refused = ballot.recorded_confirmed is False
    counts = counting([one for one in given if not (one.recorded and refused)], of)
    return [vote for vote in votes if vote.member_id in counts and not (vote.recorded and refused)]


async def all_voted(session: AsyncSession, ballot: Ballot) -> list[Vote]:
    """The votes that members of the base gave themselves, one of each bloc; VotesMissing unless all of it has."""
    votes, given, of = await _gathered(session, ballot)
    own = [one for one in given if not one.recorded]
    if not complete(own, of):
        raise VotesMissing()
    counts = counting(own, of)
    return [vote for vote in votes if vote.member_id in counts]


async def _gathered(session: AsyncSession, ballot: Ballot) -> tuple[Sequence[Vote], list[Given], Electors]:
    """The votes in the order in which they were first given, as they are counted, and who could vote."""
    votes = sorted(await queries.votes(session, ballot.id), key=lambda vote: (vote.created_at, vote.id))
    given = [
        Given(
            member_id=vote.member_id,
            choice=vote.choice,
            recorded=vote.recorded,
            condition_taken=vote.condition_taken,
            stands=vote.stands,
        )
        for vote in votes
    ]
    blocs = await queries.blocs(session, ballot.id)
    of = Electors(
        electorate=frozenset(blocs),
        recused=await queries.recused(session, ballot.id),
        applying=await queries.applying(session, ballot.id),
        blocs=blocs,
    )
    return votes, given, of


async def _tally(
    session: AsyncSession, ballot: Ballot, *, undecided_stand: bool = False, without_recorded: bool = False
) -> Tally:
    _, given, of = await _gathered(session, ballot)
    return count_of(
        given,
        of,
        DecisionRule.model_validate(ballot.rule),
        undecided_stand=undecided_stand,
        without_recorded=without_recorded or ballot.recorded_confirmed is False,
    )


async def close(
    session: AsyncSession, *, handling: Handling, ballot: Ballot, counted: Tally, actor_id: UUID | None
) -> None:
    """Close the ballot and store its outcome. It takes effect by itself after some days."""
    BALLOT.apply("close", ballot, actor=None)
    ballot.closed_at = clock.now()
    ballot.takes_effect_at = deadline(EFFECT_DAYS) if ballot.purpose is BallotPurpose.give else None
    ballot.result = await _figures(session, ballot, counted)
    closed = BallotClosed(
        subject=Ref("handling", handling.id),
        related=(handling.application_id,),
        ballot_id=ballot.id,
        outcome=counted.reason,
        purpose=ballot.purpose,
    )
    await publish(session, closed, actor_id=actor_id)
    await lapse_at_count(session, tie_case(handling))


async def recount(session: AsyncSession, *, handling: Handling, ballot: Ballot) -> None:
    """Count again after a condition was answered, or a member said whether its vote stands. Hold the ballot's lock."""
    await session.flush()
    before = ballot.result["outcome"] if ballot.result else None
    counted = await _tally(session, ballot)
    ballot.result = await _figures(session, ballot, counted)
    if counted.reason.value != before:
        recounted = BallotRecounted(
            subject=Ref("handling", handling.id),
            related=(handling.application_id,),
            ballot_id=ballot.id,
            outcome=counted.reason,
        )
        await publish(session, recounted, actor_id=None)


async def awaited(session: AsyncSession, ballot: Ballot) -> bool:
    """Tell whether the outcome depends on members that may still say whether their vote stands."""
    asked = [
        vote
        for vote in await queries.votes(session, ballot.id)
        if vote.condition_taken is False
        and vote.stands is None
        and vote.condition_answered_at is not None
        and clock.now() < vote.condition_answered_at + TIME_TO_CONFIRM_VOTE
    ]
    if not asked or ballot.result is None:
        return False
    would_be = await _tally(session, ballot, undecided_stand=True)
    return would_be.reason is not Outcome(ballot.result["outcome"])


async def recorded_decide(session: AsyncSession, ballot: Ballot) -> bool:
    """Tell whether recorded votes that nobody confirmed decide the outcome or a condition."""
    if ballot.result is None or ballot.recorded_confirmed is not None:
        return False
    votes, given, of = await _gathered(session, ballot)
    if not any(one.recorded for one in given):
        return False
    counts = counting(given, of)
    if any(
        one.recorded and one.member_id in counts and one.condition is not None and one.condition_taken is not False
        for one in votes
    ):
        return True
    without = await _tally(session, ballot, without_recorded=True)
    return without.reason is not Outcome(ballot.result["outcome"])


async def settle_recorded(
    session: AsyncSession, *, handling: Handling, ballot: Ballot, confirmed: bool, actor_id: UUID | None
) -> None:
    """Count the recorded votes, or leave them out. Hold the ballot's lock."""
    ballot.recorded_confirmed, ballot.recorded_confirmed_by = confirmed, actor_id
    settled = RecordedVotesSettled(
        subject=Ref("handling", handling.id),
        related=(handling.application_id,),
        ballot_id=ballot.id,
        confirmed=confirmed,
    )
    await publish(session, settled, actor_id=actor_id)
    await recount(session, handling=handling, ballot=ballot)


async def _figures(session: AsyncSession, ballot: Ballot, counted: Tally) -> dict[str, Any]:
    recorded = 0 if ballot.recorded_confirmed is False else await queries.recorded(session, ballot.id)
    return {
        "electorate": counted.electorate,
        "recused": counted.recused,
        "base": counted.base,
        "votes_for": counted.votes_for,
        "conditional": counted.conditional,
        "against": counted.against,
        "blank": counted.blank,
        "cast": counted.cast,
        "turnout": counted.turnout,
        "recorded": recorded,
        "quorum_reached": counted.quorum_reached,
        "outcome": counted.reason.value,
    }


async def annul(
    session: AsyncSession, *, handling: Handling, ballot: Ballot, reason: str | None, actor_id: UUID | None
) -> None:
    """Annul the ballot: it has no effect any more."""
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
