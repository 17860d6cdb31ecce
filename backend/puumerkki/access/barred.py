"""Who takes no part, whatever the role: archived organisations, and operators in cases."""

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
        P.threads_write,
        P.partner_requests_register,
        P.partner_requests_prepare,
        P.partner_requests_decide,
        P.gate_policies_manage,
        P.networks_speak,
        P.ballots_vote,
    }
)
"""What an archived organisation does no more. It is read, withdraws, leaves, and takes roles from its people."""
BY_OPERATORS = frozenset(
    {
        P.partner_requests_prepare,
        P.partner_requests_decide,
        P.networks_lead,
        P.handlings_lead,
        P.handlings_record,
        P.handlings_confirm,
        P.ballots_vote,
    }
)
"""What nobody does who runs the platform."""
