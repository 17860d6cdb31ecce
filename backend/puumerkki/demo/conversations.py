"""What people write to each other beside the decisions, and who prepares a case by which day."""

from typing import Any

from puumerkki.demo.api_driver import Person, Stage
from puumerkki.demo.base_data import Scene

OF_THE_APPLICATION = "Kyläauto"
PREPARED = "Muistikahvila joka kylään"


async def talk(stage: Stage, scene: Scene) -> None:
    """The network asks the applicant, its coordinator the secretary, the officer the decider."""
    lead = scene.network.coordinator
    with stage.days_ago(4):
        handling = await _named(stage, lead, "handlings", OF_THE_APPLICATION, network=scene.network.id)
        question = "Kuinka monta kuljettajaa kyläautolle on jo löytynyt?"
        asked = await _say(stage, lead, "handling", handling["id"], "applicants", question)
        applicant = next(one for one in scene.network.members if one.id == handling["applicant"]["id"])
    with stage.days_ago(3):
        answer = "Seitsemän, ja kaksi heistä ajaa myös iltaisin."
        await _say(stage, applicant.editor, "handling", handling["id"], "applicants", answer, reply_to_id=asked)
        to_colleague = f"@[{scene.network.secretary.id}] Otatko tämän seuraavan kokouksen asialistalle?"
        await _say(stage, lead, "handling", handling["id"], "network", to_colleague)
    with stage.days_ago(1):
        case = await _named(stage, scene.officer, "partner-requests", PREPARED)
        path = f"/partner-requests/{case['id']}"
        await stage.act(
            scene.officer, path, "name_preparer", {"preparer_id": str(scene.officer.id), "decide_by": stage.day(18)}
        )
        to_decider = f"@[{scene.decider.id}] Ehtiikö tämä vielä tämän vuoden listalle?"
        await _say(stage, scene.officer, "partner_request", case["id"], "authority", to_decider)


async def _named(stage: Stage, who: Person, what: str, title: str, **where: str) -> dict[str, Any]:
    narrowed = "&".join(f"{name}={value}" for name, value in where.items())
    found = (await stage.get(who, f"/{what}?{narrowed}"))["items"]
    return next(one for one in found if one["title"] == title)


async def _say(stage: Stage, who: Person, kind: str, subject: str, audience: str, body: str, **more: str) -> str:
    given = {"subject_kind": kind, "subject_id": subject, "audience": audience, "body": body, **more}
    return str((await stage.post(who, "/comments", given))["id"])
