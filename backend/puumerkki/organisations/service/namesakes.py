"""Whoever adds or renames an organisation is asked about those with a name like it: is it this one?"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.organisations.errors.organisations import NamesakeExists
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.organisations.naming import name_keys
from puumerkki.organisations.queries import confirmations
from puumerkki.organisations.schemas.confirmations import Namesake


async def require_another(
    session: AsyncSession,
    names: Mapping[str, str],
    *,
    other_than: Collection[UUID],
    present: Organisation | None = None,
) -> None:
    """Conflict with the candidates, until all of them are said to be others."""
    # two who add the same at once see each other
    await (await session.connection()).execute(text("select pg_advisory_xact_lock(hashtext('organisation_name'))"))
    new = set(name_keys(names)) - set(present.name_keys if present else ())
    without = {*other_than, *([present.id] if present else [])}
    if found := await confirmations.namesakes(session, new, without=without):
        raise NamesakeExists(candidates=[as_namesake(one).model_dump(mode="json") for one in found])


def as_namesake(one: Organisation) -> Namesake:
    """What tells a namesake from the one that is added."""
    return Namesake.model_validate(
        {name: getattr(one, name) for name in Namesake.model_fields if name != "confirmed"}
        | {"confirmed": one.confirmed_at is not None}
    )
