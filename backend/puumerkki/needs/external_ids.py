"""A network's needs by their id in another system: that system says what they are, the first time and later."""

from uuid import UUID

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel.errors import NotFound, PreconditionFailed
from puumerkki.kernel.external_ids import find_known, lock_id
from puumerkki.kernel.preconditions import require_version
from puumerkki.needs import queries, service
from puumerkki.needs.models import Need
from puumerkki.needs.schemas import NeedCreate, NeedUpdate


async def get(session: AsyncSession, actor: Actor, network_id: UUID, scheme: str, value: str) -> Need:
    """The need that the caller may know of, or NotFound."""
    id_ = await find_known(session, Need, col(Need.network_id), network_id, scheme=scheme, value=value)
    if id_ is None:
        raise NotFound()
    return await queries.readable_need(session, actor, id_)


async def put(
    session: AsyncSession, *, actor: Actor, scheme: str, value: str, if_version: int | None, given: NeedCreate
) -> tuple[Need, bool]:
    """What it is now; whether it was raised. Sent again, it changes nothing.

    Without a version the newest is meant. Whoever names a version means one that is there. For whom it was raised is
    not asked again later.
    """
    service.require_raising(actor, given)
    network_id = given.network_id
    await lock_id(session, place=f"needs {network_id}", scheme=scheme, value=value)
    id_ = await find_known(session, Need, col(Need.network_id), network_id, scheme=scheme, value=value)
    if id_ is None:
        if if_version is not None:
            raise PreconditionFailed()
        return await service.raise_need(session, actor=actor, given=given, known_as=(scheme, value)), True
    found = await queries.readable_need(session, actor, id_, for_update=True)
    sent = given.model_dump(include=given.model_fields_set & NeedUpdate.model_fields.keys())
    changes = {name: one for name, one in sent.items() if one != getattr(found, name)}
    version = found.version if if_version is None else if_version
    if not changes:
        service.require_changing(actor, found)
        require_version(found, version)
        return found, False
    update = NeedUpdate(**changes)
    return await service.update_need(session, actor=actor, need_id=id_, if_version=version, given=update), False
