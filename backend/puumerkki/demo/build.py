"""The order in which the demo world comes about."""

from puumerkki.demo import agreements, applications, base_data, conversations, decisions, meetings, reports
from puumerkki.demo.api_driver import Stage


async def build_world(stage: Stage) -> None:
    """All that there is, the oldest first: each part rests on those before."""
    scene = await base_data.prepare(stage)
    with stage.days_ago(56):
        await decisions.new_rules(stage, scene.network)
    await applications.tell(stage, scene)
    await conversations.talk(stage, scene)
    await meetings.meet(stage, scene)
    await decisions.decide(stage, scene)
    await agreements.agree(stage, scene)
    await reports.report(stage, scene)
