"""The vocabulary of what may be done: `resource:action`. `roles.py` says who has what."""

from collections.abc import Iterable
from enum import StrEnum


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
