"""The role that an invitation gives: as its link keeps it, as it is granted, and what its scope is called."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import RoleOffer, User
from puumerkki.identity.service.roles import grant_role
from puumerkki.kernel import subjects


@dataclass(frozen=True)
class Gift:
    """The role that an invitation gives, as its link keeps it.

    `network_id`: where a network invites the organisation at the same time.
    """

    role: Role
    scope_kind: ScopeKind
    scope_id: UUID
    for_organisation_id: UUID | None
    given_by: UUID | None
    acts_from: datetime | None = None
    network_id: UUID | None = None

    @classmethod
    def read(cls, payload: dict[str, Any]) -> "Gift":
        """What a link's payload says."""
        member, giver, since = payload["for_organisation_id"], payload["given_by"], payload.get("acts_from")
        network = payload.get("network_id")
        return cls(
            Role(payload["role"]),
            ScopeKind(payload["scope_kind"]),
            UUID(payload["scope_id"]),
            UUID(member) if member else None,
            UUID(giver) if giver else None,
            datetime.fromisoformat(since) if since else None,
            UUID(network) if network else None,
        )

    def same_role(self) -> dict[str, Any]:
        """The part of the payload by which it is the same role."""
        return {
            "role": self.role.value,
            "scope_kind": self.scope_kind.value,
            "scope_id": str(self.scope_id),
            "for_organisation_id": str(self.for_organisation_id) if self.for_organisation_id else None,
        }

    def payload(self) -> dict[str, Any]:
        """As a link keeps it."""
        return self.same_role() | {
            "given_by": str(self.given_by) if self.given_by else None,
            "acts_from": self.acts_from.isoformat() if self.acts_from else None,
            "network_id": str(self.network_id) if self.network_id else None,
        }

    @classmethod
    def of(cls, offer: RoleOffer) -> "Gift":
        """What an open offer gives."""
        return cls(
            Role(offer.role),
            ScopeKind(offer.scope_kind),
            offer.scope_id,
            offer.for_organisation_id,
            offer.offered_by,
            offer.acts_from,
            offer.network_id,
        )

    async def give(self, session: AsyncSession, user: User, *, by_consent: bool = False) -> bool:
        """Grant it; False if it was held already."""
        return await grant_role(
            session,
            principal_id=user.id,
            role=self.role,
            scope_kind=self.scope_kind,
            scope_id=self.scope_id,
            for_organisation_id=self.for_organisation_id,
            actor_id=self.given_by,
            acts_from=self.acts_from,
            by_consent=by_consent,
        )


async def name_of(session: AsyncSession, principal_id: UUID | None) -> str | None:
    """What a person is called; None of who is none."""
    inviter = None if principal_id is None else await session.get(User, principal_id)
    return None if inviter is None else inviter.name


async def names_of(session: AsyncSession, kind: ScopeKind, scope_id: UUID | None) -> dict[str, str] | None:
    """What an organisation or network is called, if its room told the registry how to ask."""
    known = subjects.subjects().get(kind.value)
    if scope_id is None or known is None or known.title is None:
        return None
    return await known.title(session, scope_id)
