"""Whether this process can serve."""

from fastapi import APIRouter

from puumerkki.kernel.http import ReadsDep
from puumerkki.kernel.text import Schema
from puumerkki.web.openapi import VERSION

router = APIRouter(prefix="/api/v1/health", tags=["health"])


class Health(Schema):
    """`status` is `ok` when the database answers."""

    status: str
    version: str


@router.get("", operation_id="health_get", summary="Whether the service and its database answer")
async def get_health(reads: ReadsDep) -> Health:
    async with reads.connection() as connection:
        await connection.execute("select 1")
    return Health(status="ok", version=VERSION)
