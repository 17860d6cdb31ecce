"""What service accounts never do, whatever their roles and scopes. They read, draft, submit and propose."""

from puumerkki.access.permissions import P

PEOPLE_ONLY = frozenset(
    {
        # managing people, and what binds others
        P.organisations_confirm,
        P.people_manage,
        P.service_accounts_manage,
        P.memberships_manage,
        P.rulebooks_accept,
        P.gate_policies_manage,
        # answering for an organisation
        P.applications_withdraw,
        P.agreements_sign,
        P.agreements_confirm,
        P.reports_accept,
        # an authority's case
        P.partner_requests_prepare,
        P.partner_requests_decide,
        # a network's work
        P.networks_lead,
        P.networks_contribute,
        P.needs_agree,
        P.meetings_record,
        P.handlings_lead,
        P.handlings_record,
        P.handlings_confirm,
        P.ballots_vote,
        # the platform
        P.organisations_create,
        P.networks_create,
        P.reference_manage,
        P.platform_operate,
    }
)
