"""Reads, and who may see what: the reader of a subject who is of the audience."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SelectBase, and_, any_, case, false, func, null, or_, text, union_all
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.discussions.models import Attachment, Audience, Comment, PointState, PointToMend
from puumerkki.discussions.workflow import ANSWERERS, LEADERS
from puumerkki.identity.models import ServiceAccount, User
from puumerkki.kernel import subjects
from puumerkki.kernel.errors import FieldProblem, Invalid, NotFound
from puumerkki.kernel.reads.listings import Columns, Filter, Listing, Sort, json_object
from puumerkki.kernel.reads.statements import Statement, param
from puumerkki.kernel.subjects import Ref

Row = type[Comment] | type[Attachment] | type[PointToMend]


def _knows(known: subjects.Subject, subject_id: Any, caller: Caller, outer: Row | None = None) -> ColumnElement[bool]:
    """SQL: the caller may know of the subject with this id."""
    ids = known.readable(caller)
    found = ids.where(next(iter(ids.selected_columns)) == subject_id)
    if outer is not None:
        found = found.correlate(outer)
    return found.exists()


def _audience_of(known: subjects.Subject, audience: Audience, subject_id: Any, caller: Caller) -> ColumnElement[bool]:
    sees = known.audiences.get(audience.value)
    return false() if sees is None else sees(subject_id, caller)


def visible(row: Row, kind: str, caller: Caller) -> ColumnElement[bool]:
    """SQL over comments, attachments or points on a kind of subject: those that a caller may see.

    One kind at a time: the condition depends on it, and all kinds' conditions together are slow to plan.
    """
    if caller.anonymous:
        return false()
    known, subject_id = subjects.subject(kind), col(row.subject_id)
    if issubclass(row, PointToMend):
        of_audience = _audience_of(known, Audience.applicants, subject_id, caller)
    else:
        of_audience = or_(
            *(
                and_(col(row.audience) == audience, _audience_of(known, audience, subject_id, caller))
                for audience in Audience
                if audience.value in known.audiences
            ),
            false(),
        )
    return and_(col(row.subject_kind) == kind, _knows(known, subject_id, caller, row), of_audience)


async def _sees(session: AsyncSession, caller: Caller, subject: Ref, audience: Audience) -> bool:
    """Whether the caller reads the subject and is of the audience."""
    return audience.value in await audiences_of(session, caller, subject, (audience.value,))


def _name_of(principal_id: Any) -> ColumnElement[Any]:
    """The name of a person or service as a scalar subquery; null for the erased."""
    person = select(func.nullif(col(User.name), "")).where(col(User.id) == principal_id).scalar_subquery()
    service = select(col(ServiceAccount.name)).where(col(ServiceAccount.id) == principal_id).scalar_subquery()
    return func.coalesce(person, service)


def _author(principal_id: Any) -> ColumnElement[Any]:
    return json_object({"id": principal_id, "name": _name_of(principal_id)})


_MENTIONED = func.coalesce(
    select(func.json_agg(json_object({"id": col(User.id), "name": func.nullif(col(User.name), "")})))
    .where(col(User.id) == any_(col(Comment.mentioned_ids)))
    .correlate(Comment)
    .scalar_subquery(),
    text("'[]'::json"),
)
_COMMENT: Columns = {
    "id": col(Comment.id),
    "subject_kind": col(Comment.subject_kind),
    "subject_id": col(Comment.subject_id),
    "audience": col(Comment.audience),
    "author": _author(col(Comment.author_id)),
    "part": col(Comment.part),
    "body": col(Comment.body),
    "mentions": _MENTIONED,
    "reply_to_id": col(Comment.reply_to_id),
    "created_at": col(Comment.created_at),
    "updated_at": col(Comment.updated_at),
    "removed_at": col(Comment.removed_at),
    "version": col(Comment.version),
}
_POINT: Columns = {
    "id": col(PointToMend.id),
    "subject_kind": col(PointToMend.subject_kind),
    "subject_id": col(PointToMend.subject_id),
    "part": col(PointToMend.part),
    "body": col(PointToMend.body),
    "raised_by": _author(col(PointToMend.raised_by)),
    "answer": col(PointToMend.answer),
    "answered_by": case((col(PointToMend.answered_by).is_(None), null()), else_=_author(col(PointToMend.answered_by))),
    "state": col(PointToMend.state),
    "created_at": col(PointToMend.created_at),
    "updated_at": col(PointToMend.updated_at),
    "version": col(PointToMend.version),
}
_ATTACHMENT: Columns = {
    "id": col(Attachment.id),
    "subject_kind": col(Attachment.subject_kind),
    "subject_id": col(Attachment.subject_id),
    "audience": col(Attachment.audience),
    "name": col(Attachment.name),
    "media_type": col(Attachment.media_type),
    "size": col(Attachment.size),
    "digest": col(Attachment.digest),
    "uploaded_by": _author(col(Attachment.uploaded_by)),
    "created_at": col(Attachment.created_at),
    "removed_at": col(Attachment.removed_at),
    "version": col(Attachment.version),
}


def _listing(name: str, row: Row, item: Columns, kind: str, *kept: ColumnElement[bool]) -> Listing:
    return Listing(
        name=f"{name}_{kind}",
        item=item,
        source=lambda select: select.select_from(row).where(*kept),
        sorts={"created_at": Sort((col(row.created_at), col(row.id)))},
        readable=lambda caller: visible(row, kind, caller),
        filters={"subject_id": Filter(col(row.subject_id))}
        | ({"part": Filter(col(Comment.part))} if row is Comment else {}),
    )


@cache
def comments_on(kind: str) -> Listing:
    """The comments on a kind of subject, oldest first."""
    return _listing("comments", Comment, _COMMENT, kind)


@cache
def points_on(kind: str) -> Listing:
    """The points to mend of a kind of subject, oldest first."""
    return _listing("points", PointToMend, _POINT, kind)


@cache
def attachments_on(kind: str) -> Listing:
    """The files on a kind of subject, oldest first."""
    return _listing("attachments", Attachment, _ATTACHMENT, kind, col(Attachment.removed_at).is_(None))


async def is_readable(session: AsyncSession, caller: Caller, subject: Ref) -> bool:
    """Whether the caller may know of a subject; False for unknown kinds."""
    known = subjects.subjects().get(subject.kind)
    return known is not None and await subjects.audiences_of(session, caller, known, subject.id) is not None


async def require_readable(session: AsyncSession, caller: Caller, subject: Ref) -> None:
    """NotFound unless the caller may know of the subject."""
    if not await is_readable(session, caller, subject):
        raise NotFound()


async def require_subject(session: AsyncSession, caller: Caller, subject: Ref, *, pointer: str) -> None:
    """Invalid unless the subject that a body names is one that the caller may know of."""
    if subject.kind not in subjects.subjects():
        raise Invalid(
            problems=[FieldProblem(f"{pointer}/kind", "subject_kind_unknown", "There is no such kind of thing.")]
        )
    if not await is_readable(session, caller, subject):
        message = "There is no such thing, or you may not see it."
        raise Invalid(problems=[FieldProblem(f"{pointer}/id", "subject_unknown", message)])


async def audiences_of(session: AsyncSession, caller: Caller, subject: Ref, audiences: Sequence[str]) -> frozenset[str]:
    """Of which of these audiences of a subject the caller is; of none where it may not know of it."""
    known = subjects.subjects().get(subject.kind)
    if caller.anonymous or known is None:
        return frozenset()
    return await subjects.audiences_of(session, caller, known, subject.id, audiences) or frozenset()


async def audiences_of_point(session: AsyncSession, caller: Caller, point: PointToMend) -> frozenset[str]:
    """Whether the caller may answer or settle a point."""
    return await audiences_of(session, caller, Ref(point.subject_kind, point.subject_id), (ANSWERERS, LEADERS))


async def comment(session: AsyncSession, caller: Caller, comment_id: UUID, *, for_update: bool = False) -> Comment:
    """A comment that the caller may see, or NotFound."""
    found = await session.get(Comment, comment_id, with_for_update=for_update)
    if found is None or not await _sees(session, caller, _subject(found), found.audience):
        raise NotFound()
    return found


async def attachment(
    session: AsyncSession, caller: Caller, attachment_id: UUID, *, for_update: bool = False
) -> Attachment:
    """An attachment that the caller may see, or NotFound."""
    found = await session.get(Attachment, attachment_id, with_for_update=for_update)
    if found is None or not await _sees(session, caller, _subject(found), found.audience):
        raise NotFound()
    return found


async def point(session: AsyncSession, caller: Caller, point_id: UUID, *, for_update: bool = False) -> PointToMend:
    """A point that the caller may see, or NotFound; points are for all parties of a case."""
    found = await session.get(PointToMend, point_id, with_for_update=for_update)
    if found is None or not await _sees(session, caller, _subject(found), Audience.applicants):
        raise NotFound()
    return found


def _subject(row: Comment | Attachment | PointToMend) -> Ref:
    return Ref(row.subject_kind, row.subject_id)


def _names() -> SelectBase:
    wanted = param("ids", ARRAY(Uuid()))
    people = select(col(User.id), func.nullif(col(User.name), "")).where(col(User.id) == any_(wanted))
    services = select(col(ServiceAccount.id), col(ServiceAccount.name)).where(col(ServiceAccount.id) == any_(wanted))
    return union_all(people, services)


_NAMES = Statement(_names)


async def names_of(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, str | None]:
    """The names of people and services; those of the erased are missing or null."""
    return dict(await _NAMES.fetch_all(session, ids=list(set(ids))))


async def open_points(session: AsyncSession, subject: Ref) -> list[PointToMend]:
    """The points of a subject that wait for an answer, oldest first."""
    statement = select(PointToMend).where(
        col(PointToMend.subject_kind) == subject.kind,
        col(PointToMend.subject_id) == subject.id,
        col(PointToMend.state) == PointState.open,
    )
    return list((await session.exec(statement.order_by(col(PointToMend.created_at), col(PointToMend.id)))).all())


async def attachments(session: AsyncSession, subject: Ref, audience: Audience) -> list[Attachment]:
    """The files of one audience on a subject that have not been removed, oldest first."""
    statement = select(Attachment).where(
        col(Attachment.subject_kind) == subject.kind,
        col(Attachment.subject_id) == subject.id,
        col(Attachment.audience) == audience,
        col(Attachment.removed_at).is_(None),
    )
    return list((await session.exec(statement.order_by(col(Attachment.created_at), col(Attachment.id)))).all())


async def same_attachment(session: AsyncSession, subject: Ref, audience: Audience, digest: str) -> Attachment | None:
    """The file with the same bytes on the same thing for the same audience, where there is one."""
    found = await session.exec(
        select(Attachment)
        .where(
            col(Attachment.subject_kind) == subject.kind,
            col(Attachment.subject_id) == subject.id,
            col(Attachment.audience) == audience,
            col(Attachment.digest) == digest,
            col(Attachment.removed_at).is_(None),
        )
        .order_by(col(Attachment.created_at))
        .limit(1)
    )
    return found.first()
