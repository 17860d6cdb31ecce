"""Every operation that writes, by a service account with the roles of who may do it and with all scopes.

What it may is listed here; each other operation is refused, those that come later too.
"""

import pytest
from sqlmodel import col, select

from puumerkki.access.models import RoleGrant
from puumerkki.access.permissions import P
from puumerkki.access.roles import Role
from tests.factories import Client, World
from tests.personas import Cast, make_cast
from tests.valid_requests import load
from tests.web.test_answers import READS

OPERATIONS = load()
DRAFTS = frozenset(
    {
        "agreements_create_agreement",
        "agreements_create_template",
        "agreements_delete_template",
        "agreements_propose_agreement",
        "agreements_renew_agreement",
        "agreements_update_agreement",
        "agreements_update_template",
        "applications_continue_application",
        "applications_create_application",
        "applications_delete_application",
        "applications_put_by_external_id",
        "applications_release_co_applicants",
        "applications_submit_application",
        "applications_update_application",
        "calls_cancel_call",
        "calls_create_call",
        "calls_publish_call",
        "calls_update_call",
        "evaluations_give_evaluation",
        "evaluations_update_evaluation",
        "filings_change_plan",
        "filings_close_filing",
        "filings_file_filing",
        "filings_grant_filing",
        "filings_plan_filing",
        "filings_recover_filing",
        "filings_refuse_filing",
        "filings_report_filing",
        "filings_update_filing",
        "filings_withdraw_filing",
        "partner_requests_answer_supplement",
        "partner_requests_propose_decision",
        "partner_requests_recall",
        "handlings_ask_again",
        "handlings_ask_for_ballot",
        "handlings_state_view",
        "needs_create_need",
        "needs_put_by_external_id",
        "organisations_ask_confirmation",
        "organisations_create_contact",
        "organisations_create_relation",
        "organisations_delete_contact",
        "organisations_delete_external_id",
        "organisations_delete_relation",
        "organisations_put_by_external_id",
        "organisations_put_external_id",
        "organisations_update_contact",
        "organisations_update_organisation",
        "organisations_update_relation",
        "calendars_end",
        "reports_create_report",
        "reports_submit_report",
        "reports_update_report",
        "discussions_answer_point",
        "discussions_create_attachment",
        "discussions_create_comment",
    }
)
"""To draft, submit, propose, record, report and comment: what others answer, or what binds nobody."""
ANYBODYS = frozenset(
    {
        "agreements_verify",
        "auth_cancel_email_change",
        "auth_confirm_email_change",
        "auth_login",
        "auth_logout",
        "auth_refresh",
        "auth_send_login_link",
        "auth_send_password_reset",
        "auth_use_erasure_link",
        "auth_use_login_link",
        "auth_use_password_reset",
        "endorsements_verify",
        "invitations_accept",
        "invitations_read",
        "notices_unsubscribe",
    }
)
"""What needs no account: checking, and what a token in the request stands for."""
MAY = DRAFTS | ANYBODYS


async def machine(cast: Cast, by: Client) -> Client:
    """A service account of whoever may do it, with their roles, also with those that none is given."""
    organisation = cast.city if by in (cast["officer"], cast["decider"], cast["registry"]) else cast.association
    made = await cast.world.service(Role.viewer, organisation, scopes=frozenset(P))
    if by.id is not None:
        held = await cast.world.session.exec(select(RoleGrant).where(col(RoleGrant.principal_id) == by.id))
        for grant in held.all():
            if grant.scope_id != organisation.id or grant.role != Role.viewer:
                await cast.world.grant(made.person_id, grant.role, grant.scope_id, grant.for_organisation_id)
    return made


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - set(READS)))
async def test_what_a_machine_may(name: str, world: World) -> None:
    cast = await make_cast(world)
    call = await OPERATIONS[name](cast)
    caller = await machine(cast, cast[call.by])
    options = ({} if call.json is None else {"json": call.json}) | call.options
    answer = await caller.request(call.method, call.path, if_match=call.if_match, **options)
    assert answer.status_code < 500, answer.text
    assert answer.is_success == (name in MAY), f"{name}: {answer.status_code} {answer.text[:200]}"


def test_what_is_listed_exists() -> None:
    assert OPERATIONS.keys() >= MAY
