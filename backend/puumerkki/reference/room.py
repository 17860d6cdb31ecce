"""What the room brings to the house."""

from puumerkki.kernel.room import Room
from puumerkki.reference import routes
from puumerkki.reference.models import Area, Classification, Municipality, Region, WellbeingCounty
from puumerkki.reference.tells import TELLS

ROOM = Room(
    name="reference",
    tells=TELLS,
    tables=(Municipality, Region, WellbeingCounty, Area, Classification),
    routers=routes.ROUTERS,
)
