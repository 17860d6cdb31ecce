"""The cases in which ties are disputed. Their rooms tell how; `wiring` fills the registry here at start."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.disqualification.models.ties import TieQuestion
from puumerkki.disqualification.queries.settled_ties import Scope, in_authority, in_network

DAYS = 7
"""So long a question waits for whoever settles it, at most."""


@dataclass(frozen=True, kw_only=True)
class TieCase:
    """The case in which it is asked: a network's handling, or an authority's request, with one of the two.

    `row`: as its room has it, for that room alone.
    """

    row: Any = field(repr=False, compare=False)
    id: UUID
    application_id: UUID
    version_number: int
    network_id: UUID | None = None
    authority_id: UUID | None = None

    @property
    def where(self) -> UUID:
        """The network or the authority."""
        where = self.network_id or self.authority_id
        assert where is not None
        return where

    @property
    def scope(self) -> Scope:
        return in_network(self.where) if self.network_id else in_authority(self.where)

    @property
    def subject(self) -> str:
        return "handling" if self.network_id else "partner_request"


class Settles(Protocol):
    """Whether somebody may settle a question: a second person of the network, or an untied decider."""

    async def __call__(self, session: AsyncSession, actor: Actor, case: TieCase, question: TieQuestion) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class CaseKind:
    """How one room has such cases.

    `find`: the case of an application before a network or an authority. `readable`: one by its id, or NotFound.
    `lock`: locked as every step locks it, and read anew. `is_over`: nothing is done in it any more for which a tie
    counts. `acting`: who acts in it, by name. `settlers`: who could settle a question now; `may_settle` of a caller.
    `settle_by`: until when one that is asked now is settled. `carry_out`: what follows as it takes effect.
    """

    find: Callable[[AsyncSession, UUID, UUID], Awaitable[TieCase]]
    readable: Callable[[AsyncSession, Actor, UUID], Awaitable[TieCase]]
    lock: Callable[[AsyncSession, TieCase], Awaitable[TieCase]]
    is_over: Callable[[AsyncSession, TieCase], Awaitable[bool]]
    acting: Callable[[AsyncSession, TieCase], Awaitable[Sequence[tuple[UUID, str]]]]
    settlers: Callable[[AsyncSession, TieCase, TieQuestion], Awaitable[Sequence[UUID]]]
    may_settle: Settles
    settle_by: Callable[[AsyncSession, TieCase], Awaitable[datetime]]
    carry_out: Callable[[AsyncSession, TieCase, TieQuestion], Awaitable[None]]


_kinds: dict[str, CaseKind] = {}


def register(subject: str, kind: CaseKind) -> None:
    """Make a kind of case known by what it is the subject of. Called by a room's manifest only; again replaces it."""
    _kinds[subject] = kind


def kind_of(case: TieCase | TieQuestion) -> CaseKind:
    """How a case is had, or the one that a question is of."""
    return _kinds["handling" if case.network_id else "partner_request"]


async def case_of(session: AsyncSession, question: TieQuestion) -> TieCase:
    """The case that a question is of."""
    where = question.network_id or question.authority_id
    assert where is not None
    return await kind_of(question).find(session, question.application_id, where)
