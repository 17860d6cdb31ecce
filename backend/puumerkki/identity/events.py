"""The facts this room tells. Roles are told of their scope, so that its own people see them."""

from dataclasses import dataclass
from uuid import UUID

from puumerkki.access.roles import Role, ScopeKind
from puumerkki.identity.models import OfferEnding
from puumerkki.kernel.eventlog.events import Event, Tier


@dataclass(frozen=True, kw_only=True)
class UserCreated(Event):
    type = "user.created"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class UserChanged(Event):
    type = "user.changed"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class UserDisabled(Event):
    type = "user.disabled"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class UserReopened(Event):
    """A closed account's person was invited, and accepted."""

    type = "user.reopened"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class UserErased(Event):
    type = "user.erased"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class _RoleEvent(Event):
    principal_id: UUID
    role: Role
    scope_kind: ScopeKind
    for_organisation_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleGranted(_RoleEvent):
    """`by_consent`: the person accepted it, so they know."""

    type = "role.granted"
    tier = Tier.parties
    by_consent: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(_RoleEvent):
    type = "role.revoked"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class _OfferEvent(Event):
    """Without the person: whom an address belongs to is told to nobody before they accept."""

    offer_id: UUID
    role: Role
    scope_kind: ScopeKind
    for_organisation_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleOffered(_OfferEvent):
    type = "role.offered"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class RoleOfferEnded(_OfferEvent):
    """Declined, or withdrawn; what was accepted is told as granted."""

    type = "role.offer_ended"
    tier = Tier.parties

    ending: OfferEnding


@dataclass(frozen=True, kw_only=True)
class SessionReuseDetected(Event):
    """A refresh token came a second time: somebody else may have it. Its family of sessions has ended."""

    type = "session.reuse_detected"
    tier = Tier.own


@dataclass(frozen=True, kw_only=True)
class ServiceAccountCreated(Event):
    type = "service_account.created"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ServiceAccountSecretRotated(Event):
    type = "service_account.secret_rotated"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class ServiceAccountRevoked(Event):
    type = "service_account.revoked"
    tier = Tier.parties


@dataclass(frozen=True, kw_only=True)
class GlassBroken(Event):
    """An operator gave themselves sight of an organisation or network; the reason is kept in `break_glass`."""

    type = "glass.broken"
    tier = Tier.parties

    break_glass_id: UUID
