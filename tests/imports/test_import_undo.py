"""Undo: what an import wrote is taken back for every kind that may, while nobody else has touched it."""

from typing import Any

import pytest
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from puumerkki.access.roles import Role
from puumerkki.imports import jobs as import_jobs
from puumerkki.imports import undoing
from puumerkki.imports.kinds import RULES
from puumerkki.imports.models import ImportJob
from puumerkki.kernel import clock
from puumerkki.kernel.eventlog.events import EventRow
from puumerkki.organisations.models.organisations import Contact, ExternalId, Organisation, OrganisationVersion
from tests.factories import World
from tests.imports.helpers import told
from tests.imports.test_import_steps import sent, step
from tests.personas import Cast

HEAD = "nimi;sektori;yhdistysrekisterinumero;kotikunta;sähköposti;tunnusjärjestelmä;ulkoinen tunnus\n"
NEW = "Uusi ry;yhdistys;111300;Oulu;uusi@ry.example;ptv;u-1\n"
CHANGED = "Vaihdettu ry;yhdistys;111301;Oulu;vaihto@ry.example;ptv;v-2\n"


async def _everything(session: AsyncSession) -> Any:
    """All that an import of organisations writes, but for versions and times."""
    organisations = await session.exec(
        select(Organisation.id, Organisation.names, Organisation.name_keys, Organisation.municipality_codes)
        .order_by(col(Organisation.id))
        .execution_options(populate_existing=True)
    )
    contacts = await session.exec(select(Contact.id, Contact.email, Contact.phone).order_by(col(Contact.id)))
    others = await session.exec(select(ExternalId.scheme, ExternalId.value).order_by(col(ExternalId.value)))
    return organisations.all(), contacts.all(), others.all()


async def test_an_undo_leaves_everything_as_it_was(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    known = await world.organisation("Vaihdettu vanha ry", association_register_number="111301")
    session.add(ExternalId(organisation_id=known.id, scheme="ptv", value="v-1"))
    await session.flush()
    before = await _everything(session)
    path = await sent(operator, HEAD + NEW + CHANGED)
    assert (await step(operator, path, "apply"))["state"] == "succeeded"
    assert await _everything(session) != before
    job = await step(operator, path, "undo")
    assert (job["state"], job["reason"]) == ("undone", None)
    assert await _everything(session) == before
    versions = select(OrganisationVersion.number, OrganisationVersion.content)
    [(number, content)] = (await session.exec(versions.order_by(col(OrganisationVersion.number).desc()).limit(1))).all()
    assert (number, content["names"], content["external_ids"]) == (3, {"fi": "Vaihdettu vanha ry"}, {"ptv": "v-1"})
    rows = (await operator.get(f"{path}/rows")).json()["items"]
    assert [one["applied"] for one in rows] == [False, False]


async def test_an_undo_is_told_and_can_be_tried_again(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + NEW)
    await step(operator, path, "apply")
    await step(operator, path, "undo")
    cast = Cast.__new__(Cast)
    cast.world = world
    assert [type_ for type_, _, _ in await told(cast, "organisation.")] == [
        "organisation.created",
        "organisation.deleted",
    ]
    assert (await step(operator, path, "try"))["created"] == 1
    assert (await step(operator, path, "apply"))["created"] == 1


async def test_who_takes_back_another_persons_import_is_who_did_it(world: World, session: AsyncSession) -> None:
    sender, other = await world.operator(), await world.operator()
    path = await sent(sender, HEAD + NEW)
    await step(sender, path, "apply")
    assert (await step(other, path, "undo"))["state"] == "undone"
    events = await session.exec(
        select(EventRow.type, EventRow.actor_id).where(col(EventRow.type).like("organisation.%"))
    )
    assert dict(events.all()) == {"organisation.created": sender.id, "organisation.deleted": other.id}


@pytest.mark.parametrize("touch", ["changed", "used", "given_a_role"])
async def test_what_somebody_touched_since_is_not_undone(world: World, session: AsyncSession, touch: str) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + NEW)
    await step(operator, path, "apply")
    made = (await session.exec(select(Organisation))).one()
    if touch == "changed":
        found = await operator.get(f"/organisations/{made.id}")
        answer = await operator.patch(
            f"/organisations/{made.id}", {"website": "https://a.example"}, if_match=found.json()["version"]
        )
        assert answer.status_code == 200, answer.text
    elif touch == "given_a_role":
        await world.person((Role.viewer, made.id))
    else:
        await world.member(await world.network(), made)
    refused = await operator.post(f"{path}/undo", None, if_match=(await operator.get(path)).json()["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "touched_since")
    assert refused.json()["touched"] == [{"row": 2, "id": str(made.id), "name": "Uusi ry"}]
    assert (await session.exec(select(Organisation))).all()


async def test_what_is_touched_while_the_undo_waits_keeps_everything(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + NEW)
    await step(operator, path, "apply")
    version = (await operator.get(path)).json()["version"]
    assert (await operator.post(f"{path}/undo", None, if_match=version)).json()["step"] == "undo"
    made = (await session.exec(select(Organisation))).one()
    made.website = "https://a.example"
    await session.flush()
    await import_jobs.run(job_id=path.rsplit("/", 1)[1])
    job = (await operator.get(path)).json()
    assert (job["state"], job["reason"]) == ("succeeded", "touched_since")
    assert (await session.exec(select(Organisation))).all()


async def test_an_undo_has_its_time(world: World, session: AsyncSession) -> None:
    operator = await world.operator()
    path = await sent(operator, HEAD + NEW)
    await step(operator, path, "apply")
    version = (await operator.get(path)).json()["version"]
    long_ago = clock.now() - undoing.WINDOW * 1.01
    await session.exec(update(ImportJob).values(applied_at=long_ago))
    assert (await operator.post(f"{path}/undo", None, if_match=version)).json()["code"] == "undo_too_late"


def test_what_others_have_been_shown_is_not_undone() -> None:
    assert {kind.value for kind, rule in RULES.items() if rule.sheet.undo is None} == {"agreements", "proposals"}
