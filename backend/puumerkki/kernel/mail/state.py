"""Whether mail goes out, for who watches over an installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlmodel import col

from puumerkki.kernel import clock
from puumerkki.kernel.db import Moment
from puumerkki.kernel.mail.models import OutboxMessage, OutboxTrouble
from puumerkki.kernel.reads.read_pool import ReadPool

MAIL_WAITS = timedelta(minutes=15)
"""So long after its moment a mail may still be on its way."""


@dataclass(frozen=True)
class Waiting:
    """`since`: the moment of the oldest mail that is not sent. `fails`: one waits for a worker or the mail server."""

    since: datetime | None
    fails: bool


def _oldest() -> Select[Any, Any]:
    moment = func.coalesce(col(OutboxMessage.due_at), col(OutboxMessage.created_at))
    put_off = col(OutboxMessage.trouble).is_not_distinct_from(OutboxTrouble.message)
    late = and_(moment < bindparam("late", None, type_=Moment), ~put_off)
    now = bindparam("now", None, type_=Moment)
    return select(func.min(moment), func.coalesce(func.bool_or(late), False)).where(
        col(OutboxMessage.sent_at).is_(None), col(OutboxMessage.failed_at).is_(None), moment <= now
    )


async def waiting(reads: ReadPool) -> Waiting:
    """What waits now. A mail that only its own address's server puts off is no failure of ours."""
    now = clock.now()
    row = await reads.fetch(("mail_waiting",), _oldest, {"now": now, "late": now - MAIL_WAITS}, anonymous=False)
    return Waiting(*row) if row else Waiting(None, False)
