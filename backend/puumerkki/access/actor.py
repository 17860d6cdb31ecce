"""Who asks: a caller for reads, an actor with loaded grants for writes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Alias, ColumnElement, Select, any_, cast, column, exists, or_, table, values
from sqlalchemy import bindparam as bind
from sqlalchemy import select as core_select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Text, Uuid
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.barred import BY_ARCHIVED, BY_OPERATORS, BY_UNCONFIRMED
from puumerkki.access.errors import (
    NamedSince,
    OperatorsTakeNoPart,
    OrganisationActsNoMore,
    OrganisationUnconfirmed,
    PeopleOnly,
)
from puumerkki.access.models import PrincipalKind, RoleGrant
from puumerkki.access.people_only import PEOPLE_ONLY
from puumerkki.access.permissions import ROLES, P, roles_with
from puumerkki.access.roles import REPRESENTATIVES, Role, ScopeKind
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, Unauthenticated
from puumerkki.kernel.reads.statements import Statement, array_of, param


@dataclass(frozen=True)
class Caller:
    """Who asks, as the verified token says. `scopes` limit a service account; None: a person, not limited.

    What only people do is in no service account's scopes, whatever it was given.
    """

    id: UUID | None = None
    kind: PrincipalKind | None = None
    scopes: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.kind == PrincipalKind.service:
            held = frozenset(P) if self.scopes is None else self.scopes
            object.__setattr__(self, "scopes", frozenset(held) - PEOPLE_ONLY)

    @property
    def anonymous(self) -> bool:
        return self.id is None

    def params(self) -> dict[str, Any]:
        """The values of the parameters that `granted` puts into a statement."""
        return {
            "caller_id": self.id,
            "caller_scopes": None if self.scopes is None else sorted(self.scopes),
            "caller_now": clock.now(),
        }

    def person_id(self) -> UUID:
        """The id of who is signed in, or Unauthenticated."""
        if self.id is None:
            raise Unauthenticated()
        return self.id


ANONYMOUS = Caller()
NAMED_LATELY = timedelta(days=14)
"""So long whom an operator named, and whom they name, end and bind nothing that was there before."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held in one scope; `for_organisation_id`: the member that a representative or deputy represents.

    `acts_from`: see `RoleGrant`. `archived`: the organisation in which, or for which, it is held acts no more;
    `unconfirmed`: it does not act yet.
    """

    role: Role
    scope_kind: ScopeKind
    scope_id: UUID | None = None
    for_organisation_id: UUID | None = None
    expires_at: datetime | None = None
    acts_from: datetime | None = None
    archived: bool = False
    unconfirmed: bool = False

    def allows(self, permission: Any) -> bool:
        """Whether the role has a permission, and its organisation still and already acts."""
        return (
            permission in ROLES[self.role]
            and not (self.archived and permission in BY_ARCHIVED)
            and not (self.unconfirmed and permission in BY_UNCONFIRMED)
        )


@dataclass(frozen=True)
class Actor(Caller):
    """A caller with the grants it holds now."""

    grants: Sequence[Grant] = ()

    def may(self, permission: Any, on: UUID | None = None) -> bool:
        """Whether this actor has a permission on an organisation or network (`on`), or on the platform (None)."""
        if self.scopes is not None and str(permission) not in self.scopes:
            return False
        if permission in BY_OPERATORS and self._operates:
            return False
        return any(grant.allows(permission) and grant.scope_id == on for grant in self.grants)

    @property
    def _operates(self) -> bool:
        return any(grant.role == Role.operator for grant in self.grants)

    def acts_from(self, permission: Any, on: UUID | None) -> datetime | None:
        """Since when a permission holds that comes from an operator's naming alone; None: it comes from others too."""
        held = [grant.acts_from for grant in self.grants if grant.allows(permission) and grant.scope_id == on]
        moments = [moment for moment in held if moment is not None]
        return min(moments) if moments and len(moments) == len(held) else None

    def acts_in(self, permission: Any, on: UUID | None, *, opened_at: datetime) -> bool:
        """Whether what was opened at a moment is this actor's, who has the permission."""
        since = self.acts_from(permission, on)
        return since is None or since <= opened_at

    def named_lately(self, *permissions: Any, on: UUID | None, opened_at: datetime | None = None) -> bool:
        """Whether the actor has these permissions by an operator's naming of the last days alone.

        `opened_at`: in what was there then; None: whatever it is.
        """
        held = [one for one in permissions if self.may(one, on)]
        moments = [since for one in held if (since := self.acts_from(one, on)) is not None]
        if not held or len(moments) < len(held):
            return False
        since = min(moments)
        return since > clock.now() - NAMED_LATELY and (opened_at is None or opened_at < since)

    def require_not_lately(self, *permissions: Any, on: UUID | None, opened_at: datetime | None = None) -> None:
        """NamedSince where `named_lately`: whoever was there before does what ends or binds, or the days pass."""
        if self.named_lately(*permissions, on=on, opened_at=opened_at):
            raise NamedSince()

    def require(self, permission: Any, on: UUID | None = None) -> None:
        """Unauthenticated for nobody, Forbidden for somebody without the permission."""
        if self.anonymous:
            raise Unauthenticated()
        if not self.may(permission, on):
            raise self.refusal(permission, on)

    def require_person(self) -> None:
        """PeopleOnly for a service account, where its permissions do not say it already."""
        if self.kind == PrincipalKind.service:
            raise PeopleOnly()

    def refusal(self, permission: Any, on: UUID | None = None) -> Forbidden:
        """Why this actor may not (there, or anywhere): what its kind or organisation never does, or it lacks it."""
        if self.kind == PrincipalKind.service and permission in PEOPLE_ONLY:
            return PeopleOnly(permission=str(permission))
        held = [grant for grant in self.grants if permission in ROLES[grant.role] and on in (None, grant.scope_id)]
        if held and permission in BY_OPERATORS and self._operates:
            return OperatorsTakeNoPart(permission=str(permission))
        if held and not any(grant.allows(permission) for grant in held):
            archived = any(grant.archived for grant in held)
            barred = OrganisationActsNoMore if archived else OrganisationUnconfirmed
            return barred(permission=str(permission))
        return Forbidden(permission=str(permission))

    def holds(self, role: Role, on: UUID | None, *, for_organisation: UUID | None = None) -> bool:
        """Whether this actor has a role in a scope (for a given member, where asked)."""
        return any(
            grant.role == role and grant.scope_id == on and for_organisation in (None, grant.for_organisation_id)
            for grant in self.grants
        )

    def organisations(self, permission: Any) -> frozenset[UUID]:
        """The organisations on which this actor has a permission."""
        return frozenset(
            grant.scope_id
            for grant in self.grants
            if grant.scope_kind == ScopeKind.organisation and grant.scope_id and self.may(permission, grant.scope_id)
        )

    def represented_members(self, network_id: UUID, *, opened_at: datetime | None = None) -> frozenset[UUID]:
        """The member organisations that this actor represents in a network. A service account represents none.

        `opened_at`: in what was opened then, in which nobody represents a member by an operator's later naming.
        """
        if self.kind == PrincipalKind.service:
            return frozenset()
        return frozenset(
            grant.for_organisation_id
            for grant in self.grants
            if grant.scope_id == network_id
            and grant.for_organisation_id
            and grant.role in REPRESENTATIVES
            and not (grant.archived or grant.unconfirmed)
            and (opened_at is None or grant.acts_from is None or grant.acts_from <= opened_at)
        )


