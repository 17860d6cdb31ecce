"""The working copy as the bytes that would be signed."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.agreements import credential
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.queries import agreements as queries
from puumerkki.applications.snapshot import SnapshotAttachment
from puumerkki.discussions.models import Audience
from puumerkki.discussions.queries import attachments
from puumerkki.kernel.crypto.canonical import sha256
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.subjects import Ref


async def snapshot_of(session: AsyncSession, agreement: Agreement) -> bytes:
    """What is written now, with the files that all parties see; its days have to be known."""
    assert agreement.starts_on is not None and agreement.ends_on is not None
    files = await attachments(session, Ref("agreement", agreement.id), Audience.applicants)
    return credential.build_snapshot(
        agreement.content,
        agreement_id=agreement.id,
        kind=agreement.kind.value,
        title=agreement.title,
        language=agreement.language,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        parties=[
            {
                "id": str(one.id),
                "name": display_name(one.names, agreement.language),
                "business_id": one.business_id,
            }
            for _, one in await queries.parties(session, agreement.id)
        ],
        attachments=[SnapshotAttachment(name=one.name, digest=f"sha256:{one.digest}", size=one.size) for one in files],
    )


async def is_changed(session: AsyncSession, agreement: Agreement) -> bool:
    """Whether the working copy differs from the newest version."""
    if agreement.current_version is None or agreement.starts_on is None or agreement.ends_on is None:
        return True
    newest = await queries.version(session, agreement.id, agreement.current_version)
    return newest.digest != sha256(await snapshot_of(session, agreement))
