"""What the routes that begin or end a session share: the cookie, its guard, and the answer."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Cookie, Depends, Header, Request, Response

from puumerkki.identity.errors import OriginRefused
from puumerkki.identity.rate_limits import DEVICE_KNOWN
from puumerkki.identity.schemas.people import SessionAnswer
from puumerkki.identity.service.sessions import StartedSession
from puumerkki.kernel.settings import get_settings

COOKIE = "puumerkki_refresh"
DEVICE_COOKIE = "puumerkki_device"
COOKIE_PATH = "/api/v1/auth"


DeviceCookie = Annotated[
    str | None, Cookie(alias=DEVICE_COOKIE, max_length=200, description="That its person signed in on it lately.")
]


def client_address(request: Request) -> str | None:
    """The network address that tries are counted by."""
    return request.client.host if request.client else None


def answer_session(response: Response, started: StartedSession) -> SessionAnswer:
    """The access token as the answer, the others as cookies that scripts cannot read.

    That of the device outlives the session: signing out is no reason to be kept out with others later.
    """
    settings = get_settings()
    of_device = int(DEVICE_KNOWN.total_seconds())
    for name, value, seconds in (
        (COOKIE, started.refresh_token, started.unused_ends_in),
        (DEVICE_COOKIE, started.device, of_device),
    ):
        response.set_cookie(
            name,
            value,
            max_age=seconds,
            path=COOKIE_PATH,
            secure=settings.cookies_are_secure,
            httponly=True,
            samesite="strict",
        )
    return SessionAnswer(
        access_token=started.access_token,
        expires_in=started.expires_in,
        person_id=started.person_id,
        unused_ends_in=started.unused_ends_in,
        ends_in=started.ends_in,
    )


def clear_session_cookie(response: Response) -> None:
    """Delete the session's cookie."""
    response.delete_cookie(
        COOKIE, path=COOKIE_PATH, secure=get_settings().cookies_are_secure, httponly=True, samesite="strict"
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


async def _from_our_pages(
    origin: Annotated[str | None, Header(max_length=300, description="The page's origin, as browsers send it.")] = None,
    x_puumerkki: Annotated[str | None, Header(max_length=100, description="Any value; forms cannot send it.")] = None,
) -> None:
    settings = get_settings()
    allowed = {_origin(url) for url in (settings.public_url, *settings.allowed_origins)}
    if x_puumerkki is None or origin is None or origin.lower() not in allowed:
        raise OriginRefused()


FromOurPages = Depends(_from_our_pages)
"""For operations that go by the cookie: they ask for an allowed `Origin` and the header `X-Puumerkki`."""
