"""What the room brings to the house."""

from puumerkki.kernel.room import Room
from puumerkki.portals import routes
from puumerkki.portals.models import CalendarKey

ROOM = Room(name="portals", tables=(CalendarKey,), routers=routes.ROUTERS)
