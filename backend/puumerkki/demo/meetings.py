"""Meetings of the demo's network: one that was held and decided, one to come."""

from puumerkki.demo.api_driver import Stage
from puumerkki.demo.base_data import Scene

TO_MEET = "Kohtaamispaikka Kaukovainiolle"
MINUTES = """Todettiin kokous laillisesti koolle kutsutuksi ja päätösvaltaiseksi.
Luettiin hakemukset ja päätettiin puumerkistä.
Seuraava kokous pidetään Tuiran asukastuvalla."""


async def meet(stage: Stage, scene: Scene) -> None:
    """The secretary plans and records; a decision waits for the chair."""
    network = scene.network
    with stage.days_ago(14):
        path = await _planned(stage, scene, "Verkoston kokous: käsiteltävät hakemukset", days=-15)
        handling = await _handling(stage, scene, TO_MEET)
        for title, about in (("Kokouksen avaus", None), (TO_MEET, handling), ("Muut asiat", None)):
            subject = {"kind": "handling", "id": about} if about else None
            await stage.post(network.secretary, f"{path}/agenda-items", {"title": title, "subject": subject})
        present = [member.member_id for member in (*network.members[:14], *network.members[-2:])]
        for member in present:
            await stage.put(network.secretary, f"{path}/attendances/{member}", {})
        await stage.act(network.secretary, path, "hold")
        await stage.patch(network.secretary, path, {"minutes": MINUTES})
        decision = {
            "meeting_id": path.rpartition("/")[2],
            "endorses": True,
            "wording": "Verkosto antaa hakemukselle puumerkin.",
            "conditions": [{"text": "Aukioloajat sovitaan asukastuvan kanssa.", "when": "later"}],
            "present_member_ids": present,
        }
        await stage.act(network.secretary, f"/handlings/{handling}", "record_decision", decision)
    with stage.days_ago(1):
        path = await _planned(stage, scene, "Verkoston kokous: tulevat avustushaut", days=40)
        await stage.post(
            network.secretary,
            f"{path}/agenda-items",
            {"title": "Tulevat avustushaut", "notes": "Vuosikellon tarkistus."},
        )


async def _planned(stage: Stage, scene: Scene, title: str, *, days: int) -> str:
    made = await stage.post(
        scene.network.secretary,
        "/meetings",
        {
            "network_id": scene.network.id,
            "title": title,
            "starts_at": stage.moment(days, "13:00"),
            "place": "Oulu10, Torikatu 10",
        },
    )
    return f"/meetings/{made['id']}"


async def _handling(stage: Stage, scene: Scene, title: str) -> str:
    found = await stage.get(scene.network.secretary, f"/handlings?network={scene.network.id}&limit=200")
    return next(str(one["id"]) for one in found["items"] if one["title"] == title)
