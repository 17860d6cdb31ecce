"""Whether the accounts' roles do what whoever holds them expects."""

from typing import Any

import psycopg

from puumerkki.access.roles import Role
from puumerkki.doctor.findings import Finding, Installation, ok, warning

Connection = psycopg.AsyncConnection[Any]
SET_ASIDE = (Role.coordinator, Role.chair, Role.secretary, Role.representative, Role.deputy, Role.officer, Role.decider)
"""Roles that do nothing in networks and cases while the same person runs the platform."""


async def operators(connection: Connection, _: Installation) -> Finding:
    """Operators lead, vote, prepare and decide nothing, whatever other roles they hold."""
    row = await (
        await connection.execute(
            "select count(distinct o.principal_id) from role_grant o join role_grant r using (principal_id)"
            " where o.role = %s and o.scope_kind = 'platform' and r.role = any(%s)"
            " and (o.expires_at is null or o.expires_at > now()) and (r.expires_at is null or r.expires_at > now())",
            (Role.operator.value, [one.value for one in SET_ASIDE]),
        )
    ).fetchone()
    assert row is not None
    if row[0]:
        return warning(
            "operators",
            f"Operators with a role in a network or an authority's cases: {row[0]}. "
            "They lead, vote, prepare and decide nothing.",
            "Give them a second account for the networks and cases, at another address, and let them give up those "
            "roles here. An operator's role ends with its account.",
        )
    return ok("operators", "Nobody who runs the platform has a role in networks or cases.")
