"""Looks for what is not as it must be in the data, by the rooms' invariants."""

from dataclasses import dataclass

from puumerkki.kernel.room import Connection
from puumerkki.wiring.rooms import ROOMS


@dataclass(frozen=True)
class Broken:
    """One thing that is not as it must be. `what`: an id or a number to look it up by."""

    code: str
    message: str
    what: str


async def broken(connection: Connection) -> list[Broken]:
    """Everything that is not as it must be; empty when all is well. At most 20 of what a select finds."""
    found = []
    for invariant in (one for room in ROOMS for one in room.invariants):
        if isinstance(invariant.breaks, str):
            rows = await (await connection.execute(f"{invariant.breaks} limit 20".encode())).fetchall()
            breaking = [str(row[0]) for row in rows]
        else:
            breaking = list(await invariant.breaks(connection))
        found += [Broken(invariant.code, invariant.message, what) for what in breaking]
    return found
