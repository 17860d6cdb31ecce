"""Another address: asked by the person, confirmed by links at the old and the new one; nothing changes before."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.actor import Actor
from puumerkki.identity import queries
from puumerkki.identity.errors import EmailTaken, LinkInvalid
from puumerkki.identity.events import UserChanged
from puumerkki.identity.models import EmailChange, MailedLink, MailedPurpose, User, UserState
from puumerkki.identity.passwords import verify_password
from puumerkki.identity.schemas.accounts import EmailConfirmed
from puumerkki.identity.service import kept_ties
from puumerkki.identity.service.links import end_links, make_link, open_link
from puumerkki.identity.service.people import lock_me
from puumerkki.kernel import clock, mail
from puumerkki.kernel.errors import NotFound, TooManyRequests, invalid
from puumerkki.kernel.eventlog.events import publish
from puumerkki.kernel.formatting import written_day
from puumerkki.kernel.subjects import Ref

VALID = timedelta(days=3)
MOST_BY_ONE = 5
"""So many askings by one person in a day."""
MOST_TO_ONE = 3
"""So many to one new address in a day, whoever asks: a stranger's mailbox is not flooded."""
_BOTH = (MailedPurpose.email_old, MailedPurpose.email_new)


async def ask_change(session: AsyncSession, *, actor: Actor, email: str) -> User:
    """Ask for another address; a former asking is over. Whether somebody has the address is told to nobody here."""
    user = await lock_me(session, actor)
    if email == user.email:
        raise invalid("/email", "email_same", "This is your address already.")
    if user.password_hash is not None and await verify_password(email, user.password_hash):
        raise invalid("/email", "password_is_address", "Change your password first: it is this address.")
    await _require_room(session, user, email)
    await _forget(session, user)
    until = clock.now() + VALID
    session.add(EmailChange(user_id=user.id, email=email, expires_at=until))
    for purpose, to in zip(_BOTH, (user.email, email), strict=True):
        link = await make_link(session, user=user, purpose=purpose, lifetime=VALID, payload={"email": email})
        await _write(session, user, to, purpose.value, email=email, link=link, day=until)
    await _tell(session, user, "email_change")
    return user


async def cancel_change(session: AsyncSession, *, actor: Actor) -> None:
    """The person thinks otherwise."""
    user = await lock_me(session, actor)
    if await _open(session, user) is None:
        raise NotFound()
    await _forget(session, user)
    await _tell(session, user, "email_change")


async def cancel_by_link(session: AsyncSession, *, token: str) -> None:
    """Whoever holds the old mailbox, or the new one, says no."""
    _, user, _ = await _by_link(session, token)
    await _forget(session, user)
    await _tell(session, user, "email_change")


async def confirm(session: AsyncSession, *, token: str) -> EmailConfirmed:
    """One of the two mailboxes says yes; with both the address changes, and both are told.

    An old one from which mail comes back is not asked: nobody could correct an address otherwise.
    """
    link, user, change = await _by_link(session, token)
    now = clock.now()
    if link.purpose == MailedPurpose.email_old:
        change.old_confirmed_at = now
    else:
        change.new_confirmed_at = now
    if link.purpose == MailedPurpose.email_new or change.new_confirmed_at is not None:
        known = await queries.user_by_email(session, change.email)
        if known is not None:
            raise EmailTaken()
    link.used_at = now
    await session.flush()
    await mail.confirm_address(session, user.email if link.purpose == MailedPurpose.email_old else change.email)
    old_done = change.old_confirmed_at is not None or await mail.failing_since(session, user.email) is not None
    changed = old_done and change.new_confirmed_at is not None
    if changed:
        await _change(session, user, change)
    return EmailConfirmed(email=change.email, changed=changed)


async def _change(session: AsyncSession, user: User, change: EmailChange) -> None:
    old, user.email = user.email, change.email
    await _forget(session, user)
    # what was mailed to the old address lets nobody in any more
    await end_links(session, user, *MailedPurpose)
    await kept_ties.take_on(session, user)
    for to in (old, user.email):
        await _write(session, user, to, "email_changed", email=user.email)
    await _tell(session, user, "email")


async def _by_link(session: AsyncSession, token: str) -> tuple[MailedLink, User, EmailChange]:
    """The link, whose it is, and what it confirms: not an asking before."""
    link, user = await open_link(session, token=token, purposes=_BOTH)
    change = await _open(session, user)
    if user.state != UserState.active or change is None or link.payload.get("email") != change.email:
        raise LinkInvalid()
    return link, user, change


async def _open(session: AsyncSession, user: User) -> EmailChange | None:
    """Hold the person's lock."""
    statement = select(EmailChange).where(
        col(EmailChange.user_id) == user.id, col(EmailChange.expires_at) > clock.now()
    )
    return (await session.exec(statement)).one_or_none()


async def _forget(session: AsyncSession, user: User) -> None:
    for row in (await session.exec(select(EmailChange).where(col(EmailChange.user_id) == user.id))).all():
        await session.delete(row)
    await end_links(session, user, *_BOTH)
    await session.flush()


async def _require_room(session: AsyncSession, user: User, email: str) -> None:
    lately = (
        col(MailedLink.purpose) == MailedPurpose.email_new,
        col(MailedLink.created_at) > clock.now() - timedelta(days=1),
    )
    counted = select(func.count()).select_from(MailedLink)
    by_one = (await session.exec(counted.where(*lately, col(MailedLink.user_id) == user.id))).one()
    to_one = (await session.exec(counted.where(*lately, col(MailedLink.payload).contains({"email": email})))).one()
    if by_one >= MOST_BY_ONE or to_one >= MOST_TO_ONE:
        raise TooManyRequests(retry_after=int(timedelta(hours=1).total_seconds()))


async def _tell(session: AsyncSession, user: User, changed: str) -> None:
    await publish(session, UserChanged(subject=Ref("user", user.id), changed=(changed,)), actor_id=user.id)


async def _write(session: AsyncSession, user: User, to: str, template: str, **context: Any) -> None:
    day = context.pop("day", None)
    await mail.send(
        session,
        to=to,
        package="puumerkki.identity",
        template=template,
        language=user.language,
        envelope=mail.Envelope(reason=mail.Reason.account, root=None, identity=True),
        name=user.name,
        day="" if day is None else written_day(clock.day_of(day), user.language),
        **context,
    )
