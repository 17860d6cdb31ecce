"""Points to mend: raised by the rooms above, answered by the applicants' side, settled by who leads the case."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.discussions import events, queries
from puumerkki.discussions.models import PointState, PointToMend
from puumerkki.discussions.workflow import ANSWERERS, LEADERS, POINT, AudienceMember
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref


async def raise_points(
    session: AsyncSession, *, subject: Ref, points: Sequence[tuple[str | None, str]], actor: Actor
) -> list[PointToMend]:
    """Raise points on a subject: (part, body) each. The caller has checked that the actor may."""
    made = [
        PointToMend(subject_kind=subject.kind, subject_id=subject.id, part=part, body=body, raised_by=actor.person_id())
        for part, body in points
    ]
    session.add_all(made)
    for point in made:
        await publish(session, events.PointRaised(subject=subject, point_id=point.id), actor_id=actor.id)
    return made


async def answer_point(
    session: AsyncSession, *, actor: Actor, point_id: UUID, if_version: int | None, answer: str
) -> PointToMend:
    """Answer a point, or answer it anew, as one of the subject's `answerers`."""
    found = await queries.point(session, actor, point_id, for_update=True)
    who = AudienceMember(await queries.audiences_of_point(session, actor, found))
    who.require(ANSWERERS)
    require_version(found, if_version)
    POINT.apply("answer", found, actor=who)
    found.answer = answer
    found.answered_by = actor.person_id()
    await publish(session, events.PointAnswered(subject=_subject(found), point_id=found.id), actor_id=actor.id)
    return found


async def settle_point(session: AsyncSession, *, actor: Actor, point_id: UUID, if_version: int | None) -> PointToMend:
    """Say that a point has been mended, as one of the subject's `leaders`."""
    found = await queries.point(session, actor, point_id, for_update=True)
    who = AudienceMember(await queries.audiences_of_point(session, actor, found))
    who.require(LEADERS)
    require_version(found, if_version)
    POINT.apply("settle", found, actor=who)
    await publish(session, events.PointSettled(subject=_subject(found), point_id=found.id), actor_id=actor.id)
    return found


async def settle_all(session: AsyncSession, subject: Ref, actor_id: UUID | None) -> None:
    """Settle every point of a subject that is not settled, as a consequence of something else."""
    statement = (
        select(PointToMend)
        .where(
            col(PointToMend.subject_kind) == subject.kind,
            col(PointToMend.subject_id) == subject.id,
            col(PointToMend.state) != PointState.settled,
        )
        .order_by(col(PointToMend.id))
        .with_for_update()
    )
    for point in (await session.exec(statement)).all():
        POINT.apply("settle", point, actor=None)
        await publish(session, events.PointSettled(subject=subject, point_id=point.id), actor_id=actor_id)


def _subject(point: PointToMend) -> Ref:
    return Ref(point.subject_kind, point.subject_id)
