"""Service accounts: scripts and other systems, by OAuth 2 client credentials (RFC 6749, section 4.4)."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.fitting import roles_fitting
from puumerkki.access.models import PrincipalKind
from puumerkki.access.people_only import PEOPLE_ONLY
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.access.service import create_principal, roles_of
from puumerkki.identity import queries
from puumerkki.identity.credentials import new_secret, same_secret
from puumerkki.identity.errors import ServiceAccountRevoked as AlreadyRevoked
from puumerkki.identity.events import ServiceAccountCreated, ServiceAccountRevoked, ServiceAccountSecretRotated
from puumerkki.identity.models import ServiceAccount, ServiceAccountState
from puumerkki.identity.schemas.service_accounts import ServiceAccountCreate
from puumerkki.identity.service.roles import grant_role, revoke_all_roles
from puumerkki.identity.service.sectors import sector_of
from puumerkki.identity.tokens import issue_access_token
from puumerkki.identity.workflow import SERVICE_ACCOUNT
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import Event, publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref


@dataclass(frozen=True)
class NewSecret:
    """A service account with the secret that is shown this once."""

    account: ServiceAccount
    secret: str
    roles: tuple[Role, ...]


@dataclass(frozen=True)
class ClientToken:
    """What the token endpoint gives."""

    access_token: str
    expires_in: int
    scope: str


async def create_service_account(session: AsyncSession, *, actor: Actor, given: ServiceAccountCreate) -> NewSecret:
    """A service account of an organisation, with its roles there."""
    actor.require(P.service_accounts_manage, on=given.organisation_id)
    fitting = roles_fitting(await sector_of(session, given.organisation_id), PrincipalKind.service)
    for number, role in enumerate(given.roles):
        if role not in fitting:
            raise invalid(f"/roles/{number}", "role_invalid", f"A service account cannot be {role} here.")
    for number, scope in enumerate(given.scopes):
        if scope in PEOPLE_ONLY:
            raise invalid(f"/scopes/{number}", "people_only", f"Only people have {scope}, not service accounts.")
    principal = await create_principal(session, PrincipalKind.service)
    secret, kept = new_secret()
    account = ServiceAccount(
        id=principal.id,
        organisation_id=given.organisation_id,
        name=given.name,
        secret_hash=kept,
        scopes=sorted({scope.value for scope in given.scopes}),
        maker_ids=[actor.person_id()],
    )
    session.add(account)
    await session.flush()
    roles = tuple(sorted(set(given.roles)))
    for role in roles:
        await grant_role(
            session,
            principal_id=account.id,
            role=role,
            scope_kind=ScopeKind.organisation,
            scope_id=account.organisation_id,
            actor_id=actor.id,
        )
    await _tell(session, ServiceAccountCreated, account, actor)
    return NewSecret(account, secret, roles)


async def rotate_secret(session: AsyncSession, *, actor: Actor, account_id: UUID, if_version: int | None) -> NewSecret:
    """A new secret; the old one gets no more tokens."""
    account = await queries.service_account(session, actor, account_id)
    require_version(account, if_version)
    if account.state != ServiceAccountState.active:
        raise AlreadyRevoked()
    secret, account.secret_hash = new_secret()
    account.maker_ids = [*account.maker_ids, *({actor.person_id()} - set(account.maker_ids))]
    await _tell(session, ServiceAccountSecretRotated, account, actor)
    roles = tuple(sorted(Role(grant.role) for grant in await roles_of(session, account.id)))
    return NewSecret(account, secret, roles)


async def revoke_service_account(
    session: AsyncSession, *, actor: Actor, account_id: UUID, if_version: int | None
) -> None:
    """End a service account: no tokens, and those it has are of no use."""
    account = await queries.service_account(session, actor, account_id)
    require_version(account, if_version)
    if account.state != ServiceAccountState.active:
        raise AlreadyRevoked()
    SERVICE_ACCOUNT.apply("revoke", account, actor=actor)
    await revoke_all_roles(session, principal_id=account.id, actor_id=actor.id)
    await _tell(session, ServiceAccountRevoked, account, actor)


async def client_of(session: AsyncSession, *, client_id: UUID, client_secret: str) -> ServiceAccount | None:
    """The active service account with these credentials."""
    account = await session.get(ServiceAccount, client_id)
    matches = same_secret(client_secret, account.secret_hash if account else bytes(32))
    return account if account and matches and account.state == ServiceAccountState.active else None


async def client_token(
    session: AsyncSession, *, account: ServiceAccount, scopes: frozenset[str] | None
) -> ClientToken | None:
    """A token with some of the account's scopes, by default all; None where more are asked for, or there are none."""
    held = frozenset(account.scopes)
    asked = held if scopes is None else scopes
    if not asked or not asked <= held:
        return None
    token, expires_in = await issue_access_token(
        session, principal_id=account.id, kind=PrincipalKind.service, scopes=asked
    )
    return ClientToken(token, expires_in, " ".join(sorted(asked)))


async def _tell(session: AsyncSession, event: type[Event], account: ServiceAccount, actor: Actor) -> None:
    told = event(subject=Ref("service_account", account.id), related=(account.organisation_id,))
    await publish(session, told, actor_id=actor.id)
