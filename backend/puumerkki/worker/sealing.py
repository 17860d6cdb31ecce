"""The loop that seals the event log."""

import asyncio

import structlog

from puumerkki.kernel import loops
from puumerkki.kernel.db import transaction
from puumerkki.kernel.eventlog.sealing import ChainBroken, seal_events
from puumerkki.kernel.jobs import Sessions
from puumerkki.worker.supervising import Pulse, wait

log = structlog.get_logger()
EVERY_SECONDS = 10.0
"""So old are events at most that are not yet sealed, but for what waits in longer batches."""
AGAIN_SECONDS = 30.0


async def run_sealer(sessions: Sessions, pulse: Pulse, stop: asyncio.Event) -> None:
    """Seal until `stop` is set. A broken chain is told again and again, and nothing is sealed over it."""
    while not stop.is_set():
        try:
            async with transaction(sessions) as session:
                seal = await seal_events(session)
            pulse.beat(loops.SEALER)
            if seal is None:
                await wait(stop, EVERY_SECONDS)
        except ChainBroken as error:
            log.error("event_chain_broken", position=error.position)
            pulse.failed(loops.SEALER, str(error))
            await wait(stop, AGAIN_SECONDS)
