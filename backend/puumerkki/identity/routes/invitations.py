"""Invitations to an organisation."""

from fastapi import Response

from puumerkki.access.http import ActorDep
from puumerkki.access.roles import ScopeKind
from puumerkki.identity.routes.answers import answer_session
from puumerkki.identity.schemas.people import (
    InvitationAccept,
    InvitationCreate,
    InvitationPublic,
    InvitationShown,
    LinkUse,
    SessionAnswer,
)
from puumerkki.identity.service import invitations
from puumerkki.kernel.http import SECRET, Creating, SessionDep, api_router

router = api_router("invitations")


@router.post(
    "",
    operation_id="invitations_create",
    summary="Invite somebody to an organisation",
    description="By email, good for 14 days; until it is accepted the role counts for nothing. The answer is the same"
    " whether or not the address has an account.",
    status_code=201,
    dependencies=[Creating],
)
async def create_invitation(session: SessionDep, actor: ActorDep, given: InvitationCreate) -> InvitationPublic:
    await invitations.invite_to_organisation(session, actor=actor, given=given)
    return InvitationPublic(
        email=given.email,
        scope_kind=ScopeKind.organisation,
        scope_id=given.scope_id,
        role=given.role,
    )


@router.post(
    "/read",
    operation_id="invitations_read",
    summary="What a mailed invitation gives, and who invited",
    description="To whoever holds the link's token; nothing changes by it.",
    openapi_extra=SECRET,
)
async def read_invitation(session: SessionDep, given: LinkUse) -> InvitationShown:
    return await invitations.read_invitation(session, token=given.token)


@router.post(
    "/accept", operation_id="invitations_accept", summary="Accept an invitation and sign in", openapi_extra=SECRET
)
async def accept_invitation(session: SessionDep, response: Response, given: InvitationAccept) -> SessionAnswer:
    return answer_session(response, await invitations.accept_invitation(session, given=given))
