"""What holds of every mail that is written, whichever room writes it."""

import unicodedata
from collections.abc import Collection

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.kernel.mail import SIGNATURES, OutboxMessage
from puumerkki.kernel.mail.words import SUBJECT_MAX
from tests.kernel.mail_reading import HtmlRead

BECAUSE = {"fi": ("Saat t", "koska"), "sv": ("Du får", "eftersom"), "en": ("You ", "because")}
"""How the line at the foot begins that says why somebody gets it, and what follows in it."""
WRITTEN = frozenset(
    [
        "reason",
        "objection",
        "wording",
        "condition",
        "conditions",
        "answer",
        "choice",
        "given_by",
        "settled_reason",
        "other_reason",
        "purpose",
        "budget",
        "amount",
        "comment",
        "text",
    ]
)
"""What people wrote or how they voted: no template says it (notices never hold grounds)."""
GROUNDS = (
    "Ei noudata pelisääntöjä.",
    "Emme tunne häntä.",
    "Hallitus pyysi sitä kirjeellä.",
    "Koskee sittenkin.",
    "Kuka vastaa ryhmästä?",
    "Laki velvoittaa.",
    "Määräraha on käytetty.",
    "Sama jäsen.",
    "Siitä ei ole sovittu.",
    "Toimintaa on jo.",
    "Tukipyyntö numero 17.",
    "Väärät tiedot.",
    "Yhden jäsenen ääni puuttui.",
)
"""The grounds that people give in the walks."""


def faults(message: OutboxMessage, secrets: Collection[str] = ()) -> list[str]:
    """What is wrong with a mail. `secrets`: what people wrote, none of which may stand in it."""
    begins, because = BECAUSE[message.language]
    said = "\n".join(
        (message.subject, message.body, message.html or "", message.calendar or "", *message.headers.values())
    )
    paragraphs = message.body.removesuffix("\n").split("\n\n")
    why = [line for one in paragraphs for line in one.split("\n") if line.startswith(begins)]
    found = {
        "no reason in the header": not message.headers.get("X-Puumerkki-Reason"),
        "no reason at the foot": not any(because in line or ": " in line for line in why),
        "several reasons": len([line for line in why if because in line]) > 2,
        "no signature": paragraphs[-1] != SIGNATURES[message.language],
        "a long subject": not 0 < len(message.subject) <= SUBJECT_MAX,
        "a subject of several lines": any(unicodedata.category(sign).startswith("C") for sign in message.subject),
        "text and HTML differ": HtmlRead(message.html or "").text != message.body,
        "something that people wrote": any(one in said for one in secrets),
    }
    return [f"{name}: {message.subject} ({message.recipient})" for name, wrong in found.items() if wrong]


async def ill_mails(session: AsyncSession, secrets: Collection[str] = ()) -> list[str]:
    """What is wrong with all mails there are."""
    return [fault for one in (await session.exec(select(OutboxMessage))).all() for fault in faults(one, secrets)]
