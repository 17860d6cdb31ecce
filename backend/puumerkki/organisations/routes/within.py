"""What a list of an organisation is kept to, and who may read it."""

from uuid import UUID

from puumerkki.access.actor import Actor, Caller
from puumerkki.kernel.errors import Forbidden
from puumerkki.kernel.http import SessionDep
from puumerkki.organisations import queries
from puumerkki.organisations.queries.visibility import readable_organisation


async def of_organisation(session: SessionDep, caller: Caller, organisation_id: UUID) -> dict[str, UUID]:
    """The organisation's own; NotFound where the caller may not know of it."""
    await readable_organisation(session, caller, organisation_id)
    return {"organisation": organisation_id}


async def of_its_past(session: SessionDep, actor: Actor, organisation_id: UUID) -> dict[str, UUID]:
    """The same, and Forbidden to who may not see what it was."""
    await readable_organisation(session, actor, organisation_id)
    if not queries.may_see_history(actor, organisation_id):
        raise Forbidden()
    return {"organisation": organisation_id}


async def of_its_people(session: SessionDep, actor: Actor, organisation_id: UUID) -> dict[str, UUID]:
    """The same, and Forbidden to who may not see its people."""
    await readable_organisation(session, actor, organisation_id)
    if not queries.may_see_people(actor, organisation_id):
        raise Forbidden()
    return {"organisation": organisation_id}
