"""Organisations of the demo and their people: all public bodies, two authorities' officers, a funder, associations."""

import csv
import io
from typing import Any

from sqlmodel import col, select

from puumerkki.access.roles import Role
from puumerkki.demo.api_driver import Person, Stage
from puumerkki.demo.names import ASSOCIATIONS, MERGED, TWICE, UNCONFIRMED
from puumerkki.imports.engine import import_sheet
from puumerkki.imports.options import ImportOptions
from puumerkki.organisations.importing.sheet import ORGANISATIONS
from puumerkki.organisations.models.organisations import Organisation
from puumerkki.reference.models import Municipality, WellbeingCounty

OULU = "564"
NO_COUNTIES = ("90", "91")
HEADING = (
    "name_fi",
    "name_sv",
    "name_en",
    "sector",
    "legal_form",
    "home_municipality",
    "external_scheme",
    "external_id",
)
REGISTER_NUMBERS = 990_001
"""Above all numbers in use, so that no invented association bears a real one's."""


async def public_bodies(stage: Stage) -> None:
    """All municipalities and wellbeing services counties, through the same import that everybody has."""
    async with stage.sessions() as session:
        municipalities = (await session.exec(select(Municipality).where(col(Municipality.valid_until).is_(None)))).all()
        counties = (await session.exec(select(WellbeingCounty))).all()
        table = io.StringIO()
        writer = csv.writer(table, delimiter=";")
        writer.writerow(HEADING)
        for one in municipalities:
            writer.writerow([*_names(one.names), "municipality", "municipality", one.code, "kuntakoodi", one.code])
        for county in counties:
            if county.code not in NO_COUNTIES:
                writer.writerow(
                    [
                        *_names(county.names),
                        "wellbeing_county",
                        "wellbeing_county",
                        "",
                        "hyvinvointialuekoodi",
                        county.code,
                    ]
                )
        source = io.BytesIO(table.getvalue().encode())
        await import_sheet(
            ORGANISATIONS, session, source=source, actor_id=None, options=ImportOptions(makes_authorities=True)
        )
        await session.commit()


def _names(names: dict[str, Any]) -> list[str]:
    return [str(names.get(language, "")) for language in ("fi", "sv", "en")]


async def organisation(stage: Stage, name: str) -> str:
    """The id of a public body by its Finnish name."""
    async with stage.sessions() as session:
        statement = select(Organisation.id).where(col(Organisation.names)["fi"].astext == name)
        return str((await session.exec(statement)).one())


async def funder(stage: Stage, operator: Person) -> str:
    """A funder of the state."""
    made = await stage.post(
        operator,
        "/organisations",
        {
            "names": {
                "fi": "Sosiaali- ja terveysjärjestöjen avustuskeskus STEA",
                "sv": "Social- och hälsoorganisationernas understödscentral STEA",
                "en": "Funding Centre for Social Welfare and Health Organisations STEA",
            },
            "sector": "state",
            "legal_form": "state_agency",
            "home_municipality_code": "091",
        },
    )
    return str(made["id"])


async def authority(stage: Stage, organisation: str, mail: str, what: str) -> tuple[Person, Person]:
    """An authority's officer, who keeps its registry too, and its decider."""
    officer = await stage.person(f"Virpi Valmistelija ({mail})", f"officer {what}", f"valmistelija.{mail}@demo.example")
    decider = await stage.person(f"Pekka Päättäjä ({mail})", f"decider {what}", f"paattaja.{mail}@demo.example")
    await stage.grant(officer, Role.officer, organisation)
    await stage.grant(officer, Role.registry, organisation)
    await stage.grant(decider, Role.decider, organisation)
    return officer, decider


async def associations(stage: Stage, operator: Person) -> list[tuple[str, str, Person, Person]]:
    """Each association's id and name, its editor, and its administrator, who signs and speaks for it."""
    found = []
    for number, name in enumerate(ASSOCIATIONS):
        language = "sv" if name.startswith("Svenska") else "fi"
        made = await stage.post(
            operator,
            "/organisations",
            {
                "names": {language: name},
                "sector": "association",
                "legal_form": "registered_association",
                "association_register_number": _register_number(REGISTER_NUMBERS + number),
                "home_municipality_code": OULU,
                "municipality_codes": [OULU],
            },
        )
        short = f"{number + 1:02d}"
        editor = await stage.person(f"Eeva Valmistaja {short}", f"editor of {name}", f"hakija{short}@demo.example")
        representative = await stage.person(
            f"Eero Edustaja {short}", f"representative of {name}", f"edustaja{short}@demo.example"
        )
        await stage.grant(editor, Role.editor, made["id"])
        await stage.grant(representative, Role.owner, made["id"])
        await stage.grant(representative, Role.signatory, made["id"])
        found.append((made["id"], name, editor, representative))
    return found


async def unconfirmed(stage: Stage) -> None:
    """An association that its founder added, and that the city's officer has not confirmed yet."""
    founder = await stage.person(
        "Pirjo Perustaja", f"founder of {UNCONFIRMED}, which is not confirmed", "perustaja@demo.example"
    )
    await stage.post(
        founder,
        "/organisations",
        {
            "names": {"fi": UNCONFIRMED},
            "sector": "association",
            "legal_form": "registered_association",
            "association_register_number": _register_number(REGISTER_NUMBERS + len(ASSOCIATIONS)),
            "home_municipality_code": OULU,
        },
    )


async def merged(stage: Stage, operator: Person, successor: tuple[str, Person]) -> None:
    """An association that has merged with another: archived, and the other, as its administrator says, in its place."""
    made = await stage.post(
        operator,
        "/organisations",
        {
            "names": {"fi": MERGED},
            "sector": "association",
            "legal_form": "registered_association",
            "association_register_number": _register_number(REGISTER_NUMBERS + len(ASSOCIATIONS) + 1),
            "home_municipality_code": OULU,
        },
    )
    other, administrator = successor
    path = f"/organisations/{made['id']}"
    why = {"reason": "merged", "source": "Yhdistysrekisteri, merkintä sulautumisesta", "successor_id": other}
    await stage.act(operator, path, "archive", why)
    await stage.put(administrator, f"{path}/archiving/successor/answer", {"answer": "accepted"})


async def twice(stage: Stage, operator: Person, remains: str) -> None:
    """An association that a list brought in again, as people call it: merged with the one that is there."""
    source = io.BytesIO(
        "name_fi;sector;legal_form;home_municipality;contact_email\n"
        f"{TWICE};association;registered_association;{OULU};vanhustentuki@demo.example\n".encode()
    )
    async with stage.sessions() as session:
        await import_sheet(ORGANISATIONS, session, source=source, actor_id=None, options=ImportOptions())
        await session.commit()
    why = {"into": remains, "reason": "Sama yhdistys: nimi on luettelossa niin kuin se puhutaan."}
    await stage.act(operator, f"/organisations/{await organisation(stage, TWICE)}", "merge", why)


def _register_number(number: int) -> str:
    digits = f"{number:06d}"
    return f"{digits[:3]}.{digits[3:]}"
