"""What the API takes and gives."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypeAliasType

from puumerkki.access.roles import Role
from puumerkki.discussions.models import Audience, PointState
from puumerkki.kernel.field_types import ONE_LINE, Moment, NameTranslations, Query, Schema, Text
from puumerkki.kernel.reads.pagination import Page, PageQuery
from puumerkki.kernel.workflow import AvailableAction

SubjectKind = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,59}$", examples=["handling"])]
"""The singular name of a kind of thing."""
PartName = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,59}$", examples=["purpose"])]
"""The name of a part of a thing, as its own content has it."""


class SubjectQuery(PageQuery):
    """What the comments, points or attachments are about."""

    subject_kind: SubjectKind
    subject_id: UUID


class CommentQuery(SubjectQuery):
    """`part`: only those on one part."""

    part: PartName | None = None


class AuthorPublic(Schema):
    """Who wrote something; `name` is null once that person has been erased."""

    id: UUID
    name: str | None


class MentionablePublic(AuthorPublic):
    """Somebody whom one may name. `organisation_names`, `role`: as whom one knows them, where one acts beside them."""

    organisation_names: NameTranslations | None
    role: Role | None


class MentionableQuery(Schema):
    """To whom the comment goes, and how the name, or a part of it, begins."""

    subject_kind: SubjectKind
    subject_id: UUID
    audience: Audience
    q: Query = ""


class MentionableList(Schema):
    """The first eight by name."""

    items: list[MentionablePublic]


class CommentCreate(Schema):
    """A new comment. `audience` `applicants`: all parties of the case; `network`, `authority`: only they.

    People are named in its `body` as `@[id]`.
    `part`: the part of the subject that it is about, if it is about one.
    """

    subject_kind: SubjectKind
    subject_id: UUID
    audience: Audience
    part: PartName | None = None
    body: Text
    reply_to_id: UUID | None = None


class CommentUpdate(Schema):
    body: Text


class CommentPublic(Schema):
    """A comment. A removed one keeps its place; its `body` is null. `mentions`: whom it names."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    audience: Audience
    author: AuthorPublic
    part: str | None
    body: str | None
    mentions: list[AuthorPublic]
    reply_to_id: UUID | None
    created_at: Moment
    updated_at: Moment
    removed_at: Moment | None
    version: int


class PointAnswer(Schema):
    answer: Text


class PointPublic(Schema):
    """A requested addition. `part` names the part of the subject that it is about."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    part: str | None
    body: str
    raised_by: AuthorPublic
    answer: str | None
    answered_by: AuthorPublic | None
    state: PointState
    created_at: Moment
    updated_at: Moment
    version: int


PointAction = TypeAliasType(
    "PointAction",
    Literal["answer", "settle"],
)


class PointDetails(PointPublic):
    """A point with what the reader may do with it."""

    available_actions: list[AvailableAction[PointAction]]


class AttachmentCreate(Schema):
    """The parameters of an upload; the body is the file itself."""

    subject_kind: SubjectKind
    subject_id: UUID
    audience: Audience
    name: Annotated[
        str, Field(min_length=1, max_length=200, description="The file's name, for people to read."), ONE_LINE
    ]


class AttachmentPublic(Schema):
    """A file on a subject. `digest`: SHA-256 of its bytes in hex."""

    id: UUID
    subject_kind: str
    subject_id: UUID
    audience: Audience
    name: str
    media_type: str
    size: int
    digest: str
    uploaded_by: AuthorPublic
    created_at: Moment
    removed_at: Moment | None
    version: int


CommentPage = Page[CommentPublic]
PointPage = Page[PointPublic]
AttachmentPage = Page[AttachmentPublic]
