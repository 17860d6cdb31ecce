"""Needs that an application answers are told so once it is endorsed, never earlier: what is on its way is secret."""

from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.applications.models.applications import ApplicationVersion
from puumerkki.endorsements.models.endorsements import Endorsement
from puumerkki.kernel.eventlog.events import Tier, publish
from puumerkki.kernel.subjects import Ref
from puumerkki.needs.events import NeedAnswered
from puumerkki.needs.models import Need


async def tell_of_needs(
    session: AsyncSession, endorsement: Endorsement, version: ApplicationVersion, actor_id: UUID | None
) -> None:
    """Of each need that the endorsed version names, once for an application, however many networks endorse it."""
    named = {UUID(one) for one in version.content.get("need_ids") or ()}
    if not named:
        return
    of_version = and_(
        col(ApplicationVersion.application_id) == col(Endorsement.application_id),
        col(ApplicationVersion.number) == col(Endorsement.version_number),
    )
    earlier = await session.exec(
        select(ApplicationVersion.content)
        .join(Endorsement, of_version)
        .where(col(Endorsement.application_id) == endorsement.application_id, col(Endorsement.id) != endorsement.id)
    )
    known = {UUID(one) for content in earlier for one in content.get("need_ids") or ()}
    needs = await session.exec(select(Need).where(col(Need.id).in_(named - known)).order_by(col(Need.id)))
    for need in needs.all():
        event = NeedAnswered(
            subject=Ref("need", need.id),
            related=(need.network_id,),
            number=endorsement.number,
            seen_by=Tier.public if need.agreed_at is not None else Tier.parties,
        )
        await publish(session, event, actor_id=actor_id)
