"""Writes down who is told of events: each once, and what comes together on one thing as one notice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel import clock
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.tells import Tell
from puumerkki.notifications import hours
from puumerkki.notifications.models import Channel, Digest, Notice, Step
from puumerkki.notifications.service.audiences import Happened, audience, needed, sides
from puumerkki.notifications.service.channels import channel_of, wishes

Thing = tuple[str, UUID]
_UNDER_NETWORK = frozenset({"network_member", "rulebook"})
"""What happens to these is gathered under their network: five hundred members that joined are one line."""
_WRITTEN = 1000
"""So many notices one statement writes."""


@dataclass(frozen=True)
class _Around:
    """What an event is about: what its line is gathered under, its network and its organisation."""

    root: Thing
    network_id: UUID | None
    organisation_id: UUID | None

    def ids(self) -> tuple[UUID, ...]:
        return tuple(one for one in (self.network_id, self.organisation_id) if one is not None)


async def tell_happened(
    session: AsyncSession,
    events: Sequence[Happened],
    asked: Iterable[tuple[UUID, UUID]] = (),
    *,
    shown_only: bool = False,
) -> int:
    """Write a notice to everybody whom these events are told; how many.

    `asked`: who was just told of a task on what; the task says it. `shown_only`: no mail tells of it.
    """
    told = await audience(session, events)
    around = await _around(session, events)
    asks = frozenset(asked)
    gathered: dict[tuple[UUID, str, str, Thing], list[tuple[Happened, Tell]]] = defaultdict(list)
    for event in events:
        for person, tell in told.get(event.position, {}).items():
            if (person, event.subject_id) not in asks:
                key = person, event.type, event.tier.value, around[event.position].root
                gathered[key].append((event, tell))
    wished = await wishes(session, {person for person, *_ in gathered})
    now = clock.now()
    rows: list[dict[str, Any]] = []
    for (person, _, _, (root_kind, root_id)), found in gathered.items():
        event, tell = found[-1]
        place = around[event.position]
        channel = (
            Channel.bell
            if shown_only
            else channel_of(wished[person], tell, place.ids(), thing=root_id, occurred_at=event.occurred_at, now=now)
        )
        rows.append(
            {
                "id": new_id(),
                "created_at": event.occurred_at if shown_only else now,
                "principal_id": person,
                "position": event.position,
                "kind": event.type,
                "tier": None if needed(event.tier, tell) is None else event.tier,
                "subject_kind": event.subject_kind,
                "subject_id": event.subject_id,
                "root_kind": root_kind,
                "root_id": root_id,
                "network_id": place.network_id,
                "organisation_id": place.organisation_id if len(found) == 1 else None,
                "count": len(found),
                "row": tell.row,
                "step": Step.told,
                **planned(channel, now),
            }
        )
    written = 0
    for start in range(0, len(rows), _WRITTEN):
        part = insert(Notice).values(rows[start : start + _WRITTEN])
        written += len((await session.exec(part.on_conflict_do_nothing().returning(col(Notice.id)))).all())
    return written


def planned(channel: Channel, now: Any) -> dict[str, Any]:
    """When a mail tells of it, if one does."""
    return {
        "send_at": hours.opens(now) if channel == Channel.now else None,
        "digest": Digest(channel.value) if channel in (Channel.daily, Channel.weekly) else None,
    }


async def _around(session: AsyncSession, events: Sequence[Happened]) -> Mapping[int, _Around]:
    networks = await sides(session, "network", events)
    authorities = await sides(session, "authority", [one for one in events if one.subject_kind == "partner_request"])
    ids = {one.subject_id for one in events if one.subject_kind == "endorsement"}
    endorsed = dict(
        (await session.exec(select(Endorsement.id, Endorsement.handling_id).where(col(Endorsement.id).in_(ids)))).all()
    )
    found: dict[int, _Around] = {}
    for event in events:
        network = event.named("network_id") or _only(networks.get(event.position))
        organisation = event.named("organisation_id") or _only(authorities.get(event.position))
        if organisation is None and event.subject_kind == "organisation":
            organisation = event.subject_id
        root = event.subject_kind, event.subject_id
        if event.subject_kind in _UNDER_NETWORK and network is not None:
            root = "network", network
        elif event.subject_id in endorsed:
            root = "handling", endorsed[event.subject_id]
        found[event.position] = _Around(root, network, organisation)
    return found


def _only(scopes: Iterable[UUID | None] | None) -> UUID | None:
    found = list(scopes or ())
    return found[0] if len(found) == 1 else None
