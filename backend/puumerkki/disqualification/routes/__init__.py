"""Routes of the room."""

from puumerkki.disqualification.routes import ties

ROUTERS = ties.ROUTERS
