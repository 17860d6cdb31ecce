"""Agreements of the demo: some in force, two from paper, one of them unconfirmed, one to be signed, one drafted."""

import csv
import io
from typing import Any
from uuid import UUID

from puumerkki.agreements.importing.sheet import AGREEMENTS
from puumerkki.demo.api_driver import Stage
from puumerkki.demo.base_data import Member, Scene
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.options import ImportOptions


async def agree(stage: Stage, scene: Scene) -> None:
    """What associations agree with the city."""
    first, second, third = scene.network.members[:3]
    with stage.days_ago(40):
        days = (-36, 5 * 365 - 37)
        path = await _drafted(stage, scene, first, "partnership", "Kumppanuussopimus kotona asuvien tueksi", days)
        await stage.act(first.editor, path, "propose")
    with stage.days_ago(35):
        await stage.patch(
            scene.officer,
            path,
            {
                "content": {
                    "evaluation": "Arvioidaan yhdessä joka marraskuu osallistujakyselyn pohjalta.",
                    "public": True,
                }
            },
        )
        await stage.act(scene.officer, path, "propose")
        for person, party in ((first.representative, first.id), (scene.decider, scene.city)):
            await stage.post(person, f"{path}/sign", {"organisation_id": party, "version_number": 2})
    with stage.days_ago(5):
        listed = await stage.get(scene.decider, f"{path}/duties")
        waits = next(one for one in listed["items"] if one["available_actions"] and one["kind"] == "confirmation")
        await stage.post(scene.decider, f"{path}/duties/{waits['id']}/complete", {"note": "Määräraha on varattu."})
    with stage.days_ago(3):
        path = await _drafted(stage, scene, second, "cooperation", "Yhteistyösopimus kohtaamispaikasta")
        await stage.act(second.editor, path, "propose", {"sign_by": stage.day(18)})
        await stage.post(second.representative, f"{path}/sign", {"organisation_id": second.id, "version_number": 1})
        await _drafted(stage, scene, third, "cooperation", "Yhteistyösopimus ystävätoiminnasta")
    await _soon_over(stage, scene, second)
    await _from_paper(stage, scene, third)


async def _soon_over(stage: Stage, scene: Scene, member: Member) -> None:
    """In its last months; the city proposed an amendment and withdrew it."""
    content = {
        "purpose": "Yhdistys järjestää kaupungille päivätoimintaa ikäihmisille.",
        "target_groups": ["KR1.1"],
        "contributions": [
            {"organisation_id": scene.city, "kind": "money", "cents": 3_600_000, "year": int(stage.today()[:4])},
            {"organisation_id": member.id, "kind": "working_time", "hours": 900},
        ],
    }
    with stage.days_ago(300):
        path = await _drafted(
            stage, scene, member, "service_purchase", "Ostopalvelusopimus päivätoiminnasta", (-300, 120), content
        )
        await stage.act(member.editor, path, "propose")
        for person, party in ((member.representative, member.id), (scene.decider, scene.city)):
            await stage.post(person, f"{path}/sign", {"organisation_id": party, "version_number": 1})
    with stage.days_ago(20):
        await stage.patch(scene.officer, path, {"content": {"evaluation": "Arvioidaan osallistujakyselyn pohjalta."}})
        await stage.act(scene.officer, path, "propose")
        await stage.post(member.representative, f"{path}/sign", {"organisation_id": member.id, "version_number": 2})
    with stage.days_ago(18):
        await stage.act(
            scene.officer, path, "withdraw", {"reason": "Arvioinnista sovitaan vasta, kun jatkosta on päätetty."}
        )


async def _from_paper(stage: Stage, scene: Scene, member: Member) -> None:
    """A list that the city kept before: the association has confirmed one of its two agreements."""
    row = {
        "reference": "OUKA/1234/2024",
        "kind": "cooperation",
        "title": "Yhteistyösopimus kylätalon käytöstä",
        "parties": member.id,
        "starts_on": stage.day(-400),
        "ends_on": stage.day(700),
        "purpose": "Kylätalo on iltaisin ikäihmisten kerhojen käytössä.",
        "target_groups": "KR1.1",
        "money": "4 800",
        "hours": "250",
        "worker": member.id,
        "notice_months": "6",
        "signed_on": stage.day(-410),
    }
    other = row | {
        "reference": "OUKA/2345/2025",
        "title": "Yhteistyösopimus retkipäivistä",
        "purpose": "Yhdistys järjestää ikäihmisille retkiä, joihin kaupunki antaa bussin.",
        "money": "2 400",
        "hours": "80",
    }
    table = io.StringIO(newline="")
    csv.writer(table).writerows((row.keys(), row.values(), other.values()))
    async with stage.sessions() as session:
        await import_sheet(
            AGREEMENTS,
            session,
            source=io.BytesIO(table.getvalue().encode()),
            actor_id=scene.decider.id,
            options=ImportOptions(organisation_id=UUID(scene.city)),
        )
        await session.commit()
    listed = await stage.get(member.representative, "/agreements?state=recorded&sort=title")
    kept = next(one for one in listed["items"] if one["title"] == row["title"])
    await stage.post(member.representative, f"/agreements/{kept['id']}/confirm", {"organisation_id": member.id})


async def _drafted(
    stage: Stage,
    scene: Scene,
    member: Member,
    kind: str,
    title: str,
    days: tuple[int, int] = (30, 30 + 5 * 365),
    content: dict[str, Any] | None = None,
) -> str:
    made = await stage.post(
        member.editor,
        "/agreements",
        {
            "kind": kind,
            "title": title,
            "organisation_id": member.id,
            "party_ids": [scene.city],
            "starts_on": stage.day(days[0]),
            "ends_on": stage.day(days[1]),
            "content": content or _content(stage, scene, member),
            "contacts": [
                {"organisation_id": member.id, "name": member.editor.name, "email": member.editor.email},
                {"organisation_id": scene.city, "name": scene.officer.name, "email": scene.officer.email},
            ],
        },
    )
    return f"/agreements/{made['id']}"


def _content(stage: Stage, scene: Scene, member: Member) -> dict[str, Any]:
    return {
        "purpose": "Kaupunki ja yhdistys järjestävät yhdessä toimintaa ikäihmisille, jotka asuvat kotona.",
        "target_groups": ["KR1.1"],
        "forms": "Avoin kerho kahdesti viikossa, ystävätoiminta ja yhteinen koulutus vapaaehtoisille.",
        "contributions": [
            {
                "organisation_id": scene.city,
                "kind": "money",
                "cents": 2_000_000,
                "budget_line": "Hyvinvoinnin edistäminen",
            },
            {"organisation_id": scene.city, "kind": "premises", "hours": 400, "description": "Asukastuvan sali"},
            {"organisation_id": member.id, "kind": "volunteers", "hours": 1200},
            {"organisation_id": member.id, "kind": "working_time", "hours": 600},
        ],
        "reporting": [
            {"organisation_id": member.id, "what": "Toiminta ja osallistujat", "due": "vuosittain", "due_by": "02-28"},
            {"organisation_id": scene.city, "what": "Tilojen käyttö", "due": "vuosittain", "due_by": "02-28"},
        ],
        "personal_data": "Osapuolet eivät luovuta toisilleen osallistujien henkilötietoja.",
        "termination": "Osapuoli voi irtisanoa sopimuksen kirjallisesti.",
        "notice_months": 3,
        "confirm_by": stage.day(45)[5:],
        "evaluate_by": "03-31",
        "check_contacts_by": "10-31",
    }
