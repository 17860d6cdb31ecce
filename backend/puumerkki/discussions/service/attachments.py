"""Attachments: the bytes lie in the file store under the attachment's id, never under a name that people gave."""

import asyncio
import hashlib
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor, Caller
from puumerkki.discussions import events, queries
from puumerkki.discussions.errors import AttachmentTooLarge, AttachmentTwice
from puumerkki.discussions.models import Attachment
from puumerkki.discussions.schemas import AttachmentCreate
from puumerkki.discussions.service.audience import require_audience
from puumerkki.discussions.service.media import clean_name, media_type_of
from puumerkki.kernel import clock, files
from puumerkki.kernel.errors import Forbidden, NotFound
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.ids import new_id
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.subjects import Ref


async def add_attachment(session: AsyncSession, *, actor: Actor, given: AttachmentCreate, content: bytes) -> Attachment:
    """Put a file on a subject, for an audience of which one is."""
    subject = Ref(given.subject_kind, given.subject_id)
    await require_audience(session, actor, subject, given.audience, pointer="audience")
    if len(content) > (allowed := get_settings().attachment_max_bytes):
        raise AttachmentTooLarge(max_bytes=allowed)
    name = clean_name(given.name)
    media_type = await asyncio.to_thread(media_type_of, content, name)
    digest = await asyncio.to_thread(lambda: hashlib.sha256(content).hexdigest())
    same = await queries.same_attachment(session, subject, given.audience, digest)
    if same is not None:
        raise AttachmentTwice(id=str(same.id), name=same.name)
    made = Attachment(
        id=new_id(),
        subject_kind=subject.kind,
        subject_id=subject.id,
        audience=given.audience,
        name=name,
        media_type=media_type,
        size=len(content),
        digest=digest,
        uploaded_by=actor.person_id(),
    )
    # before the row: a file without a row is harmless, a row without its file is not
    await files.put(made.id, content)
    session.add(made)
    told = events.AttachmentAdded(subject=subject, attachment_id=made.id, seen_by=events.TIERS[made.audience])
    await publish(session, told, actor_id=actor.id)
    return made


async def read_content(session: AsyncSession, *, caller: Caller, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """An attachment with its bytes; NotFound once it has been removed."""
    found = await queries.attachment(session, caller, attachment_id)
    if found.removed_at is not None:
        raise NotFound()
    return found, await files.get(found.id)


async def remove_attachment(
    session: AsyncSession, *, actor: Actor, attachment_id: UUID, if_version: int | None
) -> None:
    """Take one's own file away. Its bytes stay while a frozen version may name their digest."""
    found = await queries.attachment(session, actor, attachment_id, for_update=True)
    if found.uploaded_by != actor.id:
        raise Forbidden()
    require_version(found, if_version)
    if found.removed_at is not None:
        raise NotFound()
    found.removed_at = clock.now()
    told = events.AttachmentRemoved(
        subject=Ref(found.subject_kind, found.subject_id),
        attachment_id=found.id,
        seen_by=events.TIERS[found.audience],
    )
    await publish(session, told, actor_id=actor.id)
