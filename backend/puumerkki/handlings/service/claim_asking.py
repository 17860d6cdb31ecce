"""Finds who is asked when conditions are claimed to be met, and what was said before about the same version."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.queries.applicants import tied_applicants
from puumerkki.disqualification.queries.tied import unrepresented
from puumerkki.endorsements.errors.conditions import ClaimRefused
from puumerkki.endorsements.models.conditions import ClaimAnswer, ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import claims as queries
from puumerkki.handlings.queries.electors import electors
from puumerkki.handlings.service.allowed_changes import CAN_BE_MINOR, changed_since, members_of, open_on
from puumerkki.handlings.service.fallen_claims import REFUSED
from puumerkki.handlings.service.handling_context import HandlingContext
from puumerkki.networks.models.networks import MemberState, NetworkMember


async def members_to_ask(
    session: AsyncSession, context: HandlingContext, endorsement: Endorsement, met: Sequence[int]
) -> list[UUID]:
    """Whose conditions these are, and those met before by changes that the endorsement has not moved to.

    Where more changed than what can ever be minor, or nobody is left whose condition it was: all who could decide on
    the version. Not applicants, nor members for whom only tied people speak.
    """
    earlier = [place for place, one in enumerate(endorsement.conditions) if one["met"] and open_on(endorsement, place)]
    owners = [members_of(endorsement, place) for place in [*met, *earlier]]
    ids = await _able(session, context, frozenset().union(*owners))
    beyond = await changed_since(session, context.application, context.handling, endorsement) - CAN_BE_MINOR
    if beyond or any(not ids & of for of in owners):
        ids |= await _able(
            session, context, {one.id for one in await electors(session, context.handling, context.rule)}
        )
    return sorted(ids)


async def _able(session: AsyncSession, context: HandlingContext, member_ids: Collection[UUID]) -> frozenset[UUID]:
    found = await session.exec(
        select(NetworkMember).where(
            col(NetworkMember.id).in_(member_ids),
            col(NetworkMember.state) == MemberState.active,
            col(NetworkMember.organisation_id).not_in(await tied_applicants(session, context.application.id)),
        )
    )
    ids = {one.id for one in found.all()}
    return frozenset(ids - await unrepresented(session, context.application.id, ids))


async def said_before(session: AsyncSession, handling: Handling, made: ConditionsClaim) -> list[ClaimAnswer]:
    """The objections that stand: the last word of a member that is asked again of one of these conditions.

    ClaimRefused where a second person said of one of them that it is not met in this version.
    """
    former = await queries.of_version(session, made)
    refused = {place for one in former if one.end_reason == REFUSED for place in one.met}
    if again := sorted(refused & set(made.met)):
        raise ClaimRefused(conditions=again)
    last: dict[UUID, ClaimAnswer] = {}
    for one in former:
        if set(one.met) & set(made.met):
            last |= {said.member_id: said for said in await queries.answers_that_count(session, handling, one.id)}
    return [
        ClaimAnswer(
            claim_id=made.id,
            member_id=member_id,
            agrees=False,
            reason=said.reason,
            given_by=said.given_by,
            given_at=said.given_at,
        )
        for member_id, said in sorted(last.items())
        if not said.agrees and member_id in made.asked_member_ids
    ]
