"""A message as it goes over the wire."""

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from puumerkki.kernel.mail.models import OutboxMessage
from puumerkki.kernel.settings import get_settings

_POLICY = SMTP.clone(max_line_length=900)
"""Lines are folded late: what is folded within a long address, as that of List-Unsubscribe, is read as another."""
_SERVICE = "Puumerkki"


def compose(row: OutboxMessage) -> EmailMessage:
    """Text, HTML and calendar of a message; its Message-ID is that of the row, so that a repeat can be recognised."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = _sender(row.sender)
    message["To"] = row.recipient
    message["Subject"] = row.subject
    message["Date"] = format_datetime(row.due_at or row.created_at)
    message["Message-ID"] = message_id(row.id)
    message["Auto-Submitted"] = "auto-generated"
    if row.root is not None:
        message["In-Reply-To"] = message["References"] = _thread(row.root)
    for name, value in row.headers.items():
        message[name] = value
    message.set_content(row.body, cte="quoted-printable")
    if row.html is not None:
        message.add_alternative(row.html, subtype="html", cte="quoted-printable")
    if row.calendar is not None:
        method = "CANCEL" if "METHOD:CANCEL" in row.calendar else "REQUEST"
        message.add_alternative(row.calendar, subtype="calendar", cte="base64", params={"method": method})
    message["Content-Language"] = row.language  # after the content, which clears headers of its own
    return message


def message_id(row_id: UUID) -> str:
    """The Message-ID of a row, in the domain of the service (RFC 5322, 3.6.4)."""
    return f"<{row_id.hex}@{_domain()}>"


def row_of(found: str) -> UUID | None:
    """The row whose Message-ID this is, if it is one of ours."""
    name, _, domain = found.strip("<>").partition("@")
    if domain.lower() != _domain() or len(name) != 32:
        return None
    try:
        return UUID(hex=name)
    except ValueError:
        return None


def _thread(root: str) -> str:
    """A message that never was, to which all about one thing answer."""
    return f"<{hashlib.sha256(root.encode()).hexdigest()[:32]}.thread@{_domain()}>"


def _domain() -> str:
    host = urlsplit(get_settings().public_url).hostname or "localhost"
    return "localhost" if ":" in host else host


def _sender(name: str | None) -> str | Address:
    given = get_settings().mail_from
    if name is None:
        return given
    return Address(display_name=f"{name} ({_SERVICE})", addr_spec=parseaddr(given)[1])
