"""What the room brings to the house."""

from puumerkki.kernel.room import Room
from puumerkki.reference import routes
from puumerkki.reference.models import Area, Classification, Municipality, Region, WellbeingCounty

ROOM = Room(
    name="reference",
    tables=(Municipality, Region, WellbeingCounty, Area, Classification),
    routers=routes.ROUTERS,
)
