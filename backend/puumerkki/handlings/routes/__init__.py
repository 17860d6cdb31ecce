"""Routes of the room."""

from puumerkki.handlings.routes import annulments, ballots, conditions, handlings, network_powers, ties

ROUTERS = (
    *handlings.ROUTERS,
    *ballots.ROUTERS,
    *annulments.ROUTERS,
    *conditions.ROUTERS,
    *network_powers.ROUTERS,
    *ties.ROUTERS,
)
