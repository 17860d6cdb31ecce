"""The one table from role to permissions. Roles are sets, not a ladder; one person holds several."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from puumerkki.access.permissions import P


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


_VIEWER = frozenset({P.organisations_read, P.applications_read, P.agreements_read})
_EDITOR = _VIEWER | {
    P.organisations_update,
    P.needs_raise,
    P.calls_publish,
    P.applications_write,
    P.applications_submit,
    P.filings_write,
    P.agreements_write,
    P.reports_write,
    P.reports_accept,
    P.discussions_write,
}
_OWNER = _VIEWER | {
    P.organisations_update,
    P.people_manage,
    P.service_accounts_manage,
    P.memberships_manage,
    P.rulebooks_accept,
    P.applications_withdraw,
    P.discussions_write,
}
_CASES = frozenset({P.organisations_read, P.partner_requests_read, P.agreements_read})
_MEMBER = frozenset({P.networks_read, P.handlings_read})
_SPEAKER = _MEMBER | {P.networks_contribute, P.discussions_write}
_VOICE = _SPEAKER | {P.ballots_vote}

ROLES: Mapping[Role, frozenset[P]] = MappingProxyType(
    {
        Role.viewer: _VIEWER,
        Role.editor: _EDITOR,
        Role.owner: _OWNER,
        Role.signatory: _VIEWER | {P.agreements_sign, P.agreements_confirm, P.discussions_write},
        Role.officer: _CASES
        | {
            P.organisations_confirm,
            P.partner_requests_prepare,
            P.partner_requests_propose,
            P.calls_publish,
            P.agreements_write,
            P.agreements_confirm,
            P.reports_write,
            P.reports_accept,
            P.discussions_write,
        },
        Role.decider: _CASES
        | {
            P.organisations_confirm,
            P.partner_requests_decide,
            P.gate_policies_manage,
            P.agreements_sign,
            P.agreements_confirm,
            P.reports_accept,
            P.discussions_write,
        },
        Role.registry: _CASES | {P.discussions_write},
        Role.representative: _VOICE,
        Role.deputy: _VOICE,
        Role.coordinator: _SPEAKER
        | {P.networks_lead, P.needs_agree, P.meetings_record, P.handlings_lead, P.organisations_confirm},
        Role.chair: _SPEAKER | {P.meetings_record, P.handlings_confirm},
        Role.secretary: _SPEAKER | {P.meetings_record, P.handlings_record},
        Role.observer: _MEMBER,
        Role.operator: frozenset(
            {
                P.platform_operate,
                P.organisations_create,
                P.organisations_confirm,
                P.networks_create,
                P.reference_manage,
            }
        ),
        Role.inspector: _CASES | _VIEWER | _MEMBER,
    }
)

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


def roles_with(permission: P) -> tuple[str, ...]:
    """The roles that have a permission, in the table's order."""
    return tuple(role.value for role, permissions in ROLES.items() if permission in permissions)
