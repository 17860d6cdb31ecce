"""Who answers for an unregistered group is asked first: nobody's people are bound by a group's word alone."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.field_types import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import TRIED_AGAIN_AFTER, asking, is_night
from puumerkki.organisations.models.hosts import HostAsking
from puumerkki.organisations.models.organisations import (
    Organisation,
    OrganisationRelation,
    OrganisationState,
    RelationKind,
)

WRITTEN_ANEW_AFTER = timedelta(days=14)
"""Whoever takes its word back and gives it anew does not write to the host again before."""
AT_ONCE = 200


def represents(actor: Actor, host_id: UUID) -> bool:
    """Whether a person acts who may say for an organisation that it answers for a group: no machine, no operator."""
    return actor.kind == PrincipalKind.user and actor.may(P.memberships_manage, host_id)


async def ask_host(session: AsyncSession, *, group: Organisation, host: Organisation, asked_by: UUID) -> None:
    """A host is asked: written to now, or once there is room (`tell_late`); not if it was written to not long ago."""
    row = await session.get(HostAsking, (group.id, host.id), with_for_update=True)
    if row is None:
        row = HostAsking(group_id=group.id, host_id=host.id, tell_at=clock.now())
        session.add(row)
    elif row.told_at is not None and row.told_at > clock.now() - WRITTEN_ANEW_AFTER:
        return
    row.asked_by = asked_by
    await _write(session, row, group, host)


async def tell_late(session: AsyncSession) -> None:
    """Write to the hosts for which there was no room, while they are still asked."""
    if is_night():
        return
    group, host = aliased(Organisation), aliased(Organisation)
    still_asked = exists().where(
        col(OrganisationRelation.organisation_id) == col(HostAsking.group_id),
        col(OrganisationRelation.other_id) == col(HostAsking.host_id),
        col(OrganisationRelation.kind) == RelationKind.host,
        col(OrganisationRelation.accepted_at).is_(None),
        or_(col(OrganisationRelation.ends_on).is_(None), col(OrganisationRelation.ends_on) >= clock.today()),
    )
    due = (
        select(HostAsking, group, host)
        .join(group, col(group.id) == col(HostAsking.group_id))
        .join(host, col(host.id) == col(HostAsking.host_id))
        .where(
            col(HostAsking.tell_at) <= clock.now(),
            col(group.state) == OrganisationState.active,
            still_asked,
        )
        .order_by(col(HostAsking.tell_at))
        .limit(AT_ONCE)
        .with_for_update(of=HostAsking, skip_locked=True)
    )
    for row, asks, asked in (await session.exec(due)).all():
        await _write(session, row, asks, asked)


async def _write(session: AsyncSession, row: HostAsking, group: Organisation, host: Organisation) -> None:
    if await _write_to_host(session, group=group, host=host, asked_by=row.asked_by):
        row.told_at, row.tell_at = clock.now(), None
    else:
        row.tell_at = clock.now() + TRIED_AGAIN_AFTER
    await session.flush()


async def _write_to_host(
    session: AsyncSession, *, group: Organisation, host: Organisation, asked_by: UUID | None
) -> bool:
    """The host's owners, or its contacts where it has none, read that a group says that it answers for it.

    Whether anybody was written to.
    """
    boxes = await mailboxes.of_organisations(session, P.people_manage, [host.id])
    asks = await asking(session, [box.email for box in boxes], asked_by=asked_by)
    for box in boxes:
        if box.email not in asks.addresses:
            continue
        await mail.send(
            session,
            to=box.email,
            package="puumerkki.organisations",
            template="host_asked",
            language=box.language,
            envelope=mail.Envelope(reason=mail.Reason.organisation, root=f"organisation {host.id}"),
            asked_by=asks.by,
            name=box.name,
            group=display_name(group.names, box.language),
            organisation=display_name(host.names, box.language),
            link=mail.link(box.language, f"organisations/{host.id}/edit"),
        )
    return bool(asks.addresses)
