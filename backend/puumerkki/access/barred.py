"""Who takes no part, whatever the role: archived and unconfirmed organisations, and operators in cases."""

from puumerkki.access.permissions import P

BY_ARCHIVED = frozenset(
    {
        P.needs_raise,
        P.calls_publish,
        P.applications_write,
        P.applications_submit,
        P.filings_write,
        P.agreements_write,
        P.agreements_sign,
        P.agreements_confirm,
        P.reports_write,
        P.reports_accept,
        P.rulebooks_accept,
        P.discussions_write,
        P.partner_requests_prepare,
        P.partner_requests_propose,
        P.partner_requests_decide,
        P.gate_policies_manage,
        P.networks_contribute,
        P.ballots_vote,
        P.organisations_confirm,
    }
)
"""What an archived organisation does no more. It is read, withdraws, leaves, and takes roles from its people."""
BY_UNCONFIRMED = BY_ARCHIVED - {
    P.applications_write,
    P.applications_submit,
    P.agreements_write,
    P.discussions_write,
}
"""What an organisation does not do before it is confirmed. It drafts, and is asked.

That it submits nothing is a guard of the application, so that its page says why.
"""
BY_OPERATORS = frozenset(
    {
        P.partner_requests_prepare,
        P.partner_requests_propose,
        P.partner_requests_decide,
        P.networks_lead,
        P.handlings_lead,
        P.handlings_record,
        P.handlings_confirm,
        P.ballots_vote,
        P.meetings_record,
        P.rulebooks_accept,
        P.memberships_manage,
        P.networks_contribute,
    }
)
"""What nobody does who runs the platform."""
