"""What is taken from archived and unconfirmed organisations and from operators: each permission is decided upon."""

import pytest

from puumerkki.access.barred import BY_ARCHIVED, BY_OPERATORS, BY_UNCONFIRMED
from puumerkki.access.permissions import P

_READING = {
    P.organisations_read,
    P.applications_read,
    P.agreements_read,
    P.partner_requests_read,
    P.networks_read,
    P.handlings_read,
}
_OF_PLATFORM = {P.organisations_create, P.networks_create, P.reference_manage, P.platform_operate}
_OF_NETWORKS = {
    P.networks_lead,
    P.needs_agree,
    P.meetings_record,
    P.handlings_lead,
    P.handlings_record,
    P.handlings_confirm,
}
"""Held by people for a network, in which no organisation acts through them."""
_OF_OWNERS = {P.organisations_update, P.people_manage, P.service_accounts_manage, P.memberships_manage}
KEPT_BY_ARCHIVED = _READING | _OF_PLATFORM | _OF_NETWORKS | _OF_OWNERS | {P.applications_withdraw}
KEPT_BY_UNCONFIRMED = KEPT_BY_ARCHIVED | {
    P.applications_write,
    P.applications_submit,
    P.agreements_write,
    P.discussions_write,
}
KEPT_BY_OPERATORS = (
    _READING
    | _OF_PLATFORM
    | {
        P.organisations_update,
        P.organisations_confirm,
        P.people_manage,
        P.service_accounts_manage,
        P.needs_raise,
        P.needs_agree,
        P.calls_publish,
        P.applications_write,
        P.applications_submit,
        P.applications_withdraw,
        P.filings_write,
        P.agreements_write,
        P.agreements_sign,
        P.agreements_confirm,
        P.reports_write,
        P.reports_accept,
        P.discussions_write,
        P.gate_policies_manage,
    }
)
"""What an operator may do who has a role in an organisation or a network besides."""


@pytest.mark.parametrize(
    ("barred", "kept"),
    [
        pytest.param(BY_ARCHIVED, KEPT_BY_ARCHIVED, id="archived"),
        pytest.param(BY_UNCONFIRMED, KEPT_BY_UNCONFIRMED, id="unconfirmed"),
        pytest.param(BY_OPERATORS, KEPT_BY_OPERATORS, id="operators"),
    ],
)
def test_each_permission_is_barred_or_kept(barred: frozenset[P], kept: set[P]) -> None:
    assert set(P) - barred - kept == set(), "say of a new permission whether it is barred"
    assert barred & kept == set()
