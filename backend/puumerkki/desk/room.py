"""What the room brings to the house."""

from puumerkki.desk import routes
from puumerkki.kernel.room import Room

ROOM = Room(name="desk", routers=routes.ROUTERS)
