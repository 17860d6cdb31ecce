"""Who proposed a decision: a person, or a service account with the people behind it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.roles import Role
from puumerkki.applications.queries.people import named
from puumerkki.applications.schemas.named import PersonNamed
from puumerkki.identity.models import ServiceAccount
from puumerkki.partnerships.models.partner_requests import PartnerRequest
from puumerkki.partnerships.schemas.decisions import FormerProposedDecision, ProposedDecision, Proposer


async def makers_of(session: AsyncSession, principal_id: UUID) -> Sequence[UUID]:
    """Who made a service account or gave it a secret; nobody for a person."""
    account = await session.get(ServiceAccount, principal_id)
    return () if account is None else account.maker_ids


async def people_behind(session: AsyncSession, actor: Actor) -> tuple[UUID, ...]:
    """The actor and, for a service account, the people whose deed its own is."""
    assert actor.id is not None
    return actor.id, *(await makers_of(session, actor.id) if actor.kind == PrincipalKind.service else ())


async def made_by_operators(session: AsyncSession, actor: Actor) -> bool:
    """Whether somebody behind a service account runs the platform."""
    makers = (await people_behind(session, actor))[1:]
    found = await session.exec(
        select(RoleGrant.id).where(col(RoleGrant.principal_id).in_(makers), col(RoleGrant.role) == Role.operator)
    )
    return found.first() is not None


async def proposers(session: AsyncSession, principal_ids: Collection[UUID]) -> dict[UUID, Proposer]:
    """Each by their id, with names."""
    if not principal_ids:
        return {}
    found = await session.exec(select(ServiceAccount).where(col(ServiceAccount.id).in_(list(principal_ids))))
    accounts = {one.id: one for one in found.all()}
    people = {*principal_ids, *(id_ for one in accounts.values() for id_ in one.maker_ids)}
    names = {one["principal_id"]: one["name"] for one in await named(session, sorted(people))}

    def proposer(id_: UUID) -> Proposer:
        account = accounts.get(id_)
        return Proposer(
            principal_id=id_,
            name=account.name if account else names.get(id_),
            makers=[
                PersonNamed(principal_id=one, name=names.get(one)) for one in (account.maker_ids if account else ())
            ],
        )

    return {id_: proposer(id_) for id_ in principal_ids}


def proposal_public(request: PartnerRequest, known: dict[UUID, Proposer]) -> ProposedDecision | None:
    """What stands, while the case is open."""
    if request.proposal is None or request.outcome is not None or request.proposed_by is None:
        return None
    return ProposedDecision.model_validate(
        {
            **request.proposal,
            "proposed_by": known[request.proposed_by],
            "proposed_at": request.proposed_at,
            "version_number": request.proposed_version,
        }
    )


def former_public(request: PartnerRequest, known: dict[UUID, Proposer]) -> FormerProposedDecision | None:
    """The last that was handed back or fell, while the case is open and no other stands."""
    former: dict[str, Any] | None = request.former_proposal
    if former is None or request.proposal is not None or request.outcome is not None:
        return None
    by = former["ended_by"]
    return FormerProposedDecision.model_validate(
        {
            **former["proposal"],
            "proposed_by": known[UUID(former["proposed_by"])],
            "proposed_at": former["proposed_at"],
            "version_number": former["version_number"],
            "ended_at": former["ended_at"],
            "ended_by": None if by is None else PersonNamed(principal_id=UUID(by), name=known[UUID(by)].name),
            "handed_back_reason": former["reason"],
        }
    )


def ids_of(request: PartnerRequest) -> set[UUID]:
    """Whose names a case's proposals need."""
    former = request.former_proposal or {}
    said = (request.proposed_by, former.get("proposed_by"), former.get("ended_by"))
    return {UUID(str(one)) for one in said if one is not None}
