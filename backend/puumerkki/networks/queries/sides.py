"""Who is of whose side, as SQL: of one organisation now or lately. Of whose making: `identity.making`."""

from typing import Any

from sqlalchemy import ColumnElement, SelectBase, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import col

from puumerkki.access.models import RoleGrant, Tie, TieKind
from puumerkki.access.roles import Role, ScopeKind
from puumerkki.organisations.queries.succession import with_kin

_OF_ONE = (TieKind.role, TieKind.declared)


def organisations_of(firsts: SelectBase, since: Any) -> SelectBase:
    """SQL: where some people have a role, for whom they speak, and what else tied them at some time since a moment.

    Each with whoever stands in its place, or it in theirs: they are of one side.
    """
    grant, tie = aliased(RoleGrant), aliased(Tie)
    held = union(
        select(_held_in(grant))
        .where(col(grant.principal_id).in_(firsts), col(grant.role) != Role.inspector, _held_in(grant).is_not(None))
        .correlate_except(grant),
        select(col(tie.organisation_id))
        .where(col(tie.principal_id).in_(firsts), _holds(tie, since))
        .correlate_except(tie),
    )
    return with_kin(held, since)


def with_shared(organisations: SelectBase, now: Any) -> SelectBase:
    """SQL: some organisations, and those that have an owner or a signatory in common with one of them."""
    mine, theirs = aliased(RoleGrant), aliased(RoleGrant)

    def runs(grant: Any) -> ColumnElement[bool]:
        in_force = or_(col(grant.expires_at).is_(None), col(grant.expires_at) > now)
        return col(grant.role).in_([Role.owner, Role.signatory]) & in_force

    shared = (
        select(col(theirs.scope_id))
        .join(mine, col(mine.principal_id) == col(theirs.principal_id))
        .where(col(mine.scope_id).in_(organisations), runs(mine), runs(theirs))
        .correlate_except(mine, theirs)
    )
    return union(organisations, shared)


def belongs_to(person: Any, organisations: SelectBase, since: Any) -> ColumnElement[bool]:
    """SQL: somebody is of one of the organisations, or was at some time since a moment."""
    grant, tie = aliased(RoleGrant), aliased(Tie)
    return or_(
        exists()
        .where(col(grant.principal_id) == person, col(grant.role) != Role.inspector, _held_in(grant).in_(organisations))
        .correlate_except(grant),
        exists()
        .where(col(tie.principal_id) == person, col(tie.organisation_id).in_(organisations), _holds(tie, since))
        .correlate_except(tie),
    )


def _holds(tie: Any, since: Any) -> ColumnElement[bool]:
    return col(tie.kind).in_(_OF_ONE) & or_(col(tie.until_at).is_(None), col(tie.until_at) >= since)


def _held_in(grant: Any) -> ColumnElement[Any]:
    """The organisation in which a grant is held, or for which it speaks."""
    held = case((col(grant.scope_kind) == ScopeKind.organisation, col(grant.scope_id)))
    return func.coalesce(col(grant.for_organisation_id), held)
