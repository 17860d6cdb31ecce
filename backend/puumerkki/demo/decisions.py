"""What a network of the demo decided about itself, what it is deciding, and a member that stands aside."""

from typing import Any

from puumerkki.demo.api_driver import Stage
from puumerkki.demo.base_data import RULE, NetworkScene, Scene
from puumerkki.demo.names import RULES, RULES_ON_HURRY

HAVE_VOTED = 8
"""So many members have voted on what is open."""


async def new_rules(stage: Stage, network: NetworkScene) -> None:
    """The members adopted a second version of the rulebook, and each has accepted it."""
    base = f"/networks/{network.id}"
    draft = {
        "texts": {language: f"{text}\n\n{RULES_ON_HURRY[language]}" for language, text in RULES.items()},
        "rule": RULE,
    }
    book = await stage.post(network.coordinator, f"{base}/rulebooks", draft)
    path = await _proposed(stage, network, kind="rulebook", subject_id=book["id"])
    for member in network.members:
        await stage.put(member.representative, f"{path}/votes/{member.member_id}", {"choice": "for"})
    for member in network.members:
        await stage.put(member.representative, f"{base}/rulebooks/{book['number']}/acceptances/{member.member_id}", {})


async def decide(stage: Stage, scene: Scene) -> None:
    """The network chooses its secretary again; in the small network a member is bound to its neighbour."""
    network = scene.network
    with stage.days_ago(16):
        applicant, bound = scene.small.members[0], scene.small.members[-1]
        for person, kind in ((bound.representative, "board_member"), (bound.editor, "employee")):
            await stage.put(person, f"/affiliations/{applicant.id}", {"kinds": [kind]})
    with stage.days_ago(3):
        path = await _proposed(stage, network, kind="secretary", subject_id=str(network.members[5].editor.id))
        for number, member in enumerate(network.members[:HAVE_VOTED]):
            choice = "blank" if number == HAVE_VOTED - 1 else "for"
            await stage.put(member.representative, f"{path}/votes/{member.member_id}", {"choice": choice})


async def _proposed(stage: Stage, network: NetworkScene, **given: Any) -> str:
    path = f"/networks/{network.id}/decisions"
    return f"{path}/{(await stage.post(network.coordinator, path, given))['id']}"
