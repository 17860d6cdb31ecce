"""What comes next."""

from tests.partnerships.gate import scene_of
from tests.personas import Cast
from tests.valid_requests import Call, operation


@operation("next_get")
async def get_next(cast: Cast) -> Call:
    arrived = await scene_of(cast)
    return Call("GET", f"/next/partner_request/{arrived.request.id}", by="officer")
