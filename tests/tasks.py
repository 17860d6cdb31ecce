"""What waits for somebody, as the API tells it, whatever the clock says: tokens end while a test moves it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.activity import tasks
from puumerkki.activity.schemas import TaskSort
from puumerkki.kernel.db import driver_connection
from puumerkki.kernel.reads.read_pool import PinnedReads
from puumerkki.kernel.tasks import Task


@dataclass(frozen=True)
class Waits:
    """One of them."""

    kind: str
    subject_kind: str
    subject_id: UUID
    network_id: UUID | None
    organisation_id: UUID | None
    due_on: date | None
    created_at: datetime


async def tasks_of(session: AsyncSession, person_id: UUID | None, declared: Iterable[Task]) -> list[Waits]:
    """What waits for a person of the kinds that a room declares."""
    await session.flush()
    pool, caller = PinnedReads(await driver_connection(session)), Caller(id=person_id, kind=PrincipalKind.user)
    items: list[Any] = json.loads(await tasks.tasks(pool, caller=caller, kind=None, sort=TaskSort.due))["items"]
    kinds = {(one.kind, one.subject) for one in declared}
    return [
        Waits(
            item["kind"],
            item["subject"]["kind"],
            UUID(item["subject"]["id"]),
            item["network_id"] and UUID(item["network_id"]),
            item["organisation_id"] and UUID(item["organisation_id"]),
            item["due_on"] and date.fromisoformat(item["due_on"]),
            datetime.fromisoformat(item["created_at"]),
        )
        for item in items
        if (item["kind"], item["subject"]["kind"]) in kinds
    ]
