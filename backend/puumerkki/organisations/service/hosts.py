"""Who answers for an unregistered group is asked first: nobody's people are bound by a group's word alone."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.types import Uuid
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.models import PrincipalKind
from puumerkki.access.permissions import P
from puumerkki.kernel import clock, mail
from puumerkki.kernel.events import EventRow
from puumerkki.kernel.settings import get_settings
from puumerkki.kernel.text import display_name
from puumerkki.organisations import mailboxes
from puumerkki.organisations.asking import asking
from puumerkki.organisations.events import RelationAsked
from puumerkki.organisations.models import Organisation
from puumerkki.organisations.service.rights import is_operator

WRITTEN_ANEW_AFTER = timedelta(days=14)
"""Whoever takes its word back and gives it anew does not write to the host again before."""


def speaks_for(actor: Actor, host_id: UUID) -> bool:
    """Whether a person acts who may say for an organisation that it answers for a group. A machine never may."""
    return actor.kind == PrincipalKind.user and (is_operator(actor) or actor.may(P.organisations_update, host_id))


async def asked_lately(session: AsyncSession, *, group_id: UUID, host_id: UUID) -> bool:
    """Whether a group has asked a host already not long ago."""
    found = await session.exec(
        select(EventRow.id)
        .where(
            col(EventRow.type) == RelationAsked.type,
            col(EventRow.subject_id) == group_id,
            col(EventRow.related).contains(array([host_id], type_=ARRAY(Uuid()))),
            col(EventRow.occurred_at) > clock.now() - WRITTEN_ANEW_AFTER,
        )
        .limit(1)
    )
    return found.first() is not None


async def write_to_host(session: AsyncSession, *, group: Organisation, host: Organisation, asked_by: UUID) -> None:
    """The host's owners, or its contacts where it has none, read that a group says that it answers for it."""
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
            asked_by=asks.by,
            name=box.name,
            group=display_name(group.names, box.language),
            organisation=display_name(host.names, box.language),
            link=f"{get_settings().public_url.rstrip('/')}/{box.language}/organisations/{host.id}/edit",
        )
