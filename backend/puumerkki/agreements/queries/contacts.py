"""Who of the named contact persons is still there."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.models import RoleGrant
from puumerkki.agreements.models import RUNNING, Agreement, AgreementParty
from puumerkki.identity.models import User
from puumerkki.kernel import clock


def of_party(agreement: Agreement, organisation_id: UUID) -> list[Mapping[str, Any]]:
    """The contact persons of a party, those who are no deputies first."""
    named = [one for one in agreement.private.get("contacts", []) if one["organisation_id"] == str(organisation_id)]
    return sorted(named, key=lambda one: bool(one.get("deputy")))


async def right_parties(session: AsyncSession, agreement: Agreement) -> frozenset[UUID]:
    """The parties that have named somebody, and nobody who had a role there and has none any more."""
    named = [(UUID(one["organisation_id"]), one.get("email")) for one in agreement.private.get("contacts", [])]
    pairs = tuple_(col(User.email), col(AgreementParty.organisation_id)).in_(
        [(email, party) for party, email in named if email]
    )
    left = await session.exec(
        select(AgreementParty.organisation_id).where(
            col(AgreementParty.agreement_id) == agreement.id,
            select(User.id).where(pairs, ~_has_role(col(User.id), col(AgreementParty.organisation_id))).exists(),
        )
    )
    return frozenset(party for party, _ in named) - set(left.all())


async def has_role(session: AsyncSession, principal_id: UUID, organisation_id: UUID) -> bool:
    """Whether somebody has any role in an organisation now."""
    return bool((await session.exec(select(_has_role(principal_id, organisation_id)))).one())


async def naming(session: AsyncSession, organisation_id: UUID, principal_id: UUID) -> Sequence[UUID]:
    """The running agreements in which an organisation names somebody as its contact, by their address."""
    email = (await session.exec(select(User.email).where(col(User.id) == principal_id))).one_or_none()
    if email is None:
        return []
    sought = {"contacts": [{"organisation_id": str(organisation_id), "email": email}]}
    found = await session.exec(
        select(Agreement.id)
        .join(AgreementParty, col(AgreementParty.agreement_id) == col(Agreement.id))
        .where(
            col(AgreementParty.organisation_id) == organisation_id,
            col(Agreement.state).in_(RUNNING),
            col(Agreement.private).contains(sought),
        )
        .order_by(col(Agreement.id))
    )
    return found.all()


def _has_role(principal_id: Any, organisation_id: Any) -> ColumnElement[bool]:
    return (
        select(RoleGrant.id)
        .where(
            col(RoleGrant.principal_id) == principal_id,
            col(RoleGrant.scope_id) == organisation_id,
            or_(col(RoleGrant.expires_at).is_(None), col(RoleGrant.expires_at) > clock.now()),
        )
        .exists()
    )
