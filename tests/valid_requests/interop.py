"""Calendars."""

from urllib.parse import urlsplit

from tests.personas import Cast
from tests.valid_requests import Call, operation


@operation("calendars_get")
async def get_calendar(cast: Cast) -> Call:
    return Call("GET", "/calendar", by="viewer")


@operation("calendars_create")
async def make_calendar(cast: Cast) -> Call:
    return Call("POST", "/calendar", by="viewer", json={})


@operation("calendars_end")
async def end_calendar(cast: Cast) -> Call:
    return Call("DELETE", "/calendar", by="viewer")


@operation("calendars_read")
async def read_calendar(cast: Cast) -> Call:
    made = (await cast["viewer"].post("/calendar")).json()
    return Call("GET", f"/calendar/feed.ics?{urlsplit(made['url']).query}", by="anonymous")
