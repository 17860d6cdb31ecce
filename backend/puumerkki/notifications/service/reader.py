"""What people do with their notices: see them, and choose how they are told."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel import clock
from puumerkki.notifications.models import Notice, NoticeChoice, NoticeRow, OpenTask
from puumerkki.notifications.schemas import NoticeChoiceSet, NoticesSeen


async def see_notices(session: AsyncSession, actor: Actor, given: NoticesSeen) -> None:
    """Note that somebody has seen what they were told, all of it or of one thing. Again changes nothing."""
    actor.require_person()
    unseen = update(Notice).where(col(Notice.principal_id) == actor.id, col(Notice.seen_at).is_(None))
    if given.subject_id is not None:
        about = select(col(OpenTask.id)).where(col(OpenTask.subject_id) == given.subject_id)
        unseen = unseen.where(col(Notice.task_id).in_(about))
    await session.exec(unseen.values(seen_at=clock.now()))


async def choose(session: AsyncSession, actor: Actor, row: NoticeRow, given: NoticeChoiceSet) -> UUID:
    """Choose how one is told of what belongs to a row, or leave it to the defaults again."""
    actor.require_person()
    person = actor.person_id()
    if given.channel is None:
        mine = (col(NoticeChoice.principal_id) == person, col(NoticeChoice.row) == row)
        await session.exec(delete(NoticeChoice).where(*mine))
        return person
    chosen = insert(NoticeChoice).values(principal_id=person, row=row, channel=given.channel)
    await session.exec(
        chosen.on_conflict_do_update(index_elements=["principal_id", "row"], set_={"channel": given.channel})
    )
    return person
