"""Links sent by mail: signing in without a password, and a new password. Each is used once."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.identity import queries
from puumerkki.identity.credentials import hash_secret, new_secret
from puumerkki.identity.errors import LinkInvalid
from puumerkki.identity.models import MailedLink, MailedPurpose, User, UserState
from puumerkki.identity.passwords import chosen_password
from puumerkki.identity.service.sessions import StartedSession, end_all_sessions, start_session
from puumerkki.kernel import clock, mail

SHORT = timedelta(minutes=15)
MAILED_ANEW_AFTER = timedelta(minutes=5)
"""While a link that was mailed since is unused, no other is mailed: whoever asks, mails are few, and one link holds."""
PAGES = {
    MailedPurpose.login: "login-link",
    MailedPurpose.password_reset: "reset",
    MailedPurpose.invitation: "invitation",
    MailedPurpose.erasure: "erase",
    MailedPurpose.email_old: "address",
    MailedPurpose.email_new: "address",
}
"""The pages of the single-page app. The token stands after `#`, so no server's log ever holds it."""
_TEMPLATES = {
    MailedPurpose.login: "login_link",
    MailedPurpose.password_reset: "password_reset",
    MailedPurpose.erasure: "erasure",
}


async def make_link(
    session: AsyncSession,
    *,
    user: User,
    purpose: MailedPurpose,
    lifetime: timedelta,
    payload: dict[str, Any] | None = None,
) -> str:
    """A link's address; only the hash of its token is kept."""
    text, kept = new_secret()
    session.add(
        MailedLink(
            purpose=purpose,
            user_id=user.id,
            token_hash=kept,
            expires_at=clock.now() + lifetime,
            payload=payload or {},
        )
    )
    await session.flush()
    return mail.link(user.language, f"{PAGES[purpose]}#token={text}")


async def use_link(session: AsyncSession, *, token: str, purpose: MailedPurpose) -> tuple[MailedLink, User]:
    """Use a link up: it and whose it is, or LinkInvalid. The person is locked before the link, always.

    An invitation's link is good for a closed account too, which it opens again.
    """
    link, user = await open_link(session, token=token, purposes=(purpose,))
    if user.state == UserState.disabled and purpose != MailedPurpose.invitation:
        raise LinkInvalid()
    link.used_at = clock.now()
    await session.flush()
    await mail.confirm_address(session, user.email)
    return link, user


async def unused_link(session: AsyncSession, *, token: str, purpose: MailedPurpose) -> tuple[MailedLink, User]:
    """A link that could be used now, and whose it is, to be looked at; or LinkInvalid."""
    statement = (
        select(MailedLink, User)
        .join(User, col(User.id) == col(MailedLink.user_id))
        .where(
            col(MailedLink.token_hash) == hash_secret(token),
            col(MailedLink.purpose) == purpose,
            col(MailedLink.used_at).is_(None),
            col(MailedLink.expires_at) > clock.now(),
        )
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise LinkInvalid()
    return found


async def open_link(
    session: AsyncSession, *, token: str, purposes: Collection[MailedPurpose]
) -> tuple[MailedLink, User]:
    """A link that can still be used, locked with whose it is, or LinkInvalid."""
    asked = (col(MailedLink.token_hash) == hash_secret(token), col(MailedLink.purpose).in_(purposes))
    user_id = (await session.exec(select(MailedLink.user_id).where(*asked))).one_or_none()
    if user_id is None:
        raise LinkInvalid()
    user = await session.get(User, user_id, with_for_update=True)
    link = (await session.exec(select(MailedLink).where(*asked).with_for_update())).one_or_none()
    if link is None or link.used_at is not None or link.expires_at <= clock.now():
        raise LinkInvalid()
    if user is None:
        raise LinkInvalid()
    return link, user


async def end_links(session: AsyncSession, user: User, *purposes: MailedPurpose) -> None:
    """Let a person's unused links of some purposes hold no more."""
    await session.exec(
        update(MailedLink)
        .where(
            col(MailedLink.user_id) == user.id,
            col(MailedLink.purpose).in_(purposes),
            col(MailedLink.used_at).is_(None),
        )
        .values(used_at=clock.now())
    )


async def mail_link(session: AsyncSession, *, email: str, purpose: MailedPurpose) -> None:
    """Send a link to sign in, to choose a password or to erase the account.

    Nothing happens for an address that cannot sign in, nor while a link mailed just before is unused.
    """
    known = await queries.user_by_email(session, email)
    # those who ask at once see each other's link
    user = None if known is None else await session.get(User, known.id, with_for_update=True, populate_existing=True)
    if user is None or user.state != UserState.active or await _has_fresh_link(session, user, purpose):
        return
    link = await make_link(session, user=user, purpose=purpose, lifetime=SHORT)
    await mail.send(
        session,
        to=user.email,
        package="puumerkki.identity",
        template=_TEMPLATES[purpose],
        language=user.language,
        envelope=mail.Envelope(reason=mail.Reason.account, root=None, identity=True),
        name=user.name,
        link=link,
        minutes=int(SHORT.total_seconds()) // 60,
    )


async def _has_fresh_link(session: AsyncSession, user: User, purpose: MailedPurpose) -> bool:
    mailed_since = clock.now() + SHORT - MAILED_ANEW_AFTER
    found = await session.exec(
        select(MailedLink.id)
        .where(
            col(MailedLink.user_id) == user.id,
            col(MailedLink.purpose) == purpose,
            col(MailedLink.used_at).is_(None),
            col(MailedLink.expires_at) > mailed_since,
        )
        .limit(1)
    )
    return found.first() is not None


async def login_by_link(session: AsyncSession, *, token: str) -> StartedSession:
    """Sign in with a mailed link."""
    _, user = await use_link(session, token=token, purpose=MailedPurpose.login)
    if user.state != UserState.active:
        raise LinkInvalid()
    await end_links(session, user, MailedPurpose.login)
    return await start_session(session, user=user)


async def reset_password(session: AsyncSession, *, token: str, password: str) -> None:
    """Choose a new password with a mailed link; all sessions end, and other links too."""
    _, user = await use_link(session, token=token, purpose=MailedPurpose.password_reset)
    if user.state != UserState.active:
        raise LinkInvalid()
    user.password_hash = await chosen_password(password, email=user.email)
    await end_links(session, user, MailedPurpose.login, MailedPurpose.password_reset)
    await end_all_sessions(session, user_id=user.id)
    await session.flush()
