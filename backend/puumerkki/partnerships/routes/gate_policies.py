"""Gate policies. Everybody may read them: the rules are known."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import action, listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.kernel import reads
from puumerkki.kernel.http import (
    Creating,
    IfMatch,
    ReadsDep,
    SessionDep,
    api_router,
    item_response,
    set_etag,
)
from puumerkki.partnerships.models.gate import GatePolicy
from puumerkki.partnerships.queries import gate_policies as queries
from puumerkki.partnerships.schemas.gate_policies import (
    GatePolicyCreate,
    GatePolicyNamed,
    GatePolicyPage,
    GatePolicyPublic,
    GatePolicyQuery,
    GatePolicyUpdate,
)
from puumerkki.partnerships.service import gate_policies as service

router = api_router("gate-policies")
ROUTERS = (router,)


listing(
    router,
    "",
    "gate_policies_list",
    "Puumerkki requirements: which authority asks for whose endorsement, newest first",
    queries.GATE_POLICIES,
    GatePolicyPage,
    GatePolicyQuery,
)


@router.get(
    "/{policy_id}",
    operation_id="gate_policies_get",
    summary="One puumerkki requirement",
    response_model=GatePolicyNamed,
)
async def get_gate_policy(pool: ReadsDep, caller: CallerDep, policy_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.GATE_POLICY, caller=caller, key=policy_id))


@router.post(
    "",
    operation_id="gate_policies_create",
    summary="Add a puumerkki requirement from a day on",
    status_code=201,
    response_model=GatePolicyPublic,
    dependencies=[Creating],
)
async def create_gate_policy(
    session: SessionDep, actor: ActorDep, response: Response, given: GatePolicyCreate
) -> GatePolicy:
    made = await service.create_gate_policy(session, actor=actor, given=given)
    set_etag(response, made)
    response.headers["Location"] = f"/api/v1/gate-policies/{made.id}"
    return made


@router.patch(
    "/{policy_id}",
    operation_id="gate_policies_update",
    summary="Change a puumerkki requirement, or end one that has started",
    response_model=GatePolicyPublic,
)
async def update_gate_policy(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    policy_id: UUID,
    if_match: IfMatch,
    given: GatePolicyUpdate,
) -> GatePolicy:
    found = await service.update_gate_policy(
        session, actor=actor, policy_id=policy_id, if_version=if_match, given=given
    )
    await session.flush()
    set_etag(response, found)
    return found


action(
    router,
    "/{policy_id}",
    "gate_policies_delete",
    "Remove a puumerkki requirement that has not started",
    service.delete_gate_policy,
    None,
    method="DELETE",
)
