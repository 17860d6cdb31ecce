"""Service accounts of organisations."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.access.permissions import P
from puumerkki.identity import queries
from puumerkki.identity.schemas.service_accounts import (
    ServiceAccountCreate,
    ServiceAccountPage,
    ServiceAccountPublic,
    ServiceAccountQuery,
    ServiceAccountSecret,
)
from puumerkki.identity.service import service_accounts
from puumerkki.identity.service.service_accounts import NewSecret
from puumerkki.kernel import reads
from puumerkki.kernel.http import (
    SECRET,
    IfMatch,
    ReadsDep,
    SessionDep,
    api_router,
    item_response,
    set_etag,
)

router = api_router("service-accounts")


listing(
    router,
    "",
    "service_accounts_list",
    "Service accounts that one manages",
    queries.SERVICE_ACCOUNTS,
    ServiceAccountPage,
    ServiceAccountQuery,
)


@router.get(
    "/{account_id}",
    operation_id="service_accounts_get",
    summary="One service account",
    response_model=ServiceAccountPublic,
)
async def get_service_account(pool: ReadsDep, caller: CallerDep, account_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.SERVICE_ACCOUNT, caller=caller, key=account_id))


@router.post(
    "",
    operation_id="service_accounts_create",
    summary="Make a service account",
    description="The secret is shown this once. The answer is not kept, so a repeat makes another account.",
    status_code=201,
    openapi_extra=SECRET,
)
async def create_service_account(
    session: SessionDep, actor: ActorDep, response: Response, given: ServiceAccountCreate
) -> ServiceAccountSecret:
    made = await service_accounts.create_service_account(session, actor=actor, given=given)
    response.headers["Location"] = f"/api/v1/service-accounts/{made.account.id}"
    return _answer(response, made)


@router.post(
    "/{account_id}/rotate-secret",
    operation_id="service_accounts_rotate_secret",
    summary="Replace the secret of a service account",
    description="The new secret is shown this once; the old one gets no more tokens.",
    openapi_extra=SECRET,
)
async def rotate_secret(
    session: SessionDep, actor: ActorDep, response: Response, account_id: UUID, if_match: IfMatch
) -> ServiceAccountSecret:
    made = await service_accounts.rotate_secret(session, actor=actor, account_id=account_id, if_version=if_match)
    return _answer(response, made)


action(
    router,
    "/{account_id}",
    "service_accounts_revoke",
    "Revoke a service account",
    service_accounts.revoke_service_account,
    None,
    method="DELETE",
)


def _answer(response: Response, made: NewSecret) -> ServiceAccountSecret:
    set_etag(response, made.account)
    return ServiceAccountSecret(
        client_id=made.account.id,
        client_secret=made.secret,
        organisation_id=made.account.organisation_id,
        name=made.account.name,
        scopes=[P(scope) for scope in made.account.scopes],
        roles=list(made.roles),
        version=made.account.version,
    )
