"""The order in which the demo world comes about."""

from puumerkki.wiring.demo import agreements, applications, ground, meetings
from puumerkki.wiring.demo.stage import Stage


async def build_world(stage: Stage) -> None:
    """Organisations, two networks, needs, calls, policies, applications in every state, meetings, agreements."""
    scene = await ground.prepare(stage)
    await applications.tell(stage, scene)
    await meetings.meet(stage, scene)
    await agreements.agree(stage, scene)
