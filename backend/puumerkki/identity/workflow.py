"""The states of accounts. Who may close a person's account is asked by the service: the platform is no column."""

from puumerkki.access.permissions import P
from puumerkki.identity.models import ServiceAccountState, UserState
from puumerkki.kernel.workflow import ByItself, Grant, Workflow, transition

USER = Workflow(
    "user",
    UserState,
    UserState.invited,
    (
        transition("activate", {UserState.invited}, UserState.active, {ByItself()}),
        transition("reopen", {UserState.disabled}, UserState.active, {ByItself()}),
        transition("disable", {UserState.invited, UserState.active}, UserState.disabled, {ByItself()}),
    ),
)
SERVICE_ACCOUNT = Workflow(
    "service_account",
    ServiceAccountState,
    ServiceAccountState.active,
    (
        transition(
            "revoke",
            {ServiceAccountState.active},
            ServiceAccountState.revoked,
            {Grant(P.service_accounts_manage, on="organisation_id")},
        ),
    ),
)
