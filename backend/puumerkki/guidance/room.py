"""What the room brings to the house."""

from puumerkki.guidance import routes
from puumerkki.kernel.room import Room

ROOM = Room(name="guidance", routers=routes.ROUTERS)
