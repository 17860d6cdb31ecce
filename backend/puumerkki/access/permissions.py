"""The one table from role to permissions, `resource:action`. Roles are sets, not a ladder; one person holds several."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from puumerkki.access.roles import Role


class P(StrEnum):
    """A permission. Its scope (an organisation, a network, the platform) is in the role that gives it."""

    # in an organisation
    organisations_read = "organisations:read"
    organisations_update = "organisations:update"
    organisations_confirm = "organisations:confirm"
    """To say that an organisation somebody added is what it says: held in an authority, a network, or the platform."""
    people_manage = "people:manage"
    service_accounts_manage = "service_accounts:manage"
    memberships_manage = "memberships:manage"
    rulebooks_accept = "rulebooks:accept"
    needs_raise = "needs:raise"
    calls_publish = "calls:publish"
    applications_read = "applications:read"
    applications_write = "applications:write"
    applications_submit = "applications:submit"
    applications_withdraw = "applications:withdraw"
    filings_write = "filings:write"
    agreements_read = "agreements:read"
    agreements_write = "agreements:write"
    agreements_sign = "agreements:sign"
    agreements_confirm = "agreements:confirm"
    """To say for a party whether what another one recorded was agreed on."""
    reports_write = "reports:write"
    """To report and to evaluate."""
    reports_accept = "reports:accept"
    """To accept or return what another party reports."""
    discussions_write = "discussions:write"
    """To comment and attach, in an organisation, an authority or a network. Who only reads does not."""
    # in an authority
    partner_requests_read = "partner_requests:read"
    partner_requests_prepare = "partner_requests:prepare"
    partner_requests_propose = "partner_requests:propose"
    """To say what could be decided; a decider decides. A service account does it too."""
    partner_requests_decide = "partner_requests:decide"
    gate_policies_manage = "gate_policies:manage"
    # in a network
    networks_read = "networks:read"
    networks_lead = "networks:lead"
    networks_contribute = "networks:contribute"
    needs_agree = "needs:agree"
    meetings_record = "meetings:record"
    handlings_read = "handlings:read"
    handlings_lead = "handlings:lead"
    handlings_record = "handlings:record"
    handlings_confirm = "handlings:confirm"
    ballots_vote = "ballots:vote"
    # on the platform
    organisations_create = "organisations:create"
    networks_create = "networks:create"
    reference_manage = "reference:manage"
    platform_operate = "platform:operate"


FORMER: dict[str, P | None] = {
    "threads:write": P.discussions_write,
    "networks:speak": P.networks_contribute,
    "partner_requests:register": None,
}
"""What scopes of service accounts were called in the release before, and is understood until the next; None allows
nothing any more."""


def named_today(scopes: Iterable[str]) -> frozenset[str]:
    """The scopes by today's names."""
    return frozenset(str(now) for scope in scopes if (now := FORMER.get(scope, scope)) is not None)


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
    P.applications_write,
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


def roles_with(permission: P) -> tuple[str, ...]:
    """The roles that have a permission, in the table's order."""
    return tuple(role.value for role, permissions in ROLES.items() if permission in permissions)
