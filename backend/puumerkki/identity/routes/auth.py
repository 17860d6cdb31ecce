"""Signing in and out."""

from typing import Annotated

from fastapi import BackgroundTasks, Cookie, Request, Response
from sqlalchemy.ext.asyncio import async_sessionmaker
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity import rate_limits
from puumerkki.identity.errors import SessionEnded
from puumerkki.identity.models import MailedPurpose
from puumerkki.identity.routes.answers import (
    COOKIE,
    DeviceCookie,
    FromOurPages,
    answer_session,
    clear_session_cookie,
    client_address,
)
from puumerkki.identity.schemas.accounts import EmailConfirmed
from puumerkki.identity.schemas.people import EmailGiven, LinkUse, Login, PasswordReset, SessionAnswer
from puumerkki.identity.service import addresses, links, people, sessions
from puumerkki.kernel.db import transaction
from puumerkki.kernel.http import SECRET, SessionDep, api_router

router = api_router("auth")

RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, max_length=200)]


@router.post("/login", operation_id="auth_login", summary="Sign in by password", openapi_extra=SECRET)
async def login(request: Request, response: Response, given: Login, device: DeviceCookie = None) -> SessionAnswer:
    started = await sessions.login(
        request.app.state.sessions,
        email=given.email,
        password=given.password,
        address=client_address(request),
        device=device,
    )
    return answer_session(response, started)


@router.post(
    "/refresh",
    operation_id="auth_refresh",
    summary="Renew the session that the cookie holds",
    openapi_extra=SECRET,
    dependencies=[FromOurPages],
)
async def refresh(request: Request, response: Response, cookie: RefreshCookie = None) -> SessionAnswer:
    if cookie is None:
        raise SessionEnded()
    # A transaction of its own: that a reused token ends its family must be kept although the answer is an error.
    async with transaction(request.app.state.sessions) as session:
        started = await sessions.refresh(session, refresh_token=cookie)
    if started is None:
        raise SessionEnded()
    return answer_session(response, started)


@router.post(
    "/logout",
    operation_id="auth_logout",
    summary="End the session that the cookie holds",
    status_code=204,
    dependencies=[FromOurPages],
)
async def logout(session: SessionDep, response: Response, cookie: RefreshCookie = None) -> None:
    if cookie is not None:
        await sessions.logout(session, refresh_token=cookie)
    clear_session_cookie(response)


@router.post(
    "/login-link",
    operation_id="auth_send_login_link",
    summary="Get a link to sign in by email",
    description="The answer is the same whether or not anybody has this address.",
    status_code=202,
)
async def send_login_link(
    request: Request, background: BackgroundTasks, given: EmailGiven, device: DeviceCookie = None
) -> None:
    await _send(request, background, rate_limits.LOGIN_LINK, given.email, MailedPurpose.login, device)


@router.post(
    "/login-link/use", operation_id="auth_use_login_link", summary="Sign in with a mailed link", openapi_extra=SECRET
)
async def use_login_link(session: SessionDep, response: Response, given: LinkUse) -> SessionAnswer:
    return answer_session(response, await links.login_by_link(session, token=given.token))


@router.post(
    "/password-reset",
    operation_id="auth_send_password_reset",
    summary="Get a link to choose a new password by email",
    description="The answer is the same whether or not anybody has this address.",
    status_code=202,
)
async def send_password_reset(
    request: Request, background: BackgroundTasks, given: EmailGiven, device: DeviceCookie = None
) -> None:
    await _send(request, background, rate_limits.PASSWORD_RESET, given.email, MailedPurpose.password_reset, device)


@router.post(
    "/password-reset/use",
    operation_id="auth_use_password_reset",
    summary="Choose a new password with a mailed link",
    status_code=204,
)
async def use_password_reset(session: SessionDep, given: PasswordReset) -> None:
    await links.reset_password(session, token=given.token, password=given.password)


@router.post(
    "/erasure/use",
    operation_id="auth_use_erasure_link",
    summary="Erase an account with a mailed link",
    status_code=204,
)
async def use_erasure_link(session: SessionDep, response: Response, given: LinkUse) -> None:
    await people.erase_by_link(session, token=given.token)
    clear_session_cookie(response)


@router.post(
    "/email-change/use",
    operation_id="auth_confirm_email_change",
    summary="Confirm another email address with a mailed link",
)
async def confirm_email_change(session: SessionDep, given: LinkUse) -> EmailConfirmed:
    return await addresses.confirm(session, token=given.token)


@router.post(
    "/email-change/cancel",
    operation_id="auth_cancel_email_change",
    summary="Say with a mailed link that the email address is not to change",
    status_code=204,
)
async def cancel_email_change(session: SessionDep, given: LinkUse) -> None:
    await addresses.cancel_by_link(session, token=given.token)


async def _send(
    request: Request,
    background: BackgroundTasks,
    limit: rate_limits.Limit,
    email: str,
    purpose: MailedPurpose,
    device: str | None,
) -> None:
    """After the answer, so that its time does not tell who has an account."""
    made: async_sessionmaker[AsyncSession] = request.app.state.sessions
    await rate_limits.count_try(made, limit, account=email, address=client_address(request), device=device)
    background.add_task(_mail_in_own_transaction, made, email, purpose)


async def _mail_in_own_transaction(made: async_sessionmaker[AsyncSession], email: str, purpose: MailedPurpose) -> None:
    async with transaction(made) as session:
        await links.mail_link(session, email=email, purpose=purpose)
