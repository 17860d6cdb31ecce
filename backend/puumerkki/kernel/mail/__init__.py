"""Mail: an outbox in the database, delivered by a job to an SMTP server or, in a demo, to a folder.

A message is written in the transaction of what it tells, so that it goes out if and only if that happened.
"""

from puumerkki.kernel.mail.addresses import confirm as confirm_address
from puumerkki.kernel.mail.addresses import failing, failing_since
from puumerkki.kernel.mail.delivery import deliver, deliver_mail, mail_folder
from puumerkki.kernel.mail.models import OutboxMessage, OutboxTrouble
from puumerkki.kernel.mail.reasons import Reason, foot
from puumerkki.kernel.mail.sending import ABOUT_ONCE_IN, Envelope, send
from puumerkki.kernel.mail.words import SIGNATURES, Foreign, Link, link

__all__ = [
    "ABOUT_ONCE_IN",
    "SIGNATURES",
    "Envelope",
    "Foreign",
    "Link",
    "OutboxMessage",
    "OutboxTrouble",
    "Reason",
    "confirm_address",
    "deliver",
    "deliver_mail",
    "failing",
    "failing_since",
    "foot",
    "link",
    "mail_folder",
    "send",
]
