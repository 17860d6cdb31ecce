"""Organisations by their id in another system: that system says what they are, the first time and later."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.kernel.errors import NotFound, PreconditionFailed
from puumerkki.kernel.external_ids import lock_id
from puumerkki.organisations.models.organisations import ExternalId, Organisation
from puumerkki.organisations.queries.merges import remaining
from puumerkki.organisations.queries.visibility import readable_organisation
from puumerkki.organisations.schemas.organisations import OrganisationCreate, OrganisationUpdate
from puumerkki.organisations.service.organisations import create_organisation, put_external_id, update_organisation


async def find(session: AsyncSession, scheme: str, value: str) -> UUID | None:
    """The organisation with this id in that system, or as which it goes on."""
    found = await session.exec(
        select(ExternalId.organisation_id).where(col(ExternalId.scheme) == scheme, col(ExternalId.value) == value)
    )
    id_ = found.first()
    return None if id_ is None else await remaining(session, id_)


async def get(session: AsyncSession, actor: Actor, scheme: str, value: str) -> Organisation:
    """The organisation that the caller may know of, or NotFound."""
    id_ = await find(session, scheme, value)
    if id_ is None:
        raise NotFound()
    return await readable_organisation(session, actor, id_)


async def put(
    session: AsyncSession,
    *,
    actor: Actor,
    scheme: str,
    value: str,
    if_version: int | None,
    given: OrganisationCreate,
) -> tuple[Organisation, bool]:
    """What it is now; whether it was made. Sent again, it changes nothing.

    Without a version the newest is meant. Whoever names a version means one that is there. What there is only at the
    making (its host, its contact, for whom it was added) is not asked again later.
    """
    actor.person_id()
    await lock_id(session, place="organisations", scheme=scheme, value=value)
    id_ = await find(session, scheme, value)
    if id_ is None:
        if if_version is not None:
            raise PreconditionFailed()
        made = await create_organisation(session, actor=actor, given=given)
        await session.flush()
        found = await put_external_id(
            session, actor=actor, organisation_id=made.id, if_version=made.version, scheme=scheme, value=value
        )
        return found, True
    found = await readable_organisation(session, actor, id_, for_update=True)
    sent = given.model_dump(include=given.model_fields_set & OrganisationUpdate.model_fields.keys())
    changes = {name: one for name, one in sent.items() if name == "other_than" or one != getattr(found, name)}
    version = found.version if if_version is None else if_version
    update = OrganisationUpdate(**changes)
    return await update_organisation(session, actor=actor, organisation_id=id_, if_version=version, given=update), False
