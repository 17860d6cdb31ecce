"""People's accounts, for operators."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.declare import listing
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.identity import queries
from puumerkki.identity.models import User
from puumerkki.identity.schemas.people import UserPage, UserPublic, UserQuery
from puumerkki.identity.service import people
from puumerkki.kernel import reads
from puumerkki.kernel.http import IfMatch, ReadsDep, SessionDep, api_router, item_response, set_etag

router = api_router("users")


listing(router, "", "users_list", "People's accounts, for operators", queries.USERS, UserPage, UserQuery)


@router.get(
    "/{user_id}", operation_id="users_get", summary="One person's account, for operators", response_model=UserPublic
)
async def get_user(pool: ReadsDep, caller: CallerDep, user_id: UUID) -> Response:
    return item_response(await reads.one(pool, queries.USER, caller=caller, key=user_id))


@router.post(
    "/{user_id}/disable",
    operation_id="users_disable",
    summary="Close somebody's account",
    description="Roles and sessions end at once.",
    response_model=UserPublic,
)
async def disable_user(
    session: SessionDep, actor: ActorDep, response: Response, user_id: UUID, if_match: IfMatch
) -> User:
    user = await people.disable_user(session, actor=actor, user_id=user_id, if_version=if_match)
    await session.flush()
    set_etag(response, user)
    return user
