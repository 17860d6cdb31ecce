"""What the room brings to the house."""

from puumerkki.activity import routes
from puumerkki.kernel.room import Room

ROOM = Room(name="activity", routers=routes.ROUTERS)
