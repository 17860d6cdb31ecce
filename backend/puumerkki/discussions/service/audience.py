"""Who may write to an audience."""

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.discussions import queries
from puumerkki.discussions.models import Audience
from puumerkki.kernel import subjects
from puumerkki.kernel.errors import Forbidden, invalid
from puumerkki.kernel.subjects import Ref


async def require_audience(
    session: AsyncSession, actor: Actor, subject: Ref, audience: Audience, *, pointer: str = "/audience"
) -> None:
    """NotFound for who may not know of the subject, Invalid without such an audience, Forbidden for who may not."""
    await queries.require_readable(session, actor, subject)
    if audience.value not in subjects.subject(subject.kind).audiences:
        raise invalid(pointer, "audience_unavailable", "This kind of thing has no such audience.")
    if not await queries.audiences_of(session, actor, subject, (audience.value,)):
        raise Forbidden()
    scopes = subjects.subject(subject.kind).scopes
    if scopes is not None and not any(
        actor.may(P.discussions_write, scope) for scope in await scopes(session, subject.id)
    ):
        raise Forbidden(permission=P.discussions_write.value)
