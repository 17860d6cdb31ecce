"""Why somebody is told of what they have no part in: what they follow, by name, for the foot of a mail."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Caller
from puumerkki.access.models import PrincipalKind
from puumerkki.kernel.field_types import display_name
from puumerkki.kernel.tells import SCOPE
from puumerkki.notifications.models import Follow, FollowedKind
from puumerkki.notifications.service.audiences import sides
from puumerkki.notifications.service.followers import with_merged
from puumerkki.notifications.service.follows import names_of
from puumerkki.notifications.service.news import News


async def followed_names(session: AsyncSession, person: UUID, language: str, news: Sequence[News]) -> list[str]:
    """What the person follows, of that on which these happened."""
    about: set[UUID | None] = set()
    for one in news:
        if one.tell.followers and one.tell.side == SCOPE:
            about.add(one.event.subject_id)
        elif one.tell.followers:
            about |= (await sides(session, one.tell.side, [one.event])).get(one.event.position, frozenset())
    if not about:
        return []
    ids = sorted(one for one in about if one is not None)
    called = with_merged(bindparam("ids", ids, type_=ARRAY(Uuid())))
    rows = await session.exec(
        select(Follow.subject_kind, called.c.named)
        .join(called, called.c.id == col(Follow.subject_id))
        .where(col(Follow.principal_id) == person)
    )
    names = await names_of(
        session, Caller(id=person, kind=PrincipalKind.user), [(FollowedKind(kind), key) for kind, key in rows]
    )
    return sorted({display_name(one, language) for one in names.values()})
