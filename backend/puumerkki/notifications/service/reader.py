"""What people do with their notices: see them."""

from sqlalchemy import or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel import clock
from puumerkki.notifications.models import Notice, OpenTask
from puumerkki.notifications.schemas import NoticesSeen


async def see_notices(session: AsyncSession, actor: Actor, given: NoticesSeen) -> None:
    """Note that somebody has seen what they were told, all of it or of one thing. Again changes nothing."""
    actor.require_person()
    unseen = update(Notice).where(col(Notice.principal_id) == actor.id, col(Notice.seen_at).is_(None))
    if given.subject_id is not None:
        about = select(col(OpenTask.id)).where(col(OpenTask.subject_id) == given.subject_id)
        unseen = unseen.where(or_(col(Notice.task_id).in_(about), col(Notice.root_id) == given.subject_id))
    await session.exec(unseen.values(seen_at=clock.now()))
