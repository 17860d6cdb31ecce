"""Whether this process can serve, and whether the work behind it goes on."""

from fastapi import APIRouter
from sqlalchemy import Select, literal_column, select

from puumerkki.kernel import loops
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.field_types import Moment, Schema
from puumerkki.kernel.http import ReadsDep
from puumerkki.kernel.mail import state as mail_state
from puumerkki.web.openapi import VERSION

router = APIRouter(prefix="/api/v1/health", tags=["health"])


class Health(Schema):
    """`status` is `ok` when the database answers. `mail_waits_since`: since when the oldest mail waits, if any does."""

    status: str
    version: str
    mail_waits_since: Moment | None = None


class LoopStopped(PuumerkkiError):
    """`loops`: which stand still, and since when."""

    status = 503
    code = "loop_stopped"
    message = "Work in the background stands still: mails, deadlines or the event log. See `puumerkki doctor`."


class MailFailing(PuumerkkiError):
    """`since`: the moment of the oldest mail that waits."""

    status = 503
    code = "mail_failing"
    message = "Mails do not go out. See `puumerkki doctor`."


@router.get(
    "",
    operation_id="health_get",
    summary="Whether the service, its database and the work in the background go on",
    responses={
        503: {
            "description": "`database_unavailable`, `loop_stopped` with the loops that stand still, or `mail_failing`"
        }
    },
)
async def get_health(reads: ReadsDep) -> Health:
    """For who watches over an installation. What shares out requests asks `/api/v1/health/serving`."""
    if found := await loops.stopped(reads):
        raise LoopStopped(loops=[{"name": one.name, "since": one.since.isoformat()} for one in found])
    waiting = await mail_state.waiting(reads)
    if waiting.fails:
        raise MailFailing(since=waiting.since.isoformat() if waiting.since else None)
    return Health(status="ok", version=VERSION, mail_waits_since=waiting.since)


@router.get("/serving", operation_id="health_get_serving", summary="Whether this process and the database answer")
async def get_serving(reads: ReadsDep) -> Health:
    """For load balancers and restarts: requests are answered even while the work in the background stands still."""
    await reads.fetch(("health",), _one, {}, anonymous=False)
    return Health(status="ok", version=VERSION)


def _one() -> Select[tuple[int]]:
    return select(literal_column("1"))
