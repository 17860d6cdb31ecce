"""The health check and the public keys."""

from tests.personas import Cast
from tests.valid_requests import Call, operation


@operation("health_get")
async def get_health(_: Cast) -> Call:
    return Call("GET", "/health", by="anonymous")


@operation("health_get_serving")
async def get_serving(_: Cast) -> Call:
    return Call("GET", "/health/serving", by="anonymous")


@operation("keys_list_public")
async def list_public_keys(_: Cast) -> Call:
    return Call("GET", "/.well-known/jwks.json", by="anonymous")


@operation("keys_list_history")
async def list_key_history(_: Cast) -> Call:
    return Call("GET", "/keys", by="anonymous")
