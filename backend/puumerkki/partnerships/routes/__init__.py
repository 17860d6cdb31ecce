"""Routes of the room."""

from puumerkki.partnerships.routes import (
    case_steps,
    gate_policies,
    gate_requirements,
    handovers,
    partner_requests,
    ties,
)

ROUTERS = (
    *gate_policies.ROUTERS,
    *partner_requests.ROUTERS,
    *case_steps.ROUTERS,
    *gate_requirements.ROUTERS,
    *ties.ROUTERS,
    *handovers.ROUTERS,
)
