"""The use cases: areas are kept by the platform's operators."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.kernel.collation import sort_key
from puumerkki.kernel.errors import invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.preconditions import require_version
from puumerkki.kernel.subjects import Ref
from puumerkki.reference import queries
from puumerkki.reference.events import AreaChanged, AreaCreated
from puumerkki.reference.models import BEGINNING, Area
from puumerkki.reference.schemas import AreaCreate, AreaUpdate


def _sort_key(names: dict[str, str]) -> str:
    return sort_key(next(names[language] for language in ("fi", "sv", "en") if language in names))


async def create_area(session: AsyncSession, *, actor: Actor, given: AreaCreate) -> Area:
    """A new area of a municipality."""
    actor.require(P.reference_manage)
    await queries.require_municipalities(session, [given.municipality_code], pointer="/municipality_code")
    if given.parent_id is not None:
        parent = await session.get(Area, given.parent_id)
        if parent is None or parent.municipality_code != given.municipality_code:
            raise invalid("/parent_id", "area_unknown", "The larger area must be in the same municipality.")
    made = Area(
        municipality_code=given.municipality_code,
        kind=given.kind,
        names=dict(given.names),
        sort_key=_sort_key(dict(given.names)),
        parent_id=given.parent_id,
        valid_from=given.valid_from or BEGINNING,
    )
    session.add(made)
    await publish(session, AreaCreated(subject=Ref("area", made.id)), actor_id=actor.id)
    return made


async def update_area(
    session: AsyncSession, *, actor: Actor, area_id: UUID, if_version: int | None, given: AreaUpdate
) -> Area:
    """Change an area's names or kind, or end it."""
    found = await queries.area(session, area_id, for_update=True)
    actor.require(P.reference_manage)
    require_version(found, if_version)
    changes = given.model_dump(exclude_unset=True)
    if changes.get("valid_until") is not None and changes["valid_until"] < found.valid_from:
        raise invalid("/valid_until", "before_beginning", "An area cannot end before it begins.")
    for name, value in changes.items():
        setattr(found, name, value)
    if "names" in changes:
        found.sort_key = _sort_key(changes["names"])
    await publish(session, AreaChanged(subject=Ref("area", found.id), changed=tuple(changes)), actor_id=actor.id)
    return found
