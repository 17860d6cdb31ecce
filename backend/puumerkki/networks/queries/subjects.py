"""What the registry knows of this room's things."""

from uuid import UUID

from sqlalchemy import any_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.subjects import Subject
from puumerkki.networks.models.decisions import NetworkDecision
from puumerkki.networks.models.networks import Network, NetworkMember, Rulebook
from puumerkki.networks.queries.decisions import readable as decision_readable
from puumerkki.networks.queries.readable import (
    member_readable,
    member_sees,
    networks_read_sees,
    readable,
    rulebook_readable,
    rulebook_sees,
)
from puumerkki.networks.queries.readable import network as one_network
from puumerkki.organisations.models.organisations import Organisation


async def _network_title(session: AsyncSession, network_id: UUID) -> dict[str, str]:
    return (await one_network(session, network_id)).names


async def _itself(_session: AsyncSession, network_id: UUID) -> frozenset[UUID]:
    return frozenset({network_id})


async def _member_title(session: AsyncSession, member_id: UUID) -> dict[str, str]:
    found = await session.exec(
        select(Organisation.names)
        .join(NetworkMember, col(NetworkMember.organisation_id) == col(Organisation.id))
        .where(col(NetworkMember.id) == member_id)
    )
    return dict(found.one())


async def _rulebook_title(session: AsyncSession, rulebook_id: UUID) -> dict[str, str]:
    book = await session.get_one(Rulebook, rulebook_id)
    return {
        "fi": f"Pelisäännöt, versio {book.number}",
        "sv": f"Spelregler, version {book.number}",
        "en": f"Rulebook, version {book.number}",
    }


SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "network",
        readable=lambda caller: select(col(Network.id)).where(readable(caller)),
        audiences={"network": networks_read_sees, "parties": networks_read_sees},
        title=_network_title,
        scopes=_itself,
    ),
    Subject(
        "network_member",
        readable=lambda caller: select(col(NetworkMember.id)).where(member_readable(caller)),
        hangs_on=lambda ids: select(col(NetworkMember.id)).where(col(NetworkMember.organisation_id) == any_(ids)),
        audiences={"network": member_sees, "parties": member_sees},
        title=_member_title,
    ),
    Subject(
        "rulebook",
        readable=lambda caller: select(col(Rulebook.id)).where(rulebook_readable(caller)),
        hangs_on=lambda ids: select(col(Rulebook.id)).where(col(Rulebook.network_id) == any_(ids)),
        audiences={"network": rulebook_sees, "parties": rulebook_sees},
        title=_rulebook_title,
    ),
    Subject(
        "network_decision",
        readable=lambda caller: select(col(NetworkDecision.id)).where(decision_readable(caller)),
    ),
)
