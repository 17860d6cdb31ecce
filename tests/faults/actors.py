"""Twenty people at work at once. Each tries again, with the same Idempotency-Key, what got no clear answer."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

GIVE_UP = 90.0
UNCLEAR = frozenset({500, 502, 503, 504})
EXPECTED = frozenset({403, 404, 409, 412})
"""What others did meanwhile: the rule was in force, and that is an answer, too."""


@dataclass
class Ledger:
    """What was promised to people: each answer of success, to be held against the database in the end."""

    requests: int = 0
    retries: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    """By status, the unclear ones included."""
    odd: list[str] = field(default_factory=list)
    applications: dict[str, bool] = field(default_factory=dict)
    """By title, which nobody else uses: whether its making was acknowledged."""
    comments: dict[str, bool] = field(default_factory=dict)
    invitations: dict[str, bool] = field(default_factory=dict)
    votes: set[tuple[str, str]] = field(default_factory=set)
    imports: dict[str, tuple[str | None, list[str]]] = field(default_factory=dict)
    """By name of the file: the job, if acknowledged, and the register numbers in it."""
    followed: dict[str, list[int]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)


class NoAnswer(Exception):
    """Nothing clear came back within our patience."""


@dataclass
class Voice:
    """The API as one person reaches it."""

    client: httpx.AsyncClient
    ledger: Ledger
    token: str | None
    rng: random.Random

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send until there is a clear answer."""
        headers = {"Idempotency-Key": uuid4().hex} if method == "POST" else {}
        headers |= options.pop("headers", {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        ledger, pause = self.ledger, 0.1
        ledger.requests += 1
        try:
            async with asyncio.timeout(GIVE_UP):
                while True:
                    try:
                        answer = await self.client.request(method, f"/api/v1{path}", headers=headers, **options)
                        ledger.answers[answer.status_code] += 1
                        if answer.status_code not in UNCLEAR:
                            break
                    except httpx.TransportError:
                        pass
                    ledger.retries += 1
                    await asyncio.sleep(pause * (0.5 + self.rng.random()))
                    pause = min(pause * 2, 3)
        except TimeoutError:
            raise NoAnswer(f"{method} {path}") from None
        if not answer.is_success and answer.status_code not in EXPECTED:
            ledger.odd.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer

    async def get(self, path: str, **params: Any) -> Any:
        """What is there; None where it is not for us."""
        answer = await self.send("GET", path, params=params)
        return answer.json() if answer.is_success else None

    async def items(self, path: str, **params: Any) -> list[dict[str, Any]]:
        page = await self.get(path, **params)
        return page["items"] if page else []

    async def act(self, path: str, action: str, body: dict[str, Any] | None = None) -> bool:
        """A workflow's step, having read; whether it was taken."""
        seen = await self.send("GET", path)
        if not seen.is_success:
            return False
        tag = {"If-Match": seen.headers["etag"]}
        taken = (await self.send("POST", f"{path}/{action}", json=body or {}, headers=tag)).is_success
        if taken:
            self.ledger.done[action] += 1
        return taken
