"""Whether this process can serve, and whether the work behind it goes on."""

from fastapi import APIRouter
from sqlalchemy import Select, literal_column, select

from puumerkki.kernel import loops
from puumerkki.kernel.errors import PuumerkkiError
from puumerkki.kernel.field_types import Schema
from puumerkki.kernel.http import ReadsDep
from puumerkki.web.openapi import VERSION

router = APIRouter(prefix="/api/v1/health", tags=["health"])


class Health(Schema):
    """`status` is `ok` when the database answers."""

    status: str
    version: str


class LoopStopped(PuumerkkiError):
    """`loops`: which stand still, and since when."""

    status = 503
    code = "loop_stopped"
    message = "Work in the background stands still: mails, deadlines or the event log. See `puumerkki doctor`."


@router.get(
    "",
    operation_id="health_get",
    summary="Whether the service, its database and the work in the background go on",
    responses={503: {"description": "`database_unavailable`, or `loop_stopped` with the loops that stand still"}},
)
async def get_health(reads: ReadsDep) -> Health:
    """For who watches over an installation. What shares out requests asks `/api/v1/health/serving`."""
    if found := await loops.stopped(reads):
        raise LoopStopped(loops=[{"name": one.name, "since": one.since.isoformat()} for one in found])
    return Health(status="ok", version=VERSION)


@router.get("/serving", operation_id="health_get_serving", summary="Whether this process and the database answer")
async def get_serving(reads: ReadsDep) -> Health:
    """For load balancers and restarts: requests are answered even while the work in the background stands still."""
    await reads.fetch(("health",), _one, {}, anonymous=False)
    return Health(status="ok", version=VERSION)


def _one() -> Select[tuple[int]]:
    return select(literal_column("1"))
