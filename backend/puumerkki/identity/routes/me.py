"""Who is signed in, and what they may do with their own account."""

from fastapi import Depends, Request, Response

from puumerkki.access.actor import Caller, load_actor
from puumerkki.access.declare import action
from puumerkki.access.http import ActorDep, CallerDep
from puumerkki.identity import queries, rate_limits
from puumerkki.identity.models import OfferEnding
from puumerkki.identity.routes.answers import answer_session, client_address
from puumerkki.identity.schemas.accounts import AccountErasure, EmailChangeGiven
from puumerkki.identity.schemas.people import MePublic, MeUpdate, MyData, OffersAnswer, PasswordChange, SessionAnswer
from puumerkki.identity.service import addresses, people
from puumerkki.identity.service.offers import answer_offers
from puumerkki.kernel.http import SECRET, IfMatch, SessionDep, api_router
from puumerkki.kernel.preconditions import etag

router = api_router("me")


async def _count_password_try(request: Request, caller: CallerDep) -> None:
    """Before the request takes a connection, since the count takes one of its own."""
    await rate_limits.count_try(
        request.app.state.sessions,
        rate_limits.PASSWORD_CHANGE,
        account=str(caller.person_id()),
        address=client_address(request),
    )


@router.get("", operation_id="me_get", summary="Who is signed in, and with which roles")
async def get_me(session: SessionDep, actor: ActorDep, response: Response) -> MePublic:
    found = await queries.me(session, actor)
    response.headers["ETag"] = etag(found.version)
    return found


@router.patch("", operation_id="me_update", summary="Change one's own name or language")
async def update_me(
    session: SessionDep, actor: ActorDep, response: Response, if_match: IfMatch, given: MeUpdate
) -> MePublic:
    await people.update_me(session, actor=actor, if_version=if_match, given=given)
    await session.flush()
    found = await queries.me(session, actor)
    response.headers["ETag"] = etag(found.version)
    return found


@router.post(
    "/erase",
    operation_id="me_erase",
    summary="Erase one's own account, by its password",
    description="Name and address are removed, roles and sessions end. What was done stays on record under the id."
    " Without a password it is done by a mailed link.",
    status_code=204,
    openapi_extra=SECRET,
    dependencies=[Depends(_count_password_try)],
)
async def erase_me(session: SessionDep, actor: ActorDep, if_match: IfMatch, given: AccountErasure) -> None:
    await people.erase_me(session, actor=actor, if_version=if_match, password=given.password)


@router.post(
    "/erasure-link",
    operation_id="me_send_erasure_link",
    summary="Get a link by email to erase one's own account",
    status_code=202,
)
async def send_erasure_link(session: SessionDep, actor: ActorDep) -> None:
    await people.send_erasure_link(session, actor=actor)


@router.post(
    "/email-change",
    operation_id="me_change_email",
    summary="Ask for another email address",
    description="Both addresses get a link, good for three days. Nothing changes before both have confirmed.",
    dependencies=[Depends(_count_password_try)],
)
async def change_email(session: SessionDep, actor: ActorDep, response: Response, given: EmailChangeGiven) -> MePublic:
    await addresses.ask_change(session, actor=actor, email=given.email)
    await session.flush()
    found = await queries.me(session, actor)
    response.headers["ETag"] = etag(found.version)
    return found


action(
    router,
    "/email-change",
    "me_cancel_email_change",
    "Keep the present email address",
    addresses.cancel_change,
    None,
    method="DELETE",
)


async def _answer(
    session: SessionDep, caller: Caller, response: Response, given: OffersAnswer, ending: OfferEnding
) -> MePublic:
    actor = await load_actor(session, caller)
    await answer_offers(session, actor=actor, offer_ids=set(given.offer_ids), ending=ending)
    await session.flush()
    found = await queries.me(session, await load_actor(session, caller))
    response.headers["ETag"] = etag(found.version)
    return found


@router.post("/role-offers/accept", operation_id="me_accept_role_offers", summary="Accept roles that one is offered")
async def accept_role_offers(session: SessionDep, actor: ActorDep, response: Response, given: OffersAnswer) -> MePublic:
    return await _answer(session, actor, response, given, OfferEnding.accepted)


@router.post(
    "/role-offers/decline", operation_id="me_decline_role_offers", summary="Say no to roles that one is offered"
)
async def decline_role_offers(
    session: SessionDep, actor: ActorDep, response: Response, given: OffersAnswer
) -> MePublic:
    return await _answer(session, actor, response, given, OfferEnding.declined)


@router.post(
    "/password",
    operation_id="me_change_password",
    summary="Choose a password",
    description="All sessions end; the answer begins a new one.",
    openapi_extra=SECRET,
    dependencies=[Depends(_count_password_try)],
)
async def change_password(
    session: SessionDep, actor: ActorDep, response: Response, given: PasswordChange
) -> SessionAnswer:
    return answer_session(response, await people.change_password(session, actor=actor, given=given))


action(router, "/sessions", "me_end_sessions", "Sign out on all devices", people.end_my_sessions, None, method="DELETE")


@router.get("/data", operation_id="me_export_data", summary="Everything kept about oneself as an account")
async def export_data(session: SessionDep, actor: ActorDep) -> MyData:
    return await people.export_me(session, actor=actor)
