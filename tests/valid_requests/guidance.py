"""What comes next."""

from tests.partnerships.gate import scene_of
from tests.personas import Cast
from tests.valid_requests import Call, operation
from tests.valid_requests.applications import make_call


@operation("next_get")
async def get_next(cast: Cast) -> Call:
    arrived = await scene_of(cast)
    return Call("GET", f"/next/partner_request/{arrived.request.id}", by="officer")


@operation("next_get_for_call")
async def get_for_call(cast: Cast) -> Call:
    return Call("GET", f"/next/calls/{(await make_call(cast)).id}", by="editor")