_organisation = table("organisation", column("id"), column("state"), column("confirmed_at"))
"""What this room needs of those whose roles it keeps."""


def _of_organisation(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """SQL over a grant: it holds of the organisation in which, or for which, the role is held."""
    held_in = [col(RoleGrant.scope_id), col(RoleGrant.for_organisation_id)]
    return exists().where(_organisation.c.id.in_(held_in), condition)


_GRANTS = Statement(
    lambda: (
        core_select(
            *(
                col(getattr(RoleGrant, one.name))
                for one in fields(Grant)
                if one.name not in ("archived", "unconfirmed")
            ),
            _of_organisation(_organisation.c.state == "archived"),
            _of_organisation(_organisation.c.confirmed_at.is_(None)),
        )
        .where(
            col(RoleGrant.principal_id) == param("holder", Uuid()),
            or_(
                col(RoleGrant.expires_at).is_(None),
                col(RoleGrant.expires_at) > param("now", DateTime(timezone=True)),
            ),
        )
        .order_by(col(RoleGrant.created_at), col(RoleGrant.id))
    )
)


async def load_actor(session: AsyncSession, caller: Caller) -> Actor:
    """The actor behind a caller: its grants in force, in one query."""
    if caller.id is None:
        return Actor()
    found = await _GRANTS.fetch_all(session, holder=caller.id, now=clock.now())
    grants = tuple(Grant(Role(role), ScopeKind(kind), *of) for role, kind, *of in found)
    return Actor(id=caller.id, kind=caller.kind, scopes=caller.scopes, grants=grants)


def caller_id(caller: Caller) -> ColumnElement[UUID]:
    """The caller's id as a parameter named `caller_id`."""
    return bind("caller_id", caller.id, type_=Uuid())


def granted(permission: P, *, on: Any, caller: Caller) -> ColumnElement[bool]:
    """SQL: the caller has a permission on what the column `on` names. Parameters are those of `Caller.params`.

    However deep it stands in a statement, `on` is of the row around it, never of a table taken up anew.
    """
    held, in_force = _held(permission, caller)
    return exists().where(held.c.scope_id == on, *in_force).correlate_except(held)


def granted_scopes(permission: P, caller: Caller) -> ColumnElement[Sequence[UUID]]:
    """SQL: an array of all that the caller has a permission on; for columns that name several."""
    return array_of(scopes_held(permission, caller))


def scopes_held(permission: P, caller: Caller = ANONYMOUS) -> Select[Any]:
    """SQL: the ids of all that the caller has a permission on, some of them twice."""
    held, in_force = _held(permission, caller)
    return core_select(held.c.scope_id).where(held.c.scope_id.is_not(None), *in_force).correlate_except(held)


def scopes_by_permission(permissions: Collection[str], caller: Caller) -> CTE:
    """SQL: `permission` and `scope_id` of all of these that the caller has, gathered once for a whole statement."""
    pairs = sorted((role, one) for one in set(permissions) for role in roles_with(P(one)))
    given = values(column("role", Text()), column("permission", Text()), name="given", literal_binds=True).data(pairs)
    held, in_force, scopes = _grants(caller)
    found = core_select(given.c.permission, held.c.scope_id).join_from(
        held, given, given.c.role == cast(held.c.role, Text)
    )
    limited = or_(scopes.is_(None), given.c.permission == any_(scopes))
    return found.where(*in_force, limited).distinct().cte("held").prefix_with("MATERIALIZED")


def _held(permission: P, caller: Caller) -> tuple[Alias, list[ColumnElement[bool]]]:
    held, in_force, scopes = _grants(caller)
    roles = held.c.role.in_([Role(role) for role in roles_with(permission)])
    return held, [*in_force, roles, or_(scopes.is_(None), scopes.contains([permission.value]))]


def _grants(caller: Caller) -> tuple[Alias, list[ColumnElement[bool]], ColumnElement[Any]]:
    """The table of roles, which of them are the caller's and in force, and the scopes of a service account."""
    held = RoleGrant.__table__.alias()  # type: ignore[attr-defined]
    now = bind("caller_now", clock.now(), type_=DateTime(timezone=True))
    in_force = [held.c.principal_id == caller_id(caller), or_(held.c.expires_at.is_(None), held.c.expires_at > now)]
    return held, in_force, bind("caller_scopes", caller.params()["caller_scopes"], type_=ARRAY(Text()))
