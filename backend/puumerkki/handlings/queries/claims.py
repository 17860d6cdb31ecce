"""Reads of claims that conditions are met, and of what changed since an endorsement was given."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import literal, or_
from sqlalchemy import select as core_select
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.disqualification.queries.tied import is_tied_sql
from puumerkki.endorsements.models.conditions import ClaimAnswer, ClaimState, ConditionsClaim
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel import clock
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.networks.models.networks import NetworkMember
from puumerkki.networks.queries.sides import organisations_of, with_shared
from puumerkki.organisations.models.organisations import Organisation


class OfCase(Protocol):
    """The handling that a claim is of."""

    application_id: UUID
    network_id: UUID


async def open_claim(session: AsyncSession, handling_id: UUID, *, for_update: bool = False) -> ConditionsClaim | None:
    """The claim that has neither taken effect nor ended."""
    statement = select(ConditionsClaim).where(
        col(ConditionsClaim.handling_id) == handling_id, col(ConditionsClaim.state) == ClaimState.open
    )
    if for_update:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(statement)).one_or_none()


async def newest_claim(session: AsyncSession, handling_id: UUID) -> ConditionsClaim | None:
    """The newest claim of a handling."""
    statement = select(ConditionsClaim).where(col(ConditionsClaim.handling_id) == handling_id)
    statement = statement.order_by(col(ConditionsClaim.claimed_at).desc(), col(ConditionsClaim.id).desc())
    return (await session.exec(statement.limit(1))).one_or_none()


async def of_version(session: AsyncSession, claim: ConditionsClaim) -> Sequence[ConditionsClaim]:
    """Earlier claims on the same endorsement in the same version, the first first."""
    statement = select(ConditionsClaim).where(
        col(ConditionsClaim.endorsement_id) == claim.endorsement_id,
        col(ConditionsClaim.version_number) == claim.version_number,
        col(ConditionsClaim.id) != claim.id,
    )
    return (await session.exec(statement.order_by(col(ConditionsClaim.claimed_at), col(ConditionsClaim.id)))).all()


async def answers(session: AsyncSession, claim_id: UUID) -> Sequence[ClaimAnswer]:
    """Members' answers, the first first."""
    statement = select(ClaimAnswer).where(col(ClaimAnswer.claim_id) == claim_id)
    return (await session.exec(statement.order_by(col(ClaimAnswer.given_at), col(ClaimAnswer.id)))).all()


_BY_UNTIED = Statement(
    lambda: core_select(col(ClaimAnswer.id)).where(
        col(ClaimAnswer.claim_id) == param("claim", Uuid()),
        ~is_tied_sql(col(ClaimAnswer.given_by), param("application", Uuid()), param("network", Uuid())),
    )
)


async def answers_that_count(session: AsyncSession, of: OfCase, claim_id: UUID) -> Sequence[ClaimAnswer]:
    """Answers of people who are still untied, the first first."""
    given = {"application": of.application_id, "network": of.network_id}
    untied = {id_ for (id_,) in await _BY_UNTIED.fetch_all(session, claim=claim_id, **given)}
    return [one for one in await answers(session, claim_id) if one.id in untied]


async def of_another_side(
    session: AsyncSession, member_ids: Collection[UUID], claimed_by: UUID, since: datetime
) -> bool:
    """Whether one of some members is not of the side of who called it met, now or at some time since a moment."""
    theirs = with_shared(organisations_of(core_select(literal(claimed_by, Uuid[UUID]())), since), clock.now())
    statement = select(NetworkMember.id).where(
        col(NetworkMember.id).in_(member_ids), col(NetworkMember.organisation_id).not_in(theirs)
    )
    return (await session.exec(statement.limit(1))).first() is not None


async def objectors(session: AsyncSession, of: OfCase, claim_id: UUID) -> frozenset[UUID]:
    """The organisations of members that object by somebody who is still untied."""
    object_ = {one.member_id for one in await answers_that_count(session, of, claim_id) if not one.agrees}
    statement = select(NetworkMember.organisation_id).where(col(NetworkMember.id).in_(object_))
    return frozenset((await session.exec(statement)).all())


async def people_of(session: AsyncSession, organisation_ids: frozenset[UUID]) -> frozenset[UUID]:
    """People who represent some organisations, or have a role in one."""
    statement = select(RoleGrant.principal_id).where(
        or_(
            col(RoleGrant.for_organisation_id).in_(organisation_ids),
            col(RoleGrant.scope_id).in_(organisation_ids),
        )
    )
    return frozenset((await session.exec(statement)).all())


async def claim_view(
    session: AsyncSession, of: OfCase, claim: ConditionsClaim, endorsement: Endorsement, *, represented: frozenset[UUID]
) -> dict[str, Any]:
    """A claim as the network sees it. `represented`: the organisations that the reader represents."""
    said = {one.member_id: one for one in await answers_that_count(session, of, claim.id)}
    statement = (
        select(NetworkMember.id, Organisation.id, Organisation.names)
        .join(Organisation, col(Organisation.id) == col(NetworkMember.organisation_id))
        .where(col(NetworkMember.id).in_(claim.asked_member_ids))
        .order_by(col(Organisation.sort_key), col(Organisation.id))
    )
    asked = (await session.exec(statement)).all()
    texts = [one["text"] for one in endorsement.conditions]
    return {
        "version_number": claim.version_number,
        "conditions": [texts[place] for place in claim.met if place < len(texts)],
        "state": claim.state,
        "claimed_by": claim.claimed_by,
        "claimed_at": claim.claimed_at,
        "effective_at": claim.effective_at,
        "settle_by": claim.settle_by,
        "settled_by": claim.settled_by,
        "ended_at": claim.ended_at,
        "end_reason": claim.end_reason,
        "asked": [
            {
                "member_id": member_id,
                "names": names,
                "agrees": said[member_id].agrees if member_id in said else None,
                "reason": said[member_id].reason if member_id in said else None,
            }
            for member_id, _, names in asked
        ],
        "may_answer_for": [member_id for member_id, id_, _ in asked if id_ in represented]
        if claim.state is ClaimState.open
        else [],
    }


def content_of(endorsement: Endorsement) -> dict[str, Any]:
    """What the endorsement's snapshot says."""
    return dict(json.loads(endorsement.snapshot))


async def of_claim(session: AsyncSession, claim: ConditionsClaim, endorsement: Endorsement | None) -> Endorsement:
    """The endorsement whose conditions a claim counts, which may have been superseded since."""
    if endorsement is not None and endorsement.id == claim.endorsement_id:
        return endorsement
    return await session.get_one(Endorsement, claim.endorsement_id)


def conditions_of(endorsement: Endorsement) -> list[dict[str, Any]]:
    """An endorsement's conditions with the parts that each names."""
    return [
        {
            **one,
            "parts": endorsement.condition_notes[place].get("parts", [])
            if place < len(endorsement.condition_notes)
            else [],
        }
        for place, one in enumerate(endorsement.conditions)
    ]
