"""Routes of the room."""

from puumerkki.endorsements.routes import endorsements

ROUTERS = endorsements.ROUTERS
