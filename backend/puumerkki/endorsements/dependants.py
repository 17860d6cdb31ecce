"""What stands on an endorsement. The rooms above tell; `wiring` fills the registry here at start.

Calls and not events: the gate is deferred before an endorsement ends, and what stands on it moves before that is told.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements.models.endorsements import Endorsement


class Move(Protocol):
    """What stands on `old` stands on `new` from now on; both are there, `old` has ended."""

    async def __call__(self, session: AsyncSession, *, old: Endorsement, new: Endorsement) -> None: ...


class Release(Protocol):
    """What stands on an endorsement that is about to end. `superseded`: by a newer version, not revoked."""

    async def __call__(
        self, session: AsyncSession, *, endorsement: Endorsement, actor_id: UUID | None, superseded: bool
    ) -> None: ...


async def _nothing(*_: object, **__: object) -> None:
    """What a room does that takes no part in a step."""


@dataclass(frozen=True, kw_only=True)
class Dependant:
    """What one room has to do with an endorsement that moves or ends, under its lock.

    `defer`: called before the old one ends, for what is checked when the transaction ends. `expire`: the last day of an
    endorsement is over.
    """

    kind: str
    defer: Callable[[AsyncSession], Awaitable[None]] = _nothing
    move: Move = _nothing
    release: Release = _nothing
    expire: Callable[[AsyncSession, Endorsement], Awaitable[None]] = _nothing


_dependants: dict[str, Dependant] = {}


def register(dependant: Dependant) -> None:
    """Make a room's part known, in the order of floors. Called by a room's manifest only; again replaces it."""
    _dependants[dependant.kind] = dependant


def dependants() -> Sequence[Dependant]:
    """All of them, in the order of floors. Without any this raises: no endorsement ends under what stands on it."""
    if not _dependants:
        raise RuntimeError("nothing stands on endorsements: wiring.connect() comes first")
    return list(_dependants.values())
