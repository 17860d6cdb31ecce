"""Which roles fit whom, and what only people do: one table for invitations, people and service accounts."""

from puumerkki.access.models import PrincipalKind
from puumerkki.access.people_only import PEOPLE_ONLY
from puumerkki.access.permissions import ROLES, P
from puumerkki.access.roles import Role

AUTHORITY_SECTORS = frozenset({"municipality", "wellbeing_county", "state"})
"""The sectors whose organisations are authorities."""
_EVERYWHERE = frozenset({Role.viewer, Role.editor, Role.owner, Role.signatory})
_IN_AUTHORITIES = frozenset({Role.officer, Role.decider, Role.registry})
_OF_PEOPLE = frozenset({Role.owner, Role.signatory, Role.decider})
ORGANISATION_ROLES = _EVERYWHERE | _IN_AUTHORITIES
"""All roles that somebody is given in an organisation."""
SERVICE_ROLES = ORGANISATION_ROLES - _OF_PEOPLE
"""What a service account can be."""


def roles_fitting(sector: str, kind: PrincipalKind) -> frozenset[Role]:
    """The roles that a person, or a service account, can have in an organisation of a sector."""
    fitting = ORGANISATION_ROLES if sector in AUTHORITY_SECTORS else _EVERYWHERE
    return fitting if kind == PrincipalKind.user else fitting & SERVICE_ROLES


def service_permissions(role: Role) -> frozenset[P]:
    """What a role lets a service account do."""
    return ROLES[role] - PEOPLE_ONLY
