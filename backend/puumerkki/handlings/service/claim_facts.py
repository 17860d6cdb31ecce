"""Gathers what a step needs to know about claimed conditions, read under the locks."""

from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.applications.models.applications import Application
from puumerkki.endorsements.models.conditions import ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.handlings.models.handlings import Handling
from puumerkki.handlings.queries import claims
from puumerkki.handlings.queries.second_persons import second_persons_for
from puumerkki.handlings.service.allowed_changes import CAN_BE_MINOR, allowed_parts, changed_since
from puumerkki.kernel import clock
from puumerkki.networks.decision_rule import DecisionRule
from puumerkki.networks.queries.second_persons import is_second_person


async def claim_facts(
    session: AsyncSession,
    *,
    application: Application,
    handling: Handling,
    endorsement: Endorsement,
    claim: ConditionsClaim | None,
    rule: DecisionRule | None,
    actor: Actor | None,
) -> dict[str, Any]:
    """Of an endorsement with open conditions; the names are those of `ConditionFacts`."""
    concerned, minor = allowed_parts(endorsement, rule)
    changed = await changed_since(session, application, handling, endorsement)
    known: dict[str, Any] = {"beyond": tuple(sorted(changed - concerned - minor))}
    if claim is not None:
        answers = await claims.answers_that_count(session, handling, claim.id)
        agreeing = {one.member_id for one in answers if one.agrees}
        all_agree = agreeing.issuperset(claim.asked_member_ids) and await claims.of_another_side(
            session, agreeing, claim.claimed_by, claim.claimed_at
        )
        known["all_answered"] = {one.member_id for one in answers}.issuperset(claim.asked_member_ids)
        known["word_needed"] = not all_agree and (bool(changed - CAN_BE_MINOR) or not claim.asked_member_ids)
        objecting = await claims.objectors(session, handling, claim.id)
        known["claimed_by"] = claim.claimed_by
        known["claim_due"] = clock.now() >= claim.effective_at
        known["claim_holds"] = claim.version_number == (application.current_version or endorsement.version_number)
        known["objected"] = bool(objecting)
        known["settles"] = await settles(session, handling, claim, objecting, actor)
    return known


async def settles(
    session: AsyncSession,
    handling: Handling,
    claim: ConditionsClaim,
    objecting: frozenset[UUID],
    actor: Actor | None,
) -> bool:
    """Tell whether the actor can be the second person: on neither the claimer's side nor an objector's."""
    if actor is None or actor.id is None or actor.scopes is not None:
        return False
    if actor.id in await claims.people_of(session, objecting):
        return False
    return await is_second_person(session, second_persons_for(handling, first_id=claim.claimed_by), actor.id)
