"""An installation elsewhere, asked by a service account or a person: each way in which that fails is one sentence."""

import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from puumerkki.cli.installation import fail

ANSWER_SECONDS = 120
"""The server answers lines once it has stored two thousand of them."""
TIMEOUT = httpx.Timeout(ANSWER_SECONDS, connect=10)
WAITS: tuple[float, ...] = (0.5, 1, 2, 4, 8, 15)
"""Seconds before a request that got no answer is sent again."""
AWAY = frozenset({502, 503, 504})
SOON_OVER = 30
"""Seconds before its end from which on a token is used no more."""
AGAIN = "Run the same command again: what is stored already is unchanged then."


@dataclass
class Server:
    """A server and who asks it: a service account by its id, or a person by the address that they sign in with.

    Each request is safe to repeat: those that change something carry a key.
    """

    url: str
    account: UUID | str
    secret: str = field(repr=False)
    _http: httpx.Client = field(init=False)
    _token: str = field(default="", repr=False)
    _ends: float = 0

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=f"{self.url}/api/v1", timeout=TIMEOUT)

    def close(self) -> None:
        """End a person's session, where the server still answers, and the connections."""
        if self._token and not isinstance(self.account, UUID):
            with suppress(httpx.HTTPError):
                self._http.post("/auth/logout", headers={"Origin": self.url, "X-Puumerkki": "command"})
        self._http.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | Path | None = None,
        version: int | None = None,
        about: str = "",
        **more: Any,
    ) -> httpx.Response:
        """The answer, where it is a good one; otherwise the command ends.

        `body`: bytes, or the file that is sent; `version`: for If-Match; `about`: what a refusal is about.
        """
        headers = more.pop("headers", {}) | {"Idempotency-Key": uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'

        def once() -> httpx.Response:
            bearer = {"Authorization": f"Bearer {self._access_token()}"}
            with body.open("rb") if isinstance(body, Path) else nullcontext(body) as content:
                return self._http.request(method, path, headers=headers | bearer, content=content, **more)

        return self._good(self._sent(once, WAITS), about)

    def _access_token(self) -> str:
        if time.monotonic() > self._ends:
            answer = self._sent(self._sign_in, WAITS if self._token else ())
            if answer.status_code == 401:
                raise fail(f"{self.url} does not know {self.account}, or the secret is wrong.")
            found = self._good(answer).json()
            self._token, self._ends = found["access_token"], time.monotonic() + found["expires_in"] - SOON_OVER
        return self._token

    def _sign_in(self) -> httpx.Response:
        if isinstance(self.account, UUID):
            given, credentials = {"grant_type": "client_credentials"}, (str(self.account), self.secret)
            return self._http.post("/oauth/token", data=given, auth=credentials)
        return self._http.post("/auth/login", json={"email": self.account, "password": self.secret})

    def _sent(self, once: Callable[[], httpx.Response], waits: tuple[float, ...]) -> httpx.Response:
        """The answer to a request that is sent again where there was none; without one the command ends."""
        for wait in waits:
            with suppress(httpx.NetworkError, httpx.TimeoutException, httpx.RemoteProtocolError):
                answer = once()
                if answer.status_code not in AWAY:
                    return answer
            time.sleep(wait)
        try:
            return once()
        except httpx.TransportError as error:
            raise fail(self._why(error)) from None

    def _why(self, error: httpx.TransportError) -> str:
        if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError):
            return f"{self.url} cannot be reached ({error}). {AGAIN}"
        if isinstance(error, httpx.TimeoutException):
            return f"{self.url} has not answered for {ANSWER_SECONDS} seconds. {AGAIN}"
        return f"The connection to {self.url} was lost. {AGAIN}"

    def _good(self, answer: httpx.Response, about: str = "") -> httpx.Response:
        """Ends the command with what the server says where the answer is no good one."""
        if answer.is_success and "text/html" not in answer.headers.get("content-type", ""):
            return answer
        raise fail(f"{about}: {self._said(answer)}" if about else self._said(answer))

    def _said(self, answer: httpx.Response) -> str:
        if answer.is_redirect:
            return f"{self.url} leads on to {answer.headers.get('location')}: give that address with --server."
        if answer.status_code == 429:
            return f"{self.url} asks to wait {answer.headers.get('retry-after', '60')} seconds before the next try."
        if answer.status_code in AWAY:
            return f"{self.url} is not ready ({answer.status_code}). {AGAIN}"
        try:
            found = answer.json()
            said = found.get("title") or found["error_description"]
        except (ValueError, KeyError, AttributeError):
            return f"{self.url} does not answer as Puumerkki does ({answer.status_code}). Check --server."
        fields = [f"{one['pointer'].strip('/')}: {one['message']}" for one in found.get("errors") or ()]
        return " ".join([f"{self.url} refuses: {said}", *fields])
