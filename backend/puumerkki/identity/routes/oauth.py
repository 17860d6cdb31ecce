"""The token endpoint of OAuth 2 for service accounts (RFC 6749): its requests are forms, its errors its own."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote_plus
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from puumerkki.access.permissions import FORMER, P, named_today
from puumerkki.identity import rate_limits
from puumerkki.identity.routes.answers import client_address
from puumerkki.identity.schemas.people import ClientTokenAnswer, ClientTokenRequest, OAuthError, OAuthErrorCode
from puumerkki.identity.service import service_accounts
from puumerkki.kernel.http import SECRET, SessionDep, api_router

router = api_router("oauth")

FORM = "application/x-www-form-urlencoded"
MAX_BYTES = 10_000
_SCOPE = re.compile(r"[!#-\[\]-~]{1,100}")
"""A scope-token (section 3.3), of which each sign may also stand in an error's description."""
_KNOWN = {*P, *FORMER}
_EXTRA: dict[str, Any] = SECRET | {
    "requestBody": {"required": True, "content": {FORM: {"schema": ClientTokenRequest.model_json_schema()}}}
}


class _RefusedError(Exception):
    def __init__(self, code: OAuthErrorCode, description: str, status: int = 400) -> None:
        self.code = code
        self.description = description
        self.status = status


@dataclass(frozen=True)
class _Asked:
    client_id: UUID
    client_secret: str
    scopes: frozenset[str] | None


@router.post(
    "/token",
    operation_id="oauth_issue_token",
    summary="Get an access token for a service account",
    description="Client credentials (RFC 6749, section 4.4), by HTTP Basic or in the form.",
    response_model=ClientTokenAnswer,
    responses={
        400: {"model": OAuthError, "description": "The request is not right"},
        401: {"model": OAuthError, "description": "The client is not known"},
    },
    openapi_extra=_EXTRA,
)
async def issue_token(request: Request, session: SessionDep) -> Response:
    try:
        asked = await _read(request)
        await rate_limits.count_try(
            request.app.state.sessions,
            rate_limits.CLIENT_TOKEN,
            account=str(asked.client_id),
            address=client_address(request),
        )
        account = await service_accounts.client_of(
            session, client_id=asked.client_id, client_secret=asked.client_secret
        )
        if account is None:
            raise _unknown_client()
        token = await service_accounts.client_token(session, account=account, scopes=asked.scopes)
        if token is None:
            raise _RefusedError(OAuthErrorCode.invalid_scope, "The client does not have all of these scopes, or none.")
    except _RefusedError as refused:
        return _refusal(refused)
    await rate_limits.reset_tries(
        session, rate_limits.CLIENT_TOKEN, account=str(asked.client_id), address=client_address(request)
    )
    answer = ClientTokenAnswer(access_token=token.access_token, expires_in=token.expires_in, scope=token.scope)
    return JSONResponse(answer.model_dump(mode="json"), headers={"Pragma": "no-cache"})


def _unknown_client() -> _RefusedError:
    return _RefusedError(OAuthErrorCode.invalid_client, "The client is not known, or its secret is wrong.", 401)


def _refusal(refused: _RefusedError) -> Response:
    body = OAuthError(error=refused.code, error_description=refused.description)
    headers = {"WWW-Authenticate": 'Basic realm="puumerkki"'} if refused.status == 401 else {}
    return JSONResponse(body.model_dump(mode="json"), refused.status, headers)


async def _read(request: Request) -> _Asked:
    form = _form(request.headers.get("content-type", ""), await request.body())
    grant_type = form.get("grant_type")
    if grant_type is None:
        raise _RefusedError(OAuthErrorCode.invalid_request, "grant_type is missing.")
    if grant_type != "client_credentials":
        raise _RefusedError(OAuthErrorCode.unsupported_grant_type, "Only client_credentials is supported.")
    client_id, secret = _credentials(request.headers.get("authorization"), form)
    try:
        known_id = UUID(client_id)
    except ValueError:
        raise _unknown_client() from None
    return _Asked(known_id, secret, _scopes(form["scope"]) if "scope" in form else None)


def _scopes(given: str) -> frozenset[str]:
    """The scopes asked for, by today's names; one that does not exist is refused by its name (sections 3.3 and 5.2)."""
    asked = given.split(" ")
    if not all(map(_SCOPE.fullmatch, asked)):
        raise _RefusedError(OAuthErrorCode.invalid_scope, "Scopes are names with one space between them.")
    unknown = sorted(one for one in asked if one not in _KNOWN)
    if unknown:
        raise _RefusedError(OAuthErrorCode.invalid_scope, f"There is no scope {unknown[0]}.")
    return named_today(asked)


def _form(content_type: str, body: bytes) -> dict[str, str]:
    """The form's fields; a field without a value counts as left out, a field given twice is refused (section 3.2)."""
    if content_type.split(";")[0].strip().lower() != FORM or len(body) > MAX_BYTES:
        raise _RefusedError(OAuthErrorCode.invalid_request, f"The request is a form of type {FORM}.")
    try:
        pairs = parse_qsl(body.decode("ascii"), encoding="utf-8", errors="strict", max_num_fields=20)
    except ValueError:
        raise _RefusedError(OAuthErrorCode.invalid_request, "The form cannot be read.") from None
    form = dict(pairs)
    if len(form) != len(pairs):
        raise _RefusedError(OAuthErrorCode.invalid_request, "A field stands twice.")
    return form


def _credentials(authorization: str | None, form: dict[str, str]) -> tuple[str, str]:
    """Client id and secret from HTTP Basic or from the form, never from both (section 2.3)."""
    in_form = "client_secret" in form
    if authorization is None:
        if not in_form or "client_id" not in form:
            raise _RefusedError(OAuthErrorCode.invalid_client, "The client's id and secret are missing.", 401)
        return form["client_id"], form["client_secret"]
    if in_form:
        raise _RefusedError(OAuthErrorCode.invalid_request, "The client gives its secret one way only.")
    kind, _, encoded = authorization.partition(" ")
    try:
        if kind.lower() != "basic":
            raise ValueError(kind)
        name, _, secret = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (ValueError, binascii.Error):
        raise _unknown_client() from None
    if form.get("client_id", unquote_plus(name)) != unquote_plus(name):
        raise _RefusedError(OAuthErrorCode.invalid_request, "client_id names another client.")
    return unquote_plus(name), unquote_plus(secret)
