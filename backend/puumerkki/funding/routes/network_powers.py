"""Taking a mark back, hearing its applicant, and making it last longer."""

from uuid import UUID

from fastapi import Response

from puumerkki.access.actor import Actor
from puumerkki.access.http import ActorDep
from puumerkki.funding.models.handlings import Handling
from puumerkki.funding.schemas.handlings import HandlingPublic
from puumerkki.funding.schemas.network_powers import DropGiven, ProlongationGiven, RevocationGiven, ViewGiven
from puumerkki.funding.service import asking_again, prolongations, revocations
from puumerkki.funding.service.shown import show_handling
from puumerkki.kernel.http import Creating, IfMatch, SessionDep, api_router, set_etag

powers = api_router("handlings")

ROUTERS = (powers,)


async def _answer(session: SessionDep, response: Response, actor: Actor, handling: Handling) -> HandlingPublic:
    shown = await show_handling(session, actor=actor, handling=handling)
    set_etag(response, handling)
    return HandlingPublic.model_validate(shown)


@powers.post(
    "/{handling_id}/revocations",
    operation_id="handlings_propose_revocation",
    summary="Propose to revoke the puumerkki: by ballot, by a meeting's decision, or for cause",
    status_code=201,
    dependencies=[Creating],
)
async def propose_revocation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    if_match: IfMatch,
    given: RevocationGiven,
) -> HandlingPublic:
    found = await revocations.propose(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    response.headers["Location"] = f"/api/v1/handlings/{found.id}"
    return await _answer(session, response, actor, found)


@powers.post(
    "/{handling_id}/ask_again",
    operation_id="handlings_ask_again",
    summary="Ask the network again about the same version, after a call that had ended was prolonged",
)
async def ask_again(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await asking_again.ask_again(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@powers.put(
    "/{handling_id}/revocation/view",
    operation_id="handlings_state_view",
    summary="Say, as the applicant, what you think of revoking the puumerkki",
)
async def state_view(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, given: ViewGiven
) -> HandlingPublic:
    found = await revocations.state_view(session, actor=actor, handling_id=handling_id, given=given)
    return await _answer(session, response, actor, found)


@powers.post(
    "/{handling_id}/revocation/confirm",
    operation_id="handlings_confirm_revocation",
    summary="Revoke the puumerkki, as the second person",
)
async def confirm_revocation(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await revocations.confirm(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@powers.post(
    "/{handling_id}/revocation/drop",
    operation_id="handlings_drop_revocation",
    summary="Leave the puumerkki as it is",
)
async def drop_revocation(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch, given: DropGiven
) -> HandlingPublic:
    found = await revocations.drop(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    return await _answer(session, response, actor, found)


@powers.post(
    "/{handling_id}/prolongations",
    operation_id="handlings_propose_prolongation",
    summary="Propose a later last day for the puumerkki",
    status_code=201,
    dependencies=[Creating],
)
async def propose_prolongation(
    session: SessionDep,
    actor: ActorDep,
    response: Response,
    handling_id: UUID,
    if_match: IfMatch,
    given: ProlongationGiven,
) -> HandlingPublic:
    found = await prolongations.propose(session, actor=actor, handling_id=handling_id, if_version=if_match, given=given)
    response.headers["Location"] = f"/api/v1/handlings/{found.id}"
    return await _answer(session, response, actor, found)


@powers.post(
    "/{handling_id}/prolongation/confirm",
    operation_id="handlings_confirm_prolongation",
    summary="Give the puumerkki its later last day, as the second person",
)
async def confirm_prolongation(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await prolongations.confirm(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)


@powers.post(
    "/{handling_id}/prolongation/drop",
    operation_id="handlings_drop_prolongation",
    summary="Leave the puumerkki's last day as it is",
)
async def drop_prolongation(
    session: SessionDep, actor: ActorDep, response: Response, handling_id: UUID, if_match: IfMatch
) -> HandlingPublic:
    found = await prolongations.drop(session, actor=actor, handling_id=handling_id, if_version=if_match)
    return await _answer(session, response, actor, found)
