"""What is still to be told of what happened, asked when the mail leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.discussions.models import Comment
from puumerkki.kernel import clock
from puumerkki.kernel.tells import Tell
from puumerkki.notifications.models import Channel, Notice
from puumerkki.notifications.service.audiences import Happened, audience, happened_at
from puumerkki.notifications.service.channels import BELL_AFTER, channel_of, wishes
from puumerkki.notifications.service.happenings import planned

_MENTIONED = "comment.mentioned"
_WRITTEN = frozenset({"comment.added", _MENTIONED})
_OFTEN = (Channel.now, Channel.daily, Channel.weekly)


@dataclass(frozen=True)
class News:
    """A notice of an event that is told now, and as whom its reader is told."""

    notice: Notice
    event: Happened
    tell: Tell


async def settle(session: AsyncSession, person: UUID, notices: Sequence[Notice]) -> list[News]:
    """Those that are told now.

    Dropped are those that the person has seen, or may not know of any more, and comments that were removed, or name the
    person no more. One that they want less often by now, or whose moment has passed, waits for its digest.
    """
    now = clock.now()
    unseen = [one for one in notices if one.seen_at is None]
    for one in notices:
        if one.seen_at is not None:
            one.dropped_at = now
    events = await happened_at(session, [one.position for one in unseen if one.position is not None])
    told = await audience(session, events, among=person)
    by_position: Mapping[Any, Happened] = {one.position: one for one in events}
    taken_back = await _taken_back(session, person, events)
    wished = (await wishes(session, [person]))[person]
    found = []
    for one in unseen:
        event = by_position.get(one.position)
        tell = None if event is None else told.get(event.position, {}).get(person)
        # of several that came together the others still stand
        undone = one.position in taken_back and one.count == 1
        if event is None or tell is None or undone or now - one.created_at > 2 * BELL_AFTER:
            one.dropped_at = now
            continue
        due = Channel.now if one.digest is None else Channel(one.digest.value)
        about = [key for key in (one.network_id, one.organisation_id) if key is not None]
        since = event.occurred_at if due == Channel.now else now
        channel = channel_of(wished, tell, about, thing=one.root_id or event.subject_id, occurred_at=since, now=now)
        if channel == Channel.bell:
            one.dropped_at = now
        elif _OFTEN.index(channel) > _OFTEN.index(due):
            for name, value in planned(channel, now).items():
                setattr(one, name, value)
        else:
            found.append(News(one, event, tell))
    return found


async def _taken_back(session: AsyncSession, person: UUID, events: Sequence[Happened]) -> set[int]:
    """The positions of comments that were removed, and of mentions that were taken out of a comment."""
    of = {one.position: key for one in events if one.type in _WRITTEN and (key := one.named("comment_id")) is not None}
    if not of:
        return set()
    rows = await session.exec(
        select(Comment.id, Comment.mentioned_ids).where(
            col(Comment.id).in_(set(of.values())), col(Comment.removed_at).is_(None)
        )
    )
    still = dict(rows.all())
    mentions = {one.position for one in events if one.type == _MENTIONED}
    return {
        position
        for position, key in of.items()
        if key not in still or (position in mentions and person not in still[key])
    }
