"""Mail that asks something of people who never agreed to be written to: how much of it goes out in a day.

What is over the limit waits among the tasks all the same, and is mailed as soon as there is room again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import ServiceAccount
from puumerkki.kernel import clock
from puumerkki.kernel.mail import OutboxMessage

MOST_BY_ONE = 50
"""So many such mails one person causes at most in a day, for whatever organisations."""
MOST_TO_ONE = 20
"""So many one mailbox gets at most in a day, whoever asks."""
MOST_BY_ONE_TO_ONE = 5
"""So many of these one person causes: who asks again and again silences nobody else."""
DAY = timedelta(days=1)
TRIED_AGAIN_AFTER = timedelta(hours=1)
"""How long what could not be mailed waits before it is tried again."""
FROM_HOUR = 8


def is_night() -> bool:
    """Nobody is written to by the clock at night."""
    return clock.now().astimezone(clock.FINLAND).hour < FROM_HOUR


@dataclass(frozen=True)
class Asking:
    """Who asks (a machine's maker for the machine), and which of the addresses are written to."""

    by: UUID | None
    addresses: frozenset[str]


async def asking(session: AsyncSession, addresses: Iterable[str], *, asked_by: UUID | None) -> Asking:
    """Which of these addresses get one more mail that asks something. Send it in the same transaction."""
    # those who ask at once are counted one after the other
    await (await session.connection()).execute(text("select pg_advisory_xact_lock(hashtext('asking_mail'))"))
    person = await _person(session, asked_by)
    since = clock.now() - DAY
    lately = (col(OutboxMessage.asked_by).is_not(None), col(OutboxMessage.created_at) > since)
    caused = select(func.count()).select_from(OutboxMessage).where(*lately, col(OutboxMessage.asked_by) == person)
    left = MOST_BY_ONE - (await session.exec(caused)).one()
    given = sorted(set(addresses))
    mailbox = func.lower(col(OutboxMessage.recipient))
    by_them = func.count().filter(col(OutboxMessage.asked_by) == person)
    got = select(mailbox, func.count(), by_them).where(*lately, mailbox.in_([one.lower() for one in given]))
    full = {
        address
        for address, in_all, theirs in (await session.exec(got.group_by(mailbox))).all()
        if in_all >= MOST_TO_ONE or theirs >= MOST_BY_ONE_TO_ONE
    }
    free = [one for one in given if one.lower() not in full]
    return Asking(person, frozenset(free[: max(left, 0)]))


async def _person(session: AsyncSession, principal_id: UUID | None) -> UUID | None:
    makers = select(ServiceAccount.maker_ids).where(col(ServiceAccount.id) == principal_id)
    found = (await session.exec(makers)).first()
    return found[0] if found else principal_id
