"""Putting messages into the outbox."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel import clock, jobs
from puumerkki.kernel.characters import one_line, without_links
from puumerkki.kernel.mail import words
from puumerkki.kernel.mail.delivery import deliver_mail
from puumerkki.kernel.mail.models import OutboxMessage
from puumerkki.kernel.mail.reasons import Reason, foot

ABOUT_ONCE_IN = timedelta(days=1)
"""So often, at most, a mailbox is written to about one thing that somebody asks again and again."""
_METHOD = re.compile(r"^METHOD:(REQUEST|CANCEL)\r?$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What goes with a message besides its words.

    `reason`: why somebody gets it, which the foot says, too; a room's own code where its template says it. `root`: the
    thing (as `network <id>`) whose messages a mail program shows as one thread, or None of what stands alone. `sender`:
    the network or authority in whose name we write. `unsubscribe`: an https address to which
    one POST unsubscribes (RFC 8058). `calendar`: an iCalendar object whose METHOD is REQUEST or CANCEL (RFC 5546).
    `identity`: it holds a link with which somebody proves who they are, or tells that this changed: it is sent even to
    an address from which mail comes back.
    """

    reason: Reason | str
    root: str | None
    sender: str | None = None
    unsubscribe: str | None = None
    calendar: str | None = None
    identity: bool = False

    def __post_init__(self) -> None:
        if self.calendar is not None and _METHOD.search(self.calendar) is None:
            raise ValueError("The calendar's METHOD is neither REQUEST nor CANCEL.")

    def headers(self) -> dict[str, str]:
        """What the message says of itself."""
        found = {"X-Puumerkki-Reason": one_line(str(self.reason))}
        if self.unsubscribe is not None:
            found["List-Unsubscribe"] = f"<{self.unsubscribe}>"
            found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return found


async def send(
    session: AsyncSession,
    *,
    to: str,
    package: str,
    template: str,
    language: str,
    envelope: Envelope,
    asked_by: UUID | None = None,
    about: str | None = None,
    **context: object,
) -> None:
    """Put a message into the outbox.

    `about`: what may be done again and again, named so that it is the same thing each time. Another about it
    to this mailbox goes out a day after the last, as it was last said: the newest takes the waiting one's place.

    The template is `mails/<template>.<language>.txt` in the room's package; its first line is the subject, the rest the
    text, of which the HTML is made (`markup`). The reason and the signature come by themselves. What people wrote goes
    in on one line and without links, but for links to this service.
    """
    written = words.write(package, template, language, context, foot(envelope.reason, language))
    message = OutboxMessage(
        recipient=to,
        subject=written.subject,
        body=written.text,
        html=written.html,
        calendar=envelope.calendar,
        headers=envelope.headers(),
        sender=None if envelope.sender is None else without_links(envelope.sender),
        root=envelope.root,
        language=language,
        identity=envelope.identity,
        asked_by=asked_by,
        about=about,
    )
    if about is not None and (last := await _last_about(session, to, about)) is not None:
        if last.due_at is not None and last.due_at > clock.now():
            for name in ("subject", "body", "html", "calendar", "headers", "sender", "root", "language", "identity"):
                setattr(last, name, getattr(message, name))
            return
        message.due_at = (last.due_at or last.created_at) + ABOUT_ONCE_IN
    session.add(message)
    await session.flush()
    await jobs.defer(session, deliver_mail, at=message.due_at, message_id=str(message.id))


async def _last_about(session: AsyncSession, to: str, about: str) -> OutboxMessage | None:
    """The newest message about something to a mailbox, if it is of the last day or still waits for its moment."""
    connection = await session.connection()
    await connection.execute(text("select pg_advisory_xact_lock(hashtext(:about))"), {"about": f"{to} {about}"})
    moment = func.coalesce(col(OutboxMessage.due_at), col(OutboxMessage.created_at))
    statement = (
        select(OutboxMessage)
        .where(
            col(OutboxMessage.recipient) == to,
            col(OutboxMessage.about) == about,
            moment > clock.now() - ABOUT_ONCE_IN,
        )
        .order_by(moment.desc(), col(OutboxMessage.id).desc())
        .limit(1)
    )
    return (await session.exec(statement)).first()
