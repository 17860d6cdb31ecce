"""A draft, or a change of what is in force, is proposed to all parties to be signed by a day."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.access.permissions import P
from puumerkki.agreements import events
from puumerkki.agreements.models import Agreement
from puumerkki.agreements.queries.to_sign import DAYS_TO_SIGN
from puumerkki.agreements.schemas.agreements import AgreementPropose
from puumerkki.agreements.service import drafting
from puumerkki.agreements.workflow import AGREEMENT
from puumerkki.kernel.days_asked import last_day_asked
from puumerkki.kernel.preconditions import require_version


async def propose(
    session: AsyncSession,
    *,
    actor: Actor,
    agreement_id: UUID,
    if_version: int | None,
    given: AgreementPropose | None,
) -> Agreement:
    """Freeze the working copy into a version for all parties to read and sign, by a day."""
    found, ids = await drafting.locked(session, actor, agreement_id, P.agreements_write)
    require_version(found, if_version)
    facts = await drafting.facts_of(session, actor, found, ids)
    AGREEMENT.apply("propose", found, actor=drafting.as_party(actor, found, ids), facts=facts)
    by = last_day_asked(given.sign_by if given else None, days=DAYS_TO_SIGN, pointer="/sign_by")
    await drafting.freeze(
        session, actor, found, next(one for one in ids if actor.may(P.agreements_write, one)), sign_by=by
    )
    await drafting.tell(session, actor, found, events.AgreementProposed, ids)
    return found
