"""Whether a viewer may know of the thing that a list belongs to."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Viewer
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.networks.models.networks import Network, NetworkMember, Rulebook
from puumerkki.networks.queries.readable import member_readable, readable, rulebook_readable


async def require_network(pool: ReadPool, *, viewer: Viewer, network_id: UUID) -> None:
    """NotFound unless the network is there: for lists that belong to it."""

    def build() -> Select[Any]:
        return select(col(Network.id)).where(col(Network.id) == bindparam("key", None, type_=Uuid()), readable(viewer))

    await _known(pool, "network_known", build, viewer, {"key": network_id})


async def member_organisation(pool: ReadPool, *, viewer: Viewer, network_id: UUID, member_id: UUID) -> UUID:
    """The organisation of a member, or NotFound where the viewer may not know of it."""

    def build() -> Select[Any]:
        return select(col(NetworkMember.organisation_id)).where(
            col(NetworkMember.id) == bindparam("key", None, type_=Uuid()),
            col(NetworkMember.network_id) == bindparam("network", None, type_=Uuid()),
            member_readable(viewer),
        )

    return await _known(pool, "network_member_known", build, viewer, {"key": member_id, "network": network_id})


async def rulebook_id(pool: ReadPool, *, viewer: Viewer, network_id: UUID, number: int) -> UUID:
    """The id of a rulebook version, or NotFound where the viewer may not know of it."""

    def build() -> Select[Any]:
        return select(col(Rulebook.id)).where(
            col(Rulebook.network_id) == bindparam("network", None, type_=Uuid()),
            col(Rulebook.number) == bindparam("number", None, type_=Integer()),
            rulebook_readable(viewer),
        )

    return await _known(pool, "rulebook_known", build, viewer, {"network": network_id, "number": number})


async def _known(
    pool: ReadPool, name: str, build: Callable[[], Select[Any]], viewer: Viewer, keys: dict[str, Any]
) -> UUID:
    row = await pool.fetch((name, viewer.anonymous), build, viewer.params() | keys, anonymous=viewer.anonymous)
    if row is None:
        raise NotFound()
    found: UUID = row[0]
    return found
