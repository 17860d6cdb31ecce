"""Comments: written by the audience, changed by their author, removed by the author or the operator."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.discussions import errors, events, queries
from puumerkki.discussions.models import Comment
from puumerkki.discussions.schemas import CommentCreate, CommentUpdate
from puumerkki.discussions.service import mentions
from puumerkki.discussions.service.audience import require_audience
from puumerkki.kernel import clock
from puumerkki.kernel.errors import Forbidden, NotFound, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref


async def add_comment(session: AsyncSession, *, actor: Actor, given: CommentCreate) -> Comment:
    """Write a comment to an audience of which one is."""
    subject = Ref(given.subject_kind, given.subject_id)
    await require_audience(session, actor, subject, given.audience)
    if given.reply_to_id is not None:
        answered = await session.get(Comment, given.reply_to_id)
        if answered is None or (answered.subject_id, answered.audience) != (given.subject_id, given.audience):
            raise invalid(
                "/reply_to_id", "comment_unknown", "Reply to a comment on the same thing, to the same audience."
            )
    made = Comment(
        subject_kind=subject.kind,
        subject_id=subject.id,
        audience=given.audience,
        author_id=actor.person_id(),
        part=given.part,
        body=given.body,
        mentioned_ids=await mentions.named_in(session, actor, given.body, subject, given.audience),
        reply_to_id=given.reply_to_id,
    )
    session.add(made)
    told = events.CommentAdded(
        subject=subject,
        comment_id=made.id,
        mentioned=tuple(made.mentioned_ids),
        seen_by=events.TIERS[made.audience],
    )
    await publish(session, told, actor_id=actor.id)
    await _tell_named(session, actor, made, made.mentioned_ids)
    return made


async def change_comment(
    session: AsyncSession, *, actor: Actor, comment_id: UUID, if_version: int | None, given: CommentUpdate
) -> Comment:
    """Write one's own comment anew."""
    found = await queries.comment(session, actor, comment_id, for_update=True)
    if found.author_id != actor.id:
        raise Forbidden()
    require_version(found, if_version)
    if found.removed_at is not None:
        raise errors.CommentRemoved()
    subject, before = Ref(found.subject_kind, found.subject_id), found.mentioned_ids
    found.body = given.body
    found.mentioned_ids = await mentions.named_in(session, actor, given.body, subject, found.audience, before=before)
    told = events.CommentChanged(
        subject=subject,
        comment_id=found.id,
        changed=("body",),
        seen_by=events.TIERS[found.audience],
    )
    await publish(session, told, actor_id=actor.id)
    await _tell_named(session, actor, found, [one for one in found.mentioned_ids if one not in before])
    return found


async def _tell_named(session: AsyncSession, actor: Actor, comment: Comment, people: Sequence[UUID]) -> None:
    if people:
        told = events.CommentMentioned(
            subject=Ref(comment.subject_kind, comment.subject_id),
            comment_id=comment.id,
            principal_ids=tuple(people),
            seen_by=events.TIERS[comment.audience],
        )
        await publish(session, told, actor_id=actor.id)


async def remove_comment(session: AsyncSession, *, actor: Actor, comment_id: UUID, if_version: int | None) -> None:
    """Take away a comment's text; its place stays. The operator may do so without being able to read it."""
    operates = actor.may(P.platform_operate)
    if operates:
        found = await session.get(Comment, comment_id, with_for_update=True)
        if found is None:
            raise NotFound()
    else:
        found = await queries.comment(session, actor, comment_id, for_update=True)
    if found.author_id != actor.id and not operates:
        raise Forbidden()
    require_version(found, if_version)
    if found.removed_at is not None:
        raise errors.CommentRemoved()
    found.body, found.mentioned_ids = None, []
    found.removed_at = clock.now()
    told = events.CommentRemoved(
        subject=Ref(found.subject_kind, found.subject_id),
        comment_id=found.id,
        seen_by=events.TIERS[found.audience],
    )
    await publish(session, told, actor_id=actor.id)
