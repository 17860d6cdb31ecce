"""What the tests of accounts share: people with a password, and the mails that were sent."""

import re

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity.models import User
from puumerkki.identity.passwords import hash_password
from puumerkki.kernel.mail import OutboxMessage
from tests.factories import Client, World

PASSWORD = "mansikka mustikka puolukka"
PAGE = {"Origin": "http://testserver", "X-Puumerkki": "1"}
"""What a request from the single-page app carries."""
_kept: list[str] = []


async def with_password(world: World, caller: Client) -> User:
    """The account behind a caller, with a password."""
    assert caller.id is not None
    user = await world.session.get(User, caller.id)
    assert user is not None
    user.password_hash = _kept[0] if _kept else await hash_password(PASSWORD)
    _kept[:] = [user.password_hash]
    await world.session.flush()
    return user


async def mails_to(session: AsyncSession, address: str) -> list[OutboxMessage]:
    """The mails to an address, in order."""
    found = await session.exec(
        select(OutboxMessage).where(col(OutboxMessage.recipient) == address).order_by(col(OutboxMessage.id))
    )
    return list(found.all())


async def token_mailed(session: AsyncSession, address: str) -> str:
    """The token in the last link mailed to an address."""
    message = (await mails_to(session, address))[-1]
    found = re.search(r"^http://testserver/(?:fi|sv|en)/[a-z-]+#token=([\w-]+)$", message.body, re.MULTILINE)
    assert found is not None, message.body
    return found.group(1)
