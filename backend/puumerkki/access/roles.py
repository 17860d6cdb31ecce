"""Who somebody is, and where. `permissions.py` says what each may."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ScopeKind(StrEnum):
    """Where a role is held."""

    organisation = "organisation"
    network = "network"
    platform = "platform"


class Role(StrEnum):
    """Who somebody is, in one scope."""

    viewer = "viewer"
    editor = "editor"
    owner = "owner"
    signatory = "signatory"
    officer = "officer"
    decider = "decider"
    registry = "registry"
    representative = "representative"
    deputy = "deputy"
    coordinator = "coordinator"
    chair = "chair"
    secretary = "secretary"
    observer = "observer"
    operator = "operator"
    inspector = "inspector"
    """An operator who broke the glass: reads one scope for an hour, on record."""


REPRESENTATIVES = (Role.representative, Role.deputy)
"""Who speaks for a member of a network."""
SCOPES: Mapping[ScopeKind, frozenset[Role]] = MappingProxyType(
    {
        ScopeKind.organisation: frozenset(
            {
                Role.viewer,
                Role.editor,
                Role.owner,
                Role.signatory,
                Role.officer,
                Role.decider,
                Role.registry,
                Role.inspector,
            }
        ),
        ScopeKind.network: frozenset(
            {
                Role.representative,
                Role.deputy,
                Role.coordinator,
                Role.chair,
                Role.secretary,
                Role.observer,
                Role.inspector,
            }
        ),
        ScopeKind.platform: frozenset({Role.operator}),
    }
)
