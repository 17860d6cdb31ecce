"""The order in which the demo world comes about."""

from puumerkki.wiring.demo import applications, ground
from puumerkki.wiring.demo.stage import Stage


async def build_world(stage: Stage) -> None:
    """Organisations, two networks, needs, calls, policies, and applications in every state."""
    scene = await ground.prepare(stage)
    await applications.tell(stage, scene)
