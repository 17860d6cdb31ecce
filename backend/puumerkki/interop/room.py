"""What the room brings to the house."""

from puumerkki.interop import routes
from puumerkki.interop.models import CalendarKey
from puumerkki.kernel.room import Room

ROOM = Room(name="interop", tables=(CalendarKey,), routers=routes.ROUTERS)
