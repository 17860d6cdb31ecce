"""Whether a caller may know of the thing that a list belongs to."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.types import Uuid
from sqlmodel import col

from puumerkki.access.actor import Caller
from puumerkki.kernel.errors import NotFound
from puumerkki.kernel.reads.read_pool import ReadPool
from puumerkki.networks.models.networks import Network, NetworkMember, Rulebook
from puumerkki.networks.queries.readable import member_readable, readable, rulebook_readable


async def require_network(pool: ReadPool, *, caller: Caller, network_id: UUID) -> None:
    """NotFound unless the network is there: for lists that belong to it."""

    def build() -> Select[Any]:
        return select(col(Network.id)).where(col(Network.id) == bindparam("key", None, type_=Uuid()), readable(caller))

    await _known(pool, "network_known", build, caller, {"key": network_id})


async def member_organisation(pool: ReadPool, *, caller: Caller, network_id: UUID, member_id: UUID) -> UUID:
    """The organisation of a member, or NotFound where the caller may not know of it."""

    def build() -> Select[Any]:
        return select(col(NetworkMember.organisation_id)).where(
            col(NetworkMember.id) == bindparam("key", None, type_=Uuid()),
            col(NetworkMember.network_id) == bindparam("network", None, type_=Uuid()),
            member_readable(caller),
        )

    return await _known(pool, "network_member_known", build, caller, {"key": member_id, "network": network_id})


async def rulebook_id(pool: ReadPool, *, caller: Caller, network_id: UUID, number: int) -> UUID:
    """The id of a rulebook version, or NotFound where the caller may not know of it."""

    def build() -> Select[Any]:
        return select(col(Rulebook.id)).where(
            col(Rulebook.network_id) == bindparam("network", None, type_=Uuid()),
            col(Rulebook.number) == bindparam("number", None, type_=Integer()),
            rulebook_readable(caller),
        )

    return await _known(pool, "rulebook_known", build, caller, {"network": network_id, "number": number})


async def _known(
    pool: ReadPool, name: str, build: Callable[[], Select[Any]], caller: Caller, keys: dict[str, Any]
) -> UUID:
    row = await pool.fetch((name, caller.anonymous), build, caller.params() | keys, anonymous=caller.anonymous)
    if row is None:
        raise NotFound()
    found: UUID = row[0]
    return found
