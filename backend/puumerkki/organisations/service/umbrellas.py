"""Whoever is called an umbrella or a parish union is told, since its people are barred once it has let that stand."""

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.formatting import written_day
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import TRIED_AGAIN_AFTER, asking, is_night
from puumerkki.organisations.models.organisations import (
    ABOVE,
    TIME_TO_END,
    Organisation,
    OrganisationRelation,
    OrganisationState,
)

AT_ONCE = 200


async def tell(
    session: AsyncSession, relation: OrganisationRelation, *, below: Organisation, above: Organisation
) -> None:
    """Write to whoever is called so, now or once there is room (`tell_late`)."""
    boxes = await mailboxes.of_organisations(session, P.people_manage, [above.id])
    asks = await asking(session, [box.email for box in boxes], asked_by=relation.said_by)
    now = clock.now()
    for box in boxes:
        if box.email not in asks.addresses:
            continue
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template="umbrella_named",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.organisation, root=f"organisation {above.id}"),
            asked_by=asks.by,
            about=f"umbrella_named {below.id} {above.id}",
            name=box.name,
            below=display_name(below.names, box.language),
            above=display_name(above.names, box.language),
            kind=relation.kind.value,
            day=written_day(clock.day_of(now + TIME_TO_END), box.language),
            link=mail.link(box.language, f"organisations/{above.id}/edit"),
        )
    relation.told_at = now if asks.addresses else None
    relation.tell_at = None if asks.addresses else now + TRIED_AGAIN_AFTER


async def tell_late(session: AsyncSession) -> None:
    """Write to those for whom there was no room, while they are still called so."""
    if is_night():
        return
    below, above = aliased(Organisation), aliased(Organisation)
    due = (
        select(OrganisationRelation, below, above)
        .join(below, col(below.id) == col(OrganisationRelation.organisation_id))
        .join(above, col(above.id) == col(OrganisationRelation.other_id))
        .where(
            col(OrganisationRelation.tell_at) <= clock.now(),
            col(OrganisationRelation.kind).in_(ABOVE),
            or_(col(OrganisationRelation.ends_on).is_(None), col(OrganisationRelation.ends_on) >= clock.today()),
            col(below.state) == OrganisationState.active,
            col(above.state) == OrganisationState.active,
        )
        .order_by(col(OrganisationRelation.tell_at))
        .limit(AT_ONCE)
        .with_for_update(of=OrganisationRelation, skip_locked=True)
    )
    for relation, one, other in (await session.exec(due)).all():
        await tell(session, relation, below=one, above=other)
        await session.flush()
