"""Reports of the demo: an agreement of some years with an accepted and a returned report, and evaluations."""

from typing import Any

from puumerkki.demo.api_driver import Stage
from puumerkki.demo.base_data import Member, Scene

ATTENDANCE = (34, 41, 45, 38, 36, 22, 0, 27, 44, 48, 51, 30)
"""Visits in each month of the first year."""


async def report(stage: Stage, scene: Scene) -> None:
    """What came of an agreement, as the association and the city tell it."""
    member = scene.network.members[0]
    with stage.days_ago(44):
        agreement = await _agreed(stage, scene, member)
    year = int(stage.day(-365)[:4])
    with stage.days_ago(30):
        path = await _submitted(stage, member, agreement, year - 1, _first_year())
    with stage.days_ago(26):
        await stage.act(scene.officer, path, "accept")
        await _evaluated(stage, member, member.id, agreement, year - 1)
        await _evaluated(
            stage,
            scene,
            scene.city,
            agreement,
            year - 1,
            cooperation=4,
            to_improve="Luvut kannattaa kerätä kuukausittain jo vuoden aikana.",
            goes_on="changed",
        )
    with stage.days_ago(12):
        path = await _submitted(stage, member, agreement, year, _second_year())
    with stage.days_ago(10):
        reason = "Vapaaehtoisten tunnit puuttuvat. Kertokaa myös, miksi syksyllä kävi vähemmän ihmisiä."
        await stage.act(scene.officer, path, "return", {"reason": reason})
        await _evaluated(stage, member, member.id, agreement, year, goals_met=3)


async def _agreed(stage: Stage, scene: Scene, member: Member) -> str:
    made = await stage.post(
        member.editor,
        "/agreements",
        {
            "kind": "partnership",
            "title": "Kumppanuussopimus korttelikerhoista",
            "organisation_id": member.id,
            "party_ids": [scene.city],
            "starts_on": stage.day(-2 * 365),
            "ends_on": stage.day(2 * 365),
            "content": {
                "purpose": "Yhdistys pitää kerhoja kolmessa korttelissa, kaupunki antaa niille tilat.",
                "target_groups": ["KR1.1"],
                "contributions": [
                    {"organisation_id": member.id, "kind": "volunteers", "hours": 900},
                    {"organisation_id": scene.city, "kind": "premises", "hours": 300},
                ],
            },
        },
    )
    path = f"/agreements/{made['id']}"
    await stage.act(member.editor, path, "propose")
    for person, party in ((member.representative, member.id), (scene.decider, scene.city)):
        await stage.post(person, f"{path}/sign", {"organisation_id": party, "version_number": 1})
    return str(made["id"])


async def _submitted(stage: Stage, member: Member, agreement: str, year: int, content: dict[str, Any]) -> str:
    given = {"subject_kind": "agreement", "subject_id": agreement, "organisation_id": member.id, "year": year}
    made = await stage.post(member.editor, "/reports", given | {"content": content})
    path = f"/reports/{made['id']}"
    await stage.act(member.editor, path, "submit")
    return path


async def _evaluated(
    stage: Stage, by: Member | Scene, organisation: str, agreement: str, year: int, **more: Any
) -> None:
    given = {
        "subject_kind": "agreement",
        "subject_id": agreement,
        "organisation_id": organisation,
        "year": year,
        "goals_met": 4,
        "cooperation": 5,
        "went_well": "Kerhoista tuli paikkoja, joihin tullaan omasta halusta ja joissa kysytään poissaolevien perään.",
        "goes_on": "yes",
    }
    await stage.post(by.editor if isinstance(by, Member) else by.officer, "/evaluations", given | more)


def _first_year() -> dict[str, Any]:
    visits = [
        {"month": month, "target_group": "KR1.1", "what": "visits", "amount": amount}
        for month, amount in enumerate(ATTENDANCE, start=1)
    ]
    return {
        "activities": "Kerho kokoontui viikoittain Tuirassa, Kaukovainiolla ja Pateniemessä. Keväällä retkeiltiin.",
        "figures": [*visits, {"what": "events", "amount": 96}, {"what": "people", "amount": 74}],
        "contributions": [
            {"kind": "money", "cents": 412_050, "budget_line": "Kerhotoiminta", "description": "Tarvikkeet ja retket"},
            {"kind": "volunteers", "hours": 870, "description": "Kerhojen vetäjät"},
            {"kind": "working_time", "hours": 210},
        ],
        "stories": ["Muutin taloon yksin. Nyt tiedän naapureiden nimet ja he minun."],
        "problems": "Heinäkuussa tilat olivat remontissa.",
        "plans": "Neljäs kerho alkaa, jos vetäjä löytyy.",
    }


def _second_year() -> dict[str, Any]:
    return {
        "activities": "Kerhot jatkuivat kolmessa korttelissa, ja niissä kävi myös lapsenlapsia.",
        "figures": [
            {"target_group": "KR1.1", "what": "visits", "amount": 389},
            {"what": "events", "amount": 88},
        ],
        "contributions": [{"kind": "money", "cents": 455_000, "budget_line": "Kerhotoiminta"}],
    }
