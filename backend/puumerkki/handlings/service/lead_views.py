"""Shows who leads in place of somebody who is tied, for one caller."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.applications.queries.people import named
from puumerkki.handlings.models.handlings import OPEN_HANDLING, Handling
from puumerkki.handlings.queries import leading
from puumerkki.networks.models.networks import NetworkMember


async def show_lead(session: AsyncSession, actor: Actor, handling: Handling) -> dict[str, Any]:
    """Who leads in place of those who are tied, and whom the caller may choose."""
    instead = await leading.stand_ins(session, handling)
    nobody = handling.state in OPEN_HANDLING and await leading.nobody_leads(session, handling)
    representatives = await leading.untied_representatives(session, handling) if nobody else []
    chosen = await leading.choices(session, handling.id) if nobody else []
    chooses = nobody and actor.id in representatives and actor.may(P.ballots_vote, handling.network_id)
    members = select(NetworkMember.id).where(
        col(NetworkMember.network_id) == handling.network_id,
        col(NetworkMember.organisation_id).in_(actor.represented_members(handling.network_id)),
    )
    return {
        "instead": await named(session, instead),
        "nobody": nobody,
        "candidates": await named(session, representatives) if chooses else [],
        "may_choose_for": sorted((await session.exec(members)).all()) if chooses else [],
        "chosen": await named(session, [one.principal_id for one in chosen]),
    }
